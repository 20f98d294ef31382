// The parts of process that ask the system: identities, umask, memory, CPU time, the title.
'use strict';

const binding = internalBinding('credentials');
const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_CREDENTIAL } = codes;
const { validateArray, validateNumber, validateObject, validateString, validateUint32 } =
  require('internal/validators');

process.getuid = () => binding.getuid();
process.geteuid = () => binding.geteuid();
process.getgid = () => binding.getgid();
process.getegid = () => binding.getegid();
process.getgroups = () => {
  const groups = binding.getgroups();
  const own = binding.getegid();
  return groups.includes(own) ? groups : [...groups, own];
};

function toId(id, argument, kind, lookup) {
  if (typeof id === 'number') {
    validateUint32(id, argument);
    return id;
  }
  if (typeof id !== 'string') throw new ERR_INVALID_ARG_TYPE(argument, ['number', 'string'], id);
  const found = lookup(id);
  if (found < 0) throw new ERR_UNKNOWN_CREDENTIAL(kind, id);
  return found;
}
const userId = (id) => toId(id, 'id', 'User', binding.uidOf);
const groupId = (id, argument = 'id') => toId(id, argument, 'Group', binding.gidOf);

// These errors have a shape of their own: "EPERM, Operation not permitted".
function check(errno, syscall) {
  if (errno === 0) return;
  const { name, message } = internalBinding('errno');
  const text = message(-errno);
  const error = new Error(`${name(-errno)}, ${text[0].toUpperCase()}${text.slice(1)}`);
  Error.captureStackTrace(error, process[syscall]);
  error.errno = -errno;
  error.code = name(-errno);
  error.syscall = syscall;
  throw error;
}

process.setuid = (id) => check(binding.setuid(userId(id)), 'setuid');
process.seteuid = (id) => check(binding.seteuid(userId(id)), 'seteuid');
process.setgid = (id) => check(binding.setgid(groupId(id)), 'setgid');
process.setegid = (id) => check(binding.setegid(groupId(id)), 'setegid');
process.setgroups = (groups) => {
  validateArray(groups, 'groups');
  check(binding.setgroups(groups.map((group, i) => groupId(group, `groups[${i}]`))), 'setgroups');
};
process.initgroups = (user, extraGroup) => {
  if (typeof user !== 'string' && typeof user !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('user', ['number', 'string'], user);
  }
  const name = typeof user === 'number' ? binding.nameOf(userId(user)) : user;
  const group = groupId(extraGroup, 'extraGroup');
  if (name === undefined) throw new ERR_UNKNOWN_CREDENTIAL('User', user);
  check(binding.initgroups(name, group), 'initgroups');
};

process.umask = function umask(mask) {
  if (mask === undefined) return binding.umask(-1);
  if (typeof mask === 'string') {
    if (!/^[0-7]+$/.test(mask)) {
      throw new ERR_INVALID_ARG_VALUE('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    mask = parseInt(mask, 8);
  }
  validateUint32(mask, 'mask');
  return binding.umask(mask & 0o777);
};

const numbers = new Float64Array(16);

process.memoryUsage = function memoryUsage() {
  binding.memoryUsage(numbers);
  const [rss, heapTotal, heapUsed, external, arrayBuffers, vsize] = numbers;
  const usage = { rss, heapTotal, heapUsed, external, arrayBuffers };
  // Known in 2010; today's programs expect the five above when they enumerate.
  Object.defineProperty(usage, 'vsize', { value: vsize, enumerable: false });
  return usage;
};
process.memoryUsage.rss = () => binding.rss();

process.cpuUsage = function cpuUsage(previous) {
  if (previous !== undefined) {
    validateObject(previous, 'prevValue');
    validateNumber(previous.user, 'prevValue.user');
    validateNumber(previous.system, 'prevValue.system');
    for (const key of ['user', 'system']) {
      if (!(previous[key] >= 0 && previous[key] <= Number.MAX_SAFE_INTEGER)) {
        throw new ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${key}`, previous[key]);
      }
    }
  }
  binding.resourceUsage(numbers);
  const [user, system] = numbers;
  return previous === undefined ? { user, system } : { user: user - previous.user, system: system - previous.system };
};

const resourceNames = [
  'userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize',
  'minorPageFault', 'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount',
  'voluntaryContextSwitches', 'involuntaryContextSwitches',
];
process.resourceUsage = function resourceUsage() {
  binding.resourceUsage(numbers);
  return Object.fromEntries(resourceNames.map((name, i) => [name, numbers[i]]));
};

let title;
Object.defineProperty(process, 'title', {
  configurable: true,
  enumerable: true,
  get: () => title ?? process.argv0,
  set(value) {
    validateString(`${value}`, 'title');
    title = `${value}`;
    binding.setTitle(title);
  },
});

// Bytes that the system lets this process have; undefined when it sets no limit of its own.
process.constrainedMemory = () => binding.constrainedMemory() || undefined;

// Writes to stderr by the shortest way, formatted as console.log does.
process._rawDebug = (...args) => {
  const text = `${require('util').format(...args)}\n`;
  try {
    require('fs').writeSync(2, text);
  } catch {
    // There is nobody to tell.
  }
};

process._getActiveHandles = () => require('internal/process/active').handles();
process._getActiveRequests = () => require('internal/process/active').requests();
process.debugPort = 9229;

// Old names.
process._debugProcess = (pid) => { process.kill(pid, 'SIGUSR1'); };
process._debugEnd = () => require('internal/inspector/server').close();
let warnedOfAssert = false;
process.assert = (condition, message) => {
  if (!warnedOfAssert) {
    warnedOfAssert = true;
    process.emitWarning('process.assert() is deprecated. Please use the `assert` module instead.', 'DeprecationWarning', 'DEP0100');
  }
  if (condition) return;
  const error = new Error(message || 'assertion error');
  error.code = 'ERR_ASSERTION';
  throw error;
};
