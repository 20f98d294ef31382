// npm as it is installed here, run by this node, takes packages from a registry over https: one that this test serves.
'use strict';

const { fixtures, mustCall, skip, tmpdir } = require('../common');
const { identity } = require('../common/tls');
const assert = require('assert');
const { execFile } = require('child_process');
const { createHash } = require('crypto');
const fs = require('fs');
const https = require('https');
const path = require('path');
const { promisify } = require('util');
const zlib = require('zlib');

const npm = process.env.PATH.split(path.delimiter).map((dir) => path.join(dir, 'npm')).find((file) => fs.existsSync(file));
if (!npm || !/^#!.*node/.test(fs.readFileSync(npm, 'latin1').slice(0, 60))) skip('there is no npm, or it is no script of node');
tmpdir.refresh();

// ---- Packages, as the registry has them --------------------------------------------------------

// A file in a tar archive (POSIX, ustar).
function tarEntry(name, text) {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\x00', 100);
  head.write('0000000\x000000000\x00', 108);
  head.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\x00', 136);
  head.write('        0', 148);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((a, b) => a + b);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);
}

function makePackage(manifest, files) {
  const entries = Object.entries({ 'package.json': JSON.stringify(manifest), ...files });
  const tar = Buffer.concat([...entries.map(([name, text]) => tarEntry(`package/${name}`, text)), Buffer.alloc(1024)]);
  const archive = zlib.gzipSync(tar);
  return { manifest, archive, integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}` };
}

const packages = {
  'leaf': makePackage({ name: 'leaf', version: '2.1.0' }, { 'index.js': `exports.big = '${'x'.repeat(300000)}';\n` }),
  '@some/branch': makePackage(
    { name: '@some/branch', version: '1.0.0', dependencies: { leaf: '^2.0.0' }, bin: { branch: 'cli.js' } },
    { 'cli.js': '#!/usr/bin/env node\nconsole.log(require("leaf").big.length, process.argv[2]);\n' }),
};

function metadata(name, base) {
  const { manifest, integrity } = packages[name];
  const dist = { tarball: `${base}/${name}/-/archive.tgz`, integrity };
  return { name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: { ...manifest, dist } } };
}

const asked = [];
const registry = https.createServer(identity('server'), (request, response) => {
  asked.push(request.url);
  const [name, archive] = decodeURIComponent(request.url.slice(1)).split('/-/');
  if (!Object.hasOwn(packages, name)) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
  } else if (archive) {
    response.end(packages[name].archive);
  } else {
    // As registries do.
    const text = JSON.stringify(metadata(name, `https://${request.headers.host}`));
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(zlib.gzipSync(text));
  }
});

// ---- Running npm -------------------------------------------------------------------------------

const project = tmpdir.join('project');
const bin = tmpdir.join('bin');

// Nothing of whoever runs the tests: no settings, no cache, and this node for scripts.
function environment(port) {
  return {
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    HOME: tmpdir.join('home'),
    npm_config_cache: tmpdir.join('cache'),
    npm_config_userconfig: tmpdir.join('home', 'npmrc'),
    npm_config_globalconfig: tmpdir.join('home', 'npmrc-global'),
    npm_config_registry: `https://localhost:${port}/`,
    npm_config_cafile: fixtures.path('tls/ca-cert.pem'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_fetch_retries: '0',
    npm_config_loglevel: 'error',
  };
}

async function main(port) {
  const options = { cwd: project, env: environment(port) };
  const run = (...args) => promisify(execFile)(process.execPath, [npm, ...args], options);
  await run('install', '@some/branch');
  assert.strictEqual(require(path.join(project, 'node_modules', 'leaf')).big.length, 300000);
  const lock = JSON.parse(fs.readFileSync(path.join(project, 'package-lock.json'), 'latin1'));
  assert.strictEqual(lock.packages['node_modules/leaf'].integrity, packages.leaf.integrity);

  assert.match((await run('ls', '--all')).stdout, /@some\/branch@1\.0\.0\n.*leaf@2\.1\.0/);
  assert.strictEqual((await run('view', 'leaf', 'version')).stdout.trim(), '2.1.0');
  assert.strictEqual((await run('exec', '--', 'branch', 'word')).stdout, '300000 word\n');
  await run('pkg', 'set', 'scripts.hello=branch hello', 'name=project', 'version=1.0.0');
  assert.match((await run('run', 'hello')).stdout, /300000 hello\n$/);

  const name = (await run('pack')).stdout.trim();
  const tar = zlib.gunzipSync(fs.readFileSync(path.join(project, name))).toString('latin1');
  assert.ok(tar.startsWith('package/package.json'));

  // From the cache and the lock file alone.
  const before = asked.length;
  await run('ci', '--offline');
  assert.strictEqual(asked.length, before);

  await assert.rejects(run('install', 'missing'), (error) => error.code === 1 && /npm (error|ERR!) code E404/.test(error.stderr));
  // An archive that is not what was promised.
  packages.leaf.archive = zlib.gzipSync('something else');
  const elsewhere = ['--cache', tmpdir.join('empty'), '--prefix', tmpdir.join('other')];
  await assert.rejects(run('install', ...elsewhere, 'leaf'), (error) => /EINTEGRITY/.test(error.stderr));
}

for (const dir of [project, bin, tmpdir.join('home'), tmpdir.join('other')]) fs.mkdirSync(dir);
for (const dir of [project, tmpdir.join('other')]) fs.writeFileSync(path.join(dir, 'package.json'), '{}\n');
fs.symlinkSync(process.execPath, path.join(bin, 'node'));
registry.listen(0, () => {
  main(registry.address().port).finally(() => registry.close(mustCall())).then(mustCall());
});
