// Others' programs at both ends of https: curl, another node, nginx in front and behind, headless Chromium. Those that are
// missing are named and left out; CHROMIUM names the browser's program where it is not in PATH.
'use strict';

const { fixtures, mustCall, tmpdir } = require('../common');
const assert = require('assert');
const { execFile, spawn, spawnSync } = require('child_process');
const { createHash, X509Certificate } = require('crypto');
const { once } = require('events');
const fs = require('fs');
const https = require('https');
const path = require('path');
const { ca, identity } = require('../common/tls');

tmpdir.refresh();
const file = (name) => fixtures.path('tls', `${name}.pem`);
const places = `${process.env.PATH}:/usr/sbin`.split(path.delimiter);
const body = Buffer.alloc(300000, 'of many bytes ');

function find(...names) {
  const found = names.flatMap((name) => places.map((place) => path.join(place, name))).find((place) => fs.existsSync(place));
  if (found === undefined) console.log(`left out: no ${names[0]}`);
  return found;
}

// Resolves with what it prints; must succeed.
const run = (program, args, options) => new Promise((resolve, reject) => {
  execFile(program, args, { maxBuffer: 1 << 24, ...options }, (error, stdout, stderr) =>
    (error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout)));
});

async function serve(options = {}) {
  const seen = [];
  const server = https.createServer({ ...identity('server'), ...options }, (request, response) => {
    seen.push({ protocol: request.socket.getProtocol(), reused: request.socket.isSessionReused(),
                client: request.socket.getPeerCertificate?.().subject?.CN });
    if (request.method === 'POST') return void request.pipe(response);
    response.setHeader('Content-Type', 'text/html');
    response.end(request.url === '/large' ? body : `<p id="where">${request.url}</p>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, seen, port: server.address().port };
}

function get(port, options = {}) {
  return new Promise((resolve, reject) => {
    https.get({ host: 'localhost', family: 4, port, ca, agent: false, ...options }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode, body: Buffer.concat(chunks), protocol: response.socket.getProtocol() });
    }).on('error', reject);
  });
}

async function curl(program) {
  const { server, seen, port } = await serve({ ca, requestCert: true, rejectUnauthorized: false });
  const url = `https://localhost:${port}`;
  const ask = (...args) => run(program, ['-sS', '-4', '--cacert', file('ca-cert'), ...args], { encoding: 'buffer' });
  assert.ok((await ask(`${url}/large`)).equals(body));
  await ask('--tls-max', '1.2', `${url}/old`);
  await ask('--cert', file('client-cert'), '--key', file('client-key'), `${url}/known`);
  const data = tmpdir.join('data');
  fs.writeFileSync(data, body);
  assert.ok((await ask('--data-binary', `@${data}`, `${url}/echo`)).equals(body));
  assert.deepStrictEqual(seen.slice(0, 2).map(({ protocol }) => protocol), ['TLSv1.3', 'TLSv1.2']);
  assert.strictEqual(seen[2].client, new X509Certificate(fixtures.read('tls/client-cert.pem')).toLegacyObject().subject.CN);
  await assert.rejects(ask('--resolve', `elsewhere.test:${port}:127.0.0.1`, `https://elsewhere.test:${port}/`), /subject|host ?name|SSL/i);
  await assert.rejects(run(program, ['-sS', '-4', url]), /certificate|SSL/i);
  server.close();
}

async function otherNode(program) {
  const { server, seen, port } = await serve();
  const client = `
    const https = require('https');
    const agent = new https.Agent({ maxCachedSessions: 10 });
    const get = (url, next) => https.get({ host: 'localhost', family: 4, port: ${port}, path: url, agent,
      ca: require('fs').readFileSync(${JSON.stringify(file('ca-cert'))}) }, (response) => {
        const hash = require('crypto').createHash('sha1');
        response.on('data', (chunk) => hash.update(chunk)).on('end', () => next(hash.digest('hex')));
      });
    get('/large', (first) => setTimeout(get, 20, '/large', (second) => console.log(first, second)));`;
  const hash = createHash('sha1').update(body).digest('hex');
  assert.strictEqual((await run(program, ['-e', client])).trim(), `${hash} ${hash}`);
  assert.deepStrictEqual(seen.map(({ reused }) => reused), [false, true]);
  server.close();

  const script = `
    const https = require('https'), fs = require('fs');
    const server = https.createServer({ key: fs.readFileSync(${JSON.stringify(file('server-key'))}),
      cert: fs.readFileSync(${JSON.stringify(file('server-cert'))}) }, (request, response) => response.end('x'.repeat(300000)));
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(program, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const there = Number((await once(child.stdout, 'data'))[0]);
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    const answer = await get(there, { minVersion: version, maxVersion: version });
    assert.strictEqual(answer.body.length, 300000);
    assert.strictEqual(answer.protocol, version);
  }
  child.kill();
  await once(child, 'exit');
}

// nginx listens on UNIX sockets only where it can; a port it picks cannot be asked for, so one that was free is tried.
async function nginx(program) {
  const { server, seen, port } = await serve();
  const probe = require('net').createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const own = probe.address().port;
  probe.close();
  await once(probe, 'close');
  const dir = tmpdir.path;
  fs.writeFileSync(tmpdir.join('nginx.conf'), `
    daemon off; master_process off; worker_processes 1; pid ${dir}/pid; error_log ${dir}/log;
    events { worker_connections 100; }
    http {
      access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${own} ssl;
        ssl_certificate ${file('server-cert')}; ssl_certificate_key ${file('server-key')};
        location /alone { default_type text/plain; return 200 nginx; }
        location / {
          proxy_pass https://127.0.0.1:${port}; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_ssl_trusted_certificate ${file('ca-cert')}; proxy_ssl_verify on; proxy_ssl_name localhost;
        }
      }
    }`);
  const child = spawn(program, ['-e', `${dir}/log`, '-c', tmpdir.join('nginx.conf')], { stdio: 'inherit' });
  // It says nothing when it is ready.
  for (let tries = 0; ; tries++) {
    const answer = await get(own, { path: '/alone' }).catch((error) => {
      if (tries === 500 || child.exitCode !== null) throw error;
      return new Promise((resolve) => setTimeout(resolve, 20));
    });
    if (answer === undefined) continue;
    assert.strictEqual(`${answer.body}`, 'nginx');
    break;
  }
  assert.ok((await get(own, { path: '/large' })).body.equals(body));
  assert.strictEqual(`${(await get(own, { path: '/small' })).body}`, '<p id="where">/small</p>');
  assert.strictEqual(seen.length, 2);
  child.kill();
  await once(child, 'exit');
  server.closeAllConnections();
  server.close();
}

async function chromium(program) {
  const { server, seen, port } = await serve();
  const pin = createHash('sha256').update(new X509Certificate(fixtures.read('tls/server-cert.pem')).publicKey.export({
    type: 'spki', format: 'der',
  })).digest('base64');
  const out = await run(program, [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${tmpdir.join('profile')}`,
    `--ignore-certificate-errors-spki-list=${pin}`, '--dump-dom', `https://localhost:${port}/page`,
  ]);
  assert.match(out, /<p id="where">\/page<\/p>/);
  assert.strictEqual(seen[0].protocol, 'TLSv1.3');
  server.closeAllConnections();
  server.close();
}

(async () => {
  const peers = [
    [curl, find('curl')],
    [otherNode, find('node')],
    [nginx, find('nginx')],
    [chromium, process.env.CHROMIUM ?? find('chromium', 'chromium-headless-shell', 'google-chrome')],
  ];
  for (const [check, program] of peers) {
    if (program === undefined || spawnSync(program, ['--version']).status !== 0 && check === curl) continue;
    await check(program);
  }
})().then(mustCall());
