// The start of every run: fills in what the snapshot could not know, then runs the program.
'use strict';

const processBinding = internalBinding('process');
const modulesBinding = internalBinding('modules');
const { readOptions, getOption } = require('internal/options');
const path = require('path');
const { watchForDebugger } = require('internal/process/signals');
const { codes: { ERR_PROTO_ACCESS } } = require('internal/errors');

function prepareProcess(argv, execArgv) {
  process.execArgv = execArgv;
  process.argv0 = argv[0];
  process.execPath = processBinding.executable() || path.resolve(argv[0]);
  process.argv = [process.execPath, ...argv.slice(1)];
  const about = processBinding.about();
  process.platform = about.platform;
  process.arch = about.arch;
  process.installPrefix = about.prefix;
  process.versions = Object.freeze({
    node: process.version.slice(1), 'node.cc': about.project, v8: processBinding.v8Version(), modules: '108',
    http_parser: about.project, uv: '1.44.2', napi: '9', ...about.openssl !== '' && { openssl: about.openssl },
  });
  for (const name of ['tls', 'tls_alpn', 'tls_sni', 'tls_ocsp']) process.features[name] = about.openssl !== '';
  const [seconds, nanoseconds] = process.hrtime();
  process.uptime = () => {
    const [s, ns] = process.hrtime([seconds, nanoseconds]);
    return s + ns / 1e9;
  };
  if (getOption('--title') !== undefined) process.title = getOption('--title');
  const mode = getOption('--unhandled-rejections');
  if (mode !== undefined && !Object.hasOwn(require('internal/process/promises').modes, mode)) {
    require('fs').writeSync(2, `${process.execPath}: invalid value for --unhandled-rejections\n`);
    process.reallyExit(9);
  }
  if (getOption('--secure-heap') !== undefined || getOption('--secure-heap-min') !== undefined) checkSecureHeap();
  if (getOption('--disable-proto') !== undefined) disableProto(getOption('--disable-proto'));
  if (getOption('--trace-exit')) traceExit();
  if (getOption('--report-on-signal')) require('internal/process/report');
  if (process.env.NODE_PENDING_DEPRECATION === '1') readOptions(['--pending-deprecation']);
  if (getOption('--no-deprecation')) process.noDeprecation = true;
  if (getOption('--throw-deprecation')) process.throwDeprecation = true;
  if (getOption('--trace-deprecation')) process.traceDeprecation = true;
}

function checkSecureHeap() {
  const wrong = [];
  for (const name of ['--secure-heap', '--secure-heap-min']) {
    const size = Number(getOption(name) ?? 0);
    if (!Number.isInteger(size) || size < 0 || size >= 2 ** 31 || (size & (size - 1)) !== 0) {
      wrong.push(`${process.execPath}: ${name} must be a power of 2\n`);
    }
  }
  if (wrong.length === 0) return;
  require('fs').writeSync(2, wrong.join(''));
  process.reallyExit(9);
}

function disableProto(mode) {
  if (mode === 'delete') {
    delete Object.prototype.__proto__;
    return;
  }
  if (mode !== 'throw') {
    require('fs').writeSync(2, `${process.execPath}: invalid mode passed to --disable-proto\n`);
    process.reallyExit(12);
  }
  const refuse = () => {
    throw new ERR_PROTO_ACCESS();
  };
  Object.defineProperty(Object.prototype, '__proto__', { get: refuse, set: refuse, enumerable: false });
}

// Tells who has called process.exit().
function traceExit() {
  const { reallyExit } = process;
  process.reallyExit = (code) => {
    const { threadId } = require('internal/worker/state').state;
    const thread = threadId === 0 ? '' : `, thread:${threadId}`;
    const { stack } = new Error();
    require('fs').writeSync(2, `(node:${process.pid}${thread}) WARNING: Exited the environment with code ${code | 0}\n` +
      `${stack.split('\n').slice(1).join('\n')}\n`);
    reallyExit(code);
  };
}

function readStdin() {
  const fs = require('fs');
  return fs.readFileSync(0, 'utf8');
}

// Reports a script that does not compile as if it had been run; nothing of it runs.
function check(file) {
  const source = file === undefined ? readStdin() : modulesBinding.readText(file);
  const isModule = file === undefined ? getOption('--input-type') === 'module' : file.endsWith('.mjs');
  if (isModule) return void require('internal/modules/esm/loader').compileText(file ?? '[stdin]', source);
  modulesBinding.compileModule(require('internal/modules/cjs').stripShebang(source), file ?? '[stdin]');
}

// -e and standard input: a script, or a module if --input-type says so.
function runText(source, name, print) {
  const type = getOption('--input-type');
  if (type !== 'module') return evalText(source, name, print);
  if (print) {
    process.stderr.write(`${process.execPath}: --print cannot be used with ESM input\n`);
    process.exit(9);
  }
  require('internal/modules/esm/loader').runText(source, name.replace(']', '1]'));
}

// The folder may have been removed under the program's feet.
function folder() {
  try {
    return process.cwd();
  } catch {
    return path.dirname(process.execPath);
  }
}

// Runs text in the global scope; require, module and the like are there as globals.
function evalText(source, name, print) {
  const { Module, makeRequire } = require('internal/modules/cjs');
  const module = new Module(name);
  module.filename = path.join(folder(), name);
  module.paths = Module._nodeModulePaths(folder());
  for (const [key, value] of Object.entries({
    require: makeRequire(module), module, exports: module.exports, __filename: name, __dirname: '.',
  })) {
    Object.defineProperty(globalThis, key, { value, writable: true, enumerable: false, configurable: true });
  }
  require('internal/builtin_globals').defineBuiltinGlobals(globalThis);
  const breaks = getOption('--inspect-brk') !== undefined || getOption('--debug-brk') !== undefined;
  const apply = breaks ? internalBinding('inspector').breakOnStart ?? Reflect.apply : Reflect.apply;
  const result = apply(modulesBinding.runScript, undefined, [source, name]);
  if (print) console.log(result);
}

function startRepl() {
  if (getOption('--input-type')) {
    require('fs').writeSync(2, 'Cannot specify --input-type for REPL\n');
    process.reallyExit(9);
  }
  require('internal/repl/start').start();
}

const debuggerOptions = ['--inspect-port', '--debug-port', '--inspect', '--inspect-brk', '--inspect-wait', '--debug', '--debug-brk'];

function runMain() {
  const { Module } = require('internal/modules/cjs');
  Module._initPaths();
  const source = getOption('--eval');
  const script = process.argv[1];
  if (source === undefined && script !== undefined && script !== '-') process.argv[1] = path.resolve(script);
  if (debuggerOptions.some((name) => getOption(name) !== undefined)) require('internal/inspector/server').start();
  watchForDebugger();
  preload(Module);
  if (getOption('--check') && source !== undefined) {
    require('fs').writeSync(2, `${process.execPath}: either --check or --eval can be used, not both\n`);
    process.reallyExit(9);
  }
  if (getOption('--check')) {
    check(script === undefined || script === '-' ? undefined : Module._resolveFilename(path.resolve(script), null, true));
    return;
  }
  const imports = getOption('--import');
  if (imports === undefined) runProgram(Module, source, script);
  else require('internal/modules/esm/loader').runAfterImports(imports, () => runProgram(Module, source, script));
}

function runProgram(Module, source, script) {
  const interactive = getOption('--interactive') ||
    (script === undefined && source === undefined && require('tty').isatty(0));
  if (source !== undefined) {
    runText(source, '[eval]', getOption('--print') === true);
    if (!interactive) return;
  }
  if (interactive && (script === undefined || source !== undefined)) return startRepl();
  if (script !== undefined && script !== '-') return Module.runMain(process.argv[1]);
  if (interactive) return startRepl();
  runText(readStdin(), '[stdin]', getOption('--print') === true);
}

// A child made by fork() talks to its parent through the descriptor that the environment names.
function openChannel() {
  const fd = process.env.NODE_CHANNEL_FD;
  if (fd === undefined) return;
  const serialization = process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  require('child_process')._forkChild(Number(fd), serialization);
}

// cluster.fork() numbers its workers.
function joinCluster() {
  const id = process.env.NODE_UNIQUE_ID;
  if (id === undefined || !process.connected) return;
  delete process.env.NODE_UNIQUE_ID;
  require('internal/net').shared.isWorker = true;
  require('cluster')._setupWorker(Number(id));
}

// A worker's program comes from who started it.
function runWorker(fd) {
  delete process.env.NODE_WORKER_FD;
  const connection = require('internal/worker/child').connect(Number(fd));
  if (connection === null) return process.reallyExit(1);
  const { program: { filename, source, url }, online } = connection;
  const { Module } = require('internal/modules/cjs');
  Module._initPaths();
  preload(Module);
  online();
  if (source !== undefined) evalText(source, '[worker eval]', false);
  else if (url !== undefined) require('internal/modules/esm/loader').runUrl(url);
  else Module.runMain(filename);
}

function preload(Module) {
  const ids = getOption('--require');
  if (ids === undefined) return;
  const parent = new Module('internal/preload');
  parent.paths = Module._nodeModulePaths(folder());
  let preloading = true;
  Object.defineProperty(Module.prototype, 'isPreloading', { configurable: true, get: () => preloading });
  ids.forEach((id) => parent.require(id));
  preloading = false;
}

function start(argv, execArgv, settings) {
  readOptions(settings);
  prepareProcess(argv, execArgv);
  if (process.env.NODE_WORKER_FD !== undefined) return runWorker(process.env.NODE_WORKER_FD);
  openChannel();
  joinCluster();
  runMain();
}

module.exports = { start };
