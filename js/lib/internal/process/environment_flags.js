// process.allowedNodeEnvironmentFlags: the options that NODE_OPTIONS may have. It cannot be changed.
'use strict';

const shortNames = ['-C', '-r'];

const bare = (flag) => flag.replace(/^--?/, '').replace(/_/g, '-').replace(/=.*$/s, '');

function make() {
  const names = new Set();
  const flags = [...shortNames];
  for (const [name, negatable] of internalBinding('process').environmentOptions()) {
    flags.push(name);
    names.add(bare(name));
    if (negatable) names.add(`no-${bare(name)}`);
  }

  // Names may be asked for without dashes, with underscores and with values.
  class NodeEnvironmentFlagsSet extends Set {
    add() {
      return this;
    }
    delete() {
      return false;
    }
    clear() {}
    forEach(callback, thisArg = undefined) {
      for (const flag of flags) Reflect.apply(callback, thisArg, [flag, flag, this]);
    }
    values() {
      return flags.values();
    }
    keys() {
      return flags.values();
    }
    * entries() {
      for (const flag of flags) yield [flag, flag];
    }
    [Symbol.iterator]() {
      return flags.values();
    }
    get size() {
      return flags.length;
    }
    has(flag) {
      if (typeof flag !== 'string') return false;
      if (/^-?[^-]$/.test(flag)) return shortNames.includes(`-${flag.at(-1)}`);
      return names.has(bare(flag));
    }
  }

  const set = new NodeEnvironmentFlagsSet();
  Object.freeze(flags);
  for (const flag of flags) Set.prototype.add.call(set, flag);
  for (const method of ['add', 'delete', 'clear', 'has']) Object.freeze(NodeEnvironmentFlagsSet.prototype[method]);
  Object.freeze(NodeEnvironmentFlagsSet.prototype.constructor);
  Object.freeze(NodeEnvironmentFlagsSet.prototype);
  return Object.freeze(set);
}

module.exports = { make };
