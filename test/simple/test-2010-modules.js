// The rows of 2010's table for globals, modules, the command line and the environment.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const node = (args, options) => spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
const evaluate = (code, options) => node(['-e', code], options);

common.tmpdir.refresh();
let files = 0;
// A file of its own with this text.
function file(text, name = `m${++files}.js`) {
  const full = path.join(common.tmpdir.path, name);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text);
  return full;
}

{
  const row = require('../common/rows')('globals');
  row('global', () => assert.strictEqual(global.global, global));
  row('process', () => {
    assert.strictEqual(global.process, process);
    assert.ok(process instanceof require('events').EventEmitter);
  });
  row('require(id)', () => {
    const id = file('exports.count = (global.loads = (global.loads || 0) + 1);');
    assert.strictEqual(require(id), require(id));
    assert.strictEqual(global.loads, 1);
    delete global.loads;
  });
  row('require.resolve(id)', () => {
    const id = file('throw new Error("not to be run")');
    assert.strictEqual(require.resolve(id.replace(/\.js$/, '')), id);
    assert.strictEqual(require.resolve('fs'), 'fs');
    assert.throws(() => require.resolve('./not-there'), { code: 'MODULE_NOT_FOUND' });
  });
  row('require.paths', () => {
    const folder = path.dirname(file('exports.found = true', 'paths/in_paths.js'));
    assert.throws(() => require('in_paths'));
    require.paths.unshift(folder);
    assert.strictEqual(require('in_paths').found, true);
    require.paths.shift();
  });
  row('require.cache', () => {
    const id = file('exports.at = {}');
    const first = require(id);
    assert.strictEqual(require.cache[id].exports, first);
    delete require.cache[id];
    assert.notStrictEqual(require(id), first);
  });
  row('require.extensions', () => {
    require.extensions['.row'] = (module, filename) => { module.exports = fs.readFileSync(filename, 'utf8').toUpperCase(); };
    const id = file('text', 'some.row');
    assert.strictEqual(require(id.replace(/\.row$/, '')), 'TEXT');
    delete require.extensions['.row'];
  });
  row('require.registerExtension(ext, compiler)', () => {
    assert.throws(() => require.registerExtension('.x', () => {}), /require\.extensions/);
  });
  row('require.async(id, callback)', () => {
    // Gone (doc/compat.md): import() does that now.
    assert.strictEqual(require.async, undefined);
  });
  row('__filename', () => assert.strictEqual(__filename, fs.realpathSync(process.argv[1])));
  row('__dirname', () => assert.strictEqual(__dirname, path.dirname(__filename)));
  row('module', () => {
    assert.strictEqual(module.exports, exports);
    assert.strictEqual(require(file('module.exports = 7')), 7);
  });
  row('exports', () => assert.strictEqual(require(file('exports.same = this === exports')).same, true));
  row('Buffer', () => assert.strictEqual(global.Buffer, require('buffer').Buffer));
  row('console', () => assert.strictEqual(global.console, require('console')));
  row('setTimeout / clearTimeout / setInterval / clearInterval', () => {
    for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']) {
      assert.strictEqual(global[name], require('timers')[name]);
    }
  });
  row('enumerable globals', () => {
    const allowed = ['global', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'];
    const { stdout } = node([file('const l = []; for (const k in global) l.push(k); console.log(l.join())')]);
    for (const name of stdout.trim().split(',')) assert.ok(allowed.includes(name), name);
  });
  row('implicit globals', () => {
    require(file('leaked_name = 0666;'));
    assert.strictEqual(global.leaked_name, 438);
    delete global.leaked_name;
  });
  row('String.prototype.toJSON()', () => {
    // Gone (doc/compat.md): the language dropped it. What it was for works without it.
    assert.strictEqual(''.toJSON, undefined);
    assert.strictEqual(JSON.stringify('text'), '"text"');
  });
}

{
  const row = require('../common/rows')('modules');
  const names = 'assert buffer child_process constants crypto dgram dns events freelist fs http net path querystring readline ' +
      'repl securepair stream string_decoder sys timers url util vm';
  row('built-in modules 0.3.1', () => {
    for (const name of names.split(' ')) assert.ok(require(name), name);
  });
  row('built-in modules 0.2.5', () => {
    assert.strictEqual(require('sys').inspect, require('util').inspect);
    // Gone (doc/compat.md).
    for (const name of ['file', 'posix', 'tcp', 'utils']) assert.throws(() => require(name), { code: 'MODULE_NOT_FOUND' });
  });
  row("relative ids ('./x', '../x')", () => {
    file('exports.name = "b"', 'rel/b.js');
    assert.strictEqual(require(file('exports.b = require("../b")', 'rel/sub/a.js')).b.name, 'b');
  });
  row("absolute ids ('/x')", () => {
    file('exports.name = "index"', 'abs/index.js');
    assert.strictEqual(require(path.join(common.tmpdir.path, 'abs')).name, 'index');
  });
  row('bare ids', () => {
    file('exports.from = "NODE_PATH"', 'lib/bare.js');
    file('exports.from = "home"', 'home/.node_libraries/at_home.js');
    const env = { ...process.env, NODE_PATH: path.join(common.tmpdir.path, 'lib'), HOME: path.join(common.tmpdir.path, 'home') };
    assert.strictEqual(evaluate('console.log(require("bare").from, require("at_home").from)', { env }).stdout, 'NODE_PATH home\n');
  });
  row('node_modules lookup', () => {
    file('exports.up = true', 'pkg/node_modules/dep/index.js');
    assert.strictEqual(require(file('module.exports = require("dep")', 'pkg/lib/deep/x.js')).up, true);
  });
  row('candidate order', () => {
    file('exports.is = "exact"', 'order/name');
    file('exports.is = "js"', 'order/name.js');
    file('exports.is = "index"', 'order/folder/index.js');
    file('exports.is = "js"', 'order/other.js');
    assert.strictEqual(require(path.join(common.tmpdir.path, 'order/name')).is, 'exact');
    assert.strictEqual(require(path.join(common.tmpdir.path, 'order/other')).is, 'js');
    assert.strictEqual(require(path.join(common.tmpdir.path, 'order/folder')).is, 'index');
  });
  row('.node files', () => assert.throws(() => require(file('not a library', 'x.node')), { code: 'ERR_DLOPEN_FAILED' }));
  row('module not found', () => {
    assert.throws(() => require('./nowhere'), { message: "Cannot find module './nowhere'", code: 'MODULE_NOT_FOUND' });
  });
  row('same directory name clash', () => {
    file('exports.mine = true', 'clash/path.js');
    assert.strictEqual(require(file('module.exports = require("./path")', 'clash/main.js')).mine, true);
  });
  row('cyclic requires', () => {
    file('exports.early = 1; exports.seen = require("./two").saw; exports.late = 1;', 'cycle/one.js');
    file('exports.saw = Object.keys(require("./one")).join();', 'cycle/two.js');
    assert.strictEqual(require(path.join(common.tmpdir.path, 'cycle/one.js')).seen, 'early');
  });
  row('module._compile(content, filename)', () => {
    const Module = require('module');
    const made = new Module('made');
    made._compile('#!shebang\nexports.args = arguments.length; exports.name = __filename;', '/made/up.js');
    assert.deepStrictEqual(made.exports, { args: 5, name: '/made/up.js' });
  });
  row('this at module scope', () => assert.strictEqual(require(file('this.x = 1')).x, 1));
}

{
  const row = require('../common/rows')('cli');
  row('node (no arguments)', () => assert.strictEqual(node([], { input: 'console.log("from stdin")' }).stdout, 'from stdin\n'));
  row('node script.js [arguments]', () => {
    const script = file('console.log(JSON.stringify(process.argv.slice(1)))');
    const { stdout } = node([path.basename(script), '-v', '--help', 'x'], { cwd: path.dirname(script) });
    assert.deepStrictEqual(JSON.parse(stdout), [fs.realpathSync(script), '-v', '--help', 'x']);
  });
  row('node [v8 flags] script.js', () => {
    assert.strictEqual(node(['--expose-gc', '-e', 'console.log(typeof gc)']).stdout, 'function\n');
    const refused = node(['--no-such-flag', '-e', '0']);
    assert.strictEqual(refused.status, 9);
    assert.match(refused.stderr, /bad option/);
  });
  const saysVersion = (flag) => () => assert.strictEqual(node([flag]).stdout, `${process.version}\n`);
  row('node -v', saysVersion('-v'));
  row('node --version', saysVersion('--version'));
  const saysHelp = (flag) => () => {
    const { stdout, status } = node([flag]);
    assert.match(stdout, /Usage: node/i);
    assert.match(stdout, /NODE_PATH/);
    assert.strictEqual(status, 0);
  };
  row('node -h', saysHelp('-h'));
  row('node --help', saysHelp('--help'));
  row('node -e command', () => {
    assert.strictEqual(node(['-e', 'var x = 1; console.log(this.x, typeof require)']).stdout, '1 function\n');
    assert.strictEqual(node(['-p', '6 * 7']).stdout, '42\n');
    assert.strictEqual(node(['-e']).status, 9);
  });
  row('node --eval command', () => assert.strictEqual(node(['--eval', 'console.log(1)']).stdout, '1\n'));
  row('node --vars', () => assert.match(node(['--vars']).stdout, /^NODE_PREFIX: .+\nNODE_CFLAGS: .*\n$/));
  row('node --v8-options', () => assert.match(node(['--v8-options']).stdout, /--/));
  row('node --max-stack-size=<bytes>', () => {
    const depth = (...flags) => Number(node([...flags, '-e',
        'let n = 0; function f() { n++; f(); } try { f(); } catch {} console.log(n)']).stdout);
    assert.ok(depth('--max-stack-size=200000') < depth());
  });
  // What a debugger sees is another test's; here: none of them is a bad option.
  const isNoBadOption = (flag) => () => assert.notStrictEqual(node([flag, '-e', '0'], { timeout: 2000 }).status, 9);
  row('node --debug', isNoBadOption('--debug=0'));
  row('node --debug=<port>', isNoBadOption('--debug=0'));
  row('node --debug-brk', isNoBadOption('--debug-brk=0'));
  row('node --debug-brk=<port>', isNoBadOption('--debug-brk=0'));
  row('node http://host/script.js', () => {
    // Gone (doc/compat.md).
    assert.match(node(['http://127.0.0.1:1/x.js']).stderr, /Cannot find module/);
  });
  row('exit status 0', () => assert.strictEqual(evaluate('setTimeout(() => {}, 1)').status, 0));
  row('exit status 1', () => {
    assert.strictEqual(evaluate('throw new Error("x")').status, 1);
    assert.strictEqual(evaluate('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 9)').signal, 'SIGTERM');
  });
  row('uncaught error report format', () => {
    const script = file('\nthrow new Error("report");');
    const lines = node([script]).stderr.split('\n');
    assert.strictEqual(lines[0], `${fs.realpathSync(script)}:2`);
    assert.strictEqual(lines[1], 'throw new Error("report");');
    assert.strictEqual(lines[2], '^');
    assert.ok(lines.includes('Error: report'));
  });
  row('man page node(1)', () => {
    const page = fs.readFileSync(path.join(__dirname, '..', '..', 'doc', 'node.1'), 'utf8').replace(/\\-/g, '-');
    for (const word of ['-v', '--debug', '--v8-options', 'NODE_PATH', 'NODE_DISABLE_COLORS']) assert.ok(page.includes(word), word);
  });
}

{
  const row = require('../common/rows')('env');
  const env = (more) => ({ ...process.env, ...more });
  row('NODE_PATH', () => {
    file('exports.is = "first"', 'p1/w.js');
    file('exports.is = "second"', 'p2/w.js');
    const NODE_PATH = ['p1', 'p2'].map((name) => path.join(common.tmpdir.path, name)).join(':');
    assert.strictEqual(evaluate('console.log(require("w").is, require.paths.length > 1)', { env: env({ NODE_PATH }) }).stdout,
        'first true\n');
  });
  row('NODE_DEBUG', () => {
    const code = 'require("util").debuglog("row")("said")';
    assert.match(evaluate(code, { env: env({ NODE_DEBUG: 'row' }) }).stderr, /ROW \d+: said/);
    assert.strictEqual(evaluate(code, { env: env({ NODE_DEBUG: '' }) }).stderr, '');
  });
  row('NODE_MODULE_CONTEXTS', () => {
    // Gone (doc/compat.md): the variable is ignored.
    const main = file('exports.here = this === exports');
    assert.strictEqual(evaluate(`console.log(require(${JSON.stringify(main)}).here)`, { env: env({ NODE_MODULE_CONTEXTS: '1' }) }).stdout,
        'true\n');
  });
  row('NODE_DISABLE_COLORS', () => {
    const { stdout } = node(['-i'], { input: '"text"\n', env: env({ NODE_DISABLE_COLORS: '1' }) });
    assert.match(stdout, /'text'/);
    assert.ok(!stdout.includes('\x1b[3'));
  });
  row('NODE_NO_READLINE', () => {
    assert.match(node(['-i'], { input: '1 + 1\n', env: env({ NODE_NO_READLINE: '1' }) }).stdout, /2/);
  });
  row('TZ', () => {
    const code = 'process.env.TZ = "Europe/Amsterdam"; console.log(new Date(0).getHours())';
    assert.strictEqual(evaluate(code).stdout, '1\n');
  });
  row('DEST_CPU', () => {
    // Gone (doc/compat.md): --cross names the tools of the other machine.
    assert.match(configure('--help').stdout, /--cross=PREFIX/);
  });
  row('CC / CXX', () => assert.match(configure('--help').stdout, /CXX/));

  function configure(...args) {
    return spawnSync('sh', [path.join(__dirname, '..', '..', 'configure'), ...args], { encoding: 'utf8' });
  }
}
