// os: the machine, the system and the user.
'use strict';

const binding = internalBinding('os');
const { message: errnoMessage } = internalBinding('errno');
const { codes: { ERR_SYSTEM_ERROR } } = require('internal/errors');
const { validateInt32 } = require('internal/validators');

const priorities = {
  PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14,
  PRIORITY_HIGHEST: -20,
};

const constants = Object.assign(Object.create(null), {
  UV_UDP_REUSEADDR: 4,
  dlopen: Object.freeze({
    __proto__: null, RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8,
  }),
  errno: Object.freeze(Object.assign(Object.create(null), binding.errnos)),
  signals: Object.freeze(Object.assign(Object.create(null), binding.signals)),
  priority: Object.freeze(Object.assign(Object.create(null), priorities)),
});

// Runs `call`; what the system refuses becomes a SystemError.
function checked(call) {
  try {
    return call();
  } catch (error) {
    const { code, errno, syscall } = error;
    if (syscall === undefined) throw error;
    throw new ERR_SYSTEM_ERROR({ errno, code, message: errnoMessage(-errno), syscall });
  }
}

function cpus() {
  const flat = binding.cpus();
  const list = [];
  for (let i = 0; i < flat.length; i += 7) {
    list.push({
      model: flat[i],
      speed: flat[i + 1],
      times: { user: flat[i + 2], nice: flat[i + 3], sys: flat[i + 4], idle: flat[i + 5], irq: flat[i + 6] },
    });
  }
  return list;
}

// '255.255.0.0' -> 16; null for masks with holes.
function prefixLength(netmask, family) {
  const parts = family === 'IPv4' ? netmask.split('.').map(Number) : expandGroups(netmask);
  const width = family === 'IPv4' ? 8 : 16;
  let bits = '';
  for (const part of parts) bits += part.toString(2).padStart(width, '0');
  const ones = bits.indexOf('0') < 0 ? bits.length : bits.indexOf('0');
  return bits.indexOf('1', ones) < 0 ? ones : null;
}

function expandGroups(address) {
  const [head, tail] = address.split('::');
  const parse = (text) => (text ? text.split(':').map((group) => parseInt(group, 16)) : []);
  const left = parse(head);
  const right = tail === undefined ? [] : parse(tail);
  return [...left, ...new Array(8 - left.length - right.length).fill(0), ...right];
}

function networkInterfaces() {
  const flat = binding.networkInterfaces();
  const result = {};
  for (let i = 0; i < flat.length; i += 7) {
    const [name, address, netmask, family, mac, internal, scopeid] = flat.slice(i, i + 7);
    const prefix = prefixLength(netmask, family);
    const entry = { address, netmask, family, mac, internal, cidr: prefix === null ? null : `${address}/${prefix}` };
    if (scopeid !== -1) entry.scopeid = scopeid;
    (result[name] ??= []).push(entry);
  }
  return result;
}

function homedir() {
  return process.env.HOME || checked(binding.userInfo)[4];
}

function tmpdir() {
  const { TMPDIR, TMP, TEMP } = process.env;
  const folder = TMPDIR || TMP || TEMP || '/tmp';
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

function userInfo(options) {
  const [username, uid, gid, shell, home] = checked(binding.userInfo);
  const encode = options?.encoding === 'buffer' ? (text) => Buffer.from(text) : (text) => text;
  return {
    __proto__: null, uid, gid, username: encode(username), homedir: encode(home),
    shell: shell === '' ? null : encode(shell),
  };
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  return checked(() => binding.getPriority(pid));
}

function setPriority(pid, priority) {
  if (priority === undefined) [pid, priority] = [0, pid];
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  checked(() => binding.setPriority(pid, priority));
}

const availableParallelism = () => Math.max(1, cpus().length);
const hostname = () => checked(binding.hostname);
const freemem = () => binding.freemem();
const totalmem = () => binding.totalmem();
const uptime = () => binding.uptime();
const loadavg = () => binding.loadavg();
const arch = () => process.arch;
const platform = () => process.platform;

const byteOrder = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE';
const endianness = () => byteOrder;

let names;
const name = (index) => (names ??= checked(binding.uname))[index];
const type = () => name(0);
const release = () => name(1);
const version = () => name(2);
const machine = () => name(3);

module.exports = {
  arch, availableParallelism, cpus, endianness, freemem, getPriority, homedir, hostname, loadavg, machine,
  networkInterfaces, platform, release, setPriority, tmpdir, totalmem, type, uptime, userInfo, version,
  // Old names.
  getNetworkInterfaces: networkInterfaces,
  getHostname: hostname,
  tmpDir: tmpdir,
};

// These become their value when text is wanted: `${os.hostname}`.
for (const fn of [arch, availableParallelism, endianness, freemem, homedir, hostname, machine, platform, release,
                  tmpdir, totalmem, type, uptime, version]) {
  fn[Symbol.toPrimitive] = () => fn();
}

Object.defineProperties(module.exports, {
  constants: { value: Object.freeze(constants), enumerable: true },
  EOL: { value: '\n', enumerable: true, writable: false, configurable: true },
  devNull: { value: '/dev/null', enumerable: true, writable: false },
});
