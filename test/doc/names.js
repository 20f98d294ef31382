// The public names of every module, from the running node: [module, [name, ...]]. A name is `export`, or `Class#member`.
'use strict';

const modules = [
  'assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns',
  'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'https', 'inspector', 'module', 'net', 'os', 'path', 'perf_hooks',
  'process', 'punycode', 'querystring', 'readline', 'readline/promises', 'repl', 'stream', 'stream/promises', 'stream/consumers',
  'stream/web', 'string_decoder', 'timers', 'timers/promises', 'tls', 'tty', 'url', 'util', 'util/types', 'v8', 'vm', 'worker_threads',
      'zlib',
];

const isPublic = (name) => typeof name === 'string' && !name.startsWith('_') && !/^k[A-Z]/.test(name);

function isClass(name, value) {
  return typeof value === 'function' && /^[A-Z]/.test(name) && value.prototype !== undefined && value.prototype !== Object.prototype;
}

function members(target) {
  return Reflect.ownKeys(target).filter((key) => isPublic(key) && key !== 'constructor' &&
      Object.getOwnPropertyDescriptor(target, key).enumerable !== undefined);
}

function namesOf(module) {
  let exports;
  try {
    exports = require(module);
  } catch {
    return [];
  }
  const names = new Set();
  for (const key of Object.keys(Object.getOwnPropertyDescriptors(exports))) {
    if (!isPublic(key) || ['length', 'name', 'prototype', 'caller', 'arguments', 'default'].includes(key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(exports, key);
    if (!descriptor.enumerable) continue;
    names.add(key);
    let value;
    try {
      value = exports[key];
    } catch {
      continue;
    }
    if (!isClass(key, value)) continue;
    for (const member of members(value.prototype)) names.add(`${key}#${member}`);
  }
  return [...names];
}

module.exports = { modules, namesOf };

if (require.main === module) {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : modules) console.log(`${name}: ${namesOf(name).join(' ')}`);
}
