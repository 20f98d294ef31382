// Object.groupBy() and Map.groupBy().
'use strict';

const { requireCallable, uncurry } = require('internal/polyfills/abstract');

const NativeMap = Map;
const getOf = uncurry(Map.prototype.get);
const setOf = uncurry(Map.prototype.set);
const eachOf = uncurry(Map.prototype.forEach);

// A Map of arrays; keyOf turns what the callback says into the key.
function group(items, callback, keyOf) {
  if (items === null || items === undefined) throw new TypeError(`${items} is not iterable`);
  requireCallable(callback);
  const groups = new NativeMap();
  let index = 0;
  for (const item of items) {
    const key = keyOf(callback(item, index++));
    const members = getOf(groups, key);
    if (members === undefined) setOf(groups, key, [item]);
    else members[members.length] = item;
  }
  return groups;
}

function toPropertyKey(value) {
  return typeof value === 'symbol' ? value : Reflect.ownKeys({ __proto__: null, [value]: 0 })[0];
}

const objectFunctions = {
  groupBy(items, callback) {
    const result = { __proto__: null };
    eachOf(group(items, callback, toPropertyKey), (members, key) => {
      result[key] = members;
    });
    return result;
  },
};

const mapFunctions = {
  groupBy(items, callback) {
    return group(items, callback, (key) => key);
  },
};

module.exports = { mapFunctions, objectFunctions };
