// The inspector's server as options and signals start it; the messages around it.
'use strict';

const binding = internalBinding('inspector');
const { getOption } = require('internal/options');
const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');

const kDefaultHost = '127.0.0.1';
const kDefaultPort = 9229;

let url;

function print(text) {
  require('fs').writeSync(2, `${text}\n`);
}

// "9230", "host", "host:port", "[::1]:port"
function parseAddress(text) {
  const match = /^(?:(\[[^\]]*\]|[^:]*):)?(\d+)$/.exec(text);
  const host = match === null ? text : match[1];
  const port = match === null ? undefined : Number(match[2]);
  if (port !== undefined && port !== 0 && (port < 1024 || port > 65535)) {
    print(`${process.execPath}: ${process.execArgv.join(' ')} must be 0 or in range 1024 to 65535.`);
    process.reallyExit(9);
  }
  return { host: host?.replace(/^\[|\]$/g, '').replace(/^localhost$/, kDefaultHost), port };
}

function describeProgram() {
  const script = process.argv[1];
  const name = script ?? process.title;
  binding.setTitle(`${name}[${process.pid}]`, script === undefined ? 'file://' : require('url').pathToFileURL(script).href);
}

// Console messages reach debuggers too, through V8's own console.
let bridged = false;
function bridgeConsole() {
  if (bridged) return;
  bridged = true;
  const native = require('internal/globals').v8Console;
  const ours = globalThis.console;
  for (const name of Object.keys(native)) {
    const print = ours[name];
    const tell = native[name];
    if (typeof print !== 'function') continue;
    ours[name] = binding.consoleCall.bind(ours, tell, print);
    Object.defineProperty(ours[name], 'name', { value: name, configurable: true });
  }
}

// Answers the URL, or undefined when the address cannot be had, which it says.
function open(port, host) {
  if (typeof port !== 'number') port = process.debugPort;
  if (typeof host !== 'string') host = kDefaultHost;
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ERR_OUT_OF_RANGE('port', '>= 0 && <= 65535', port);
  bridgeConsole();
  describeProgram();
  try {
    url = binding.open(port, host === 'localhost' ? kDefaultHost : host);
  } catch (error) {
    const reason = error.message.replace(/^[A-Z]+: /, '').replace(/, \w+$/, '');
    print(`Starting inspector on ${host}:${port} failed: ${reason}`);
    return undefined;
  }
  process.debugPort = binding.port();
  print(`Debugger listening on ${url}\nFor help, see: https://nodejs.org/en/docs/inspector`);
  const { reallyExit } = process;
  process.reallyExit = (code) => {
    binding.finish();
    reallyExit.call(process, code);
  };
  return url;
}

// For signals, which may come again.
function openOnce() {
  if (url === undefined && binding.open !== undefined) open(process.debugPort);
}

function close() {
  if (url === undefined) return;
  url = undefined;
  binding.close();
}

// The options of the command line, if there are any: --debug and --debug-brk are the names of 2010.
function start() {
  const inspectPort = getOption('--inspect-port') ?? getOption('--debug-port');
  if (inspectPort !== undefined) process.debugPort = parseAddress(inspectPort).port ?? kDefaultPort;
  const names = ['--inspect', '--inspect-brk', '--inspect-wait', '--debug', '--debug-brk'];
  const given = names.filter((name) => getOption(name) !== undefined);
  if (given.length === 0) return;
  if (binding.open === undefined) {
    const lacking = process.versions.openssl === undefined ? 'the inspector needs OpenSSL' : 'this V8 has no inspector';
    print(`${process.execPath}: ${given[0]}: ${lacking}`);
    return;
  }
  let host;
  let port;
  for (const text of [inspectPort, ...given.map(getOption)]) {
    if (typeof text !== 'string' || text === '') continue;
    const address = parseAddress(text);
    host = address.host || host;
    port = address.port ?? port;
  }
  process.debugPort = port ?? kDefaultPort;
  const opened = open(port ?? kDefaultPort, host ?? kDefaultHost);
  if (opened === undefined) return process.reallyExit(12);
  if (given.some((name) => /-(brk|wait)$/.test(name))) binding.waitForDebugger();
}

module.exports = { start, open, openOnce, close, url: () => url, bridgeConsole, waitForDebugger: () => binding.waitForDebugger() };
