// os: the machine, the system and the user.
'use strict';

const binding = internalBinding('os');
const { map: errno } = internalBinding('errno');
const { validateInt32, validateObject } = require('internal/validators');

const priorities = {
  PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14,
  PRIORITY_HIGHEST: -20,
};

const constants = Object.assign(Object.create(null), {
  UV_UDP_REUSEADDR: 4,
  dlopen: Object.freeze(Object.assign(Object.create(null),
                                      { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 })),
  errno: Object.freeze(Object.assign(Object.create(null), errno)),
  signals: Object.freeze(Object.assign(Object.create(null), binding.signals)),
  priority: Object.freeze(Object.assign(Object.create(null), priorities)),
});

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
  return process.env.HOME || binding.userInfo()[4];
}

function tmpdir() {
  const { TMPDIR, TMP, TEMP } = process.env;
  const folder = TMPDIR || TMP || TEMP || '/tmp';
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

function userInfo(options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  const [username, uid, gid, shell, home] = binding.userInfo();
  const encode = options?.encoding === 'buffer' ? Buffer.from : String;
  return { uid, gid, username: encode(username), homedir: encode(home), shell: shell === '' ? null : encode(shell) };
}

function getPriority(pid = 0) {
  validateInt32(pid, 'pid');
  return binding.getPriority(pid);
}

function setPriority(pid, priority) {
  if (priority === undefined) [pid, priority] = [0, pid];
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  binding.setPriority(pid, priority);
}

// Functions that become their value when text is wanted: `${os.hostname}`.
function primitive(fn) {
  fn[Symbol.toPrimitive] = () => fn();
  return fn;
}

const endianness = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE';
let names;
const name = (index) => (names ??= binding.uname())[index];

module.exports = {
  arch: primitive(() => process.arch),
  availableParallelism: primitive(() => Math.max(1, cpus().length)),
  cpus,
  endianness: primitive(() => endianness),
  freemem: primitive(() => binding.freemem()),
  getPriority,
  homedir: primitive(homedir),
  hostname: primitive(() => binding.hostname()),
  loadavg: () => binding.loadavg(),
  machine: primitive(() => name(3)),
  networkInterfaces,
  platform: primitive(() => process.platform),
  release: primitive(() => name(1)),
  setPriority,
  tmpdir: primitive(tmpdir),
  totalmem: primitive(() => binding.totalmem()),
  type: primitive(() => name(0)),
  uptime: primitive(() => binding.uptime()),
  userInfo,
  version: primitive(() => name(2)),
  devNull: '/dev/null',
  EOL: '\n',
  // Old names.
  getNetworkInterfaces: networkInterfaces,
  getHostname: () => binding.hostname(),
};
Object.defineProperties(module.exports, {
  constants: { value: Object.freeze(constants), enumerable: true },
  EOL: { value: '\n', enumerable: true, writable: false },
  devNull: { value: '/dev/null', enumerable: true, writable: false },
});
