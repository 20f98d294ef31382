// Modules that are no ECMAScript modules, dressed as such: the library's, CommonJS files, JSON.
'use strict';

const { NativeModule } = internalBinding('esm');
const { readText } = internalBinding('modules');
const { fileURLToPath } = require('url');
const library = require('internal/library');
const { Module, stripBom } = require('internal/modules/cjs');
const { findExports } = require('internal/modules/esm/lexer');
const { emitExperimentalWarning } = require('internal/util');

function hasProperties(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

// A getter that throws counts as a property that is undefined.
function propertyOf(object, name) {
  try {
    return object[name];
  } catch {
    return undefined;
  }
}

// ---- The library's modules -------------------------------------------------------------------

const builtins = new Map();

function fillBuiltin({ native, names, exports }) {
  for (const name of names) native.setExport(name, Object.hasOwn(exports, name) ? propertyOf(exports, name) : undefined);
}

function makeBuiltin(url) {
  const id = url.slice('node:'.length);
  const exports = library.requireLibrary(id);
  const names = Object.keys(exports).filter((name) => name !== 'default');
  const entry = { names, exports };
  entry.native = new NativeModule(url, null, [...names, 'default'], () => {
    entry.native.setExport('default', exports);
    fillBuiltin(entry);
    builtins.set(id, entry);
  });
  return entry.native;
}

// Gives the named exports of built-in modules the values that the properties now have.
function syncBuiltinExports() {
  for (const entry of builtins.values()) fillBuiltin(entry);
}

// ---- CommonJS --------------------------------------------------------------------------------

const namesOfFiles = new Map();

// All names that `file` exports, those it passes on from other files included.
function exportedNames(file) {
  const known = namesOfFiles.get(file);
  if (known !== undefined) return known;
  const names = new Set();
  namesOfFiles.set(file, names);
  let text;
  try {
    text = readText(file);
  } catch {
    return names;
  }
  const found = findExports(text);
  for (const name of found.exports) names.add(name);
  if (found.reexports.length === 0) return names;
  const require = Module.createRequire(file);
  for (const request of found.reexports) {
    let target;
    try {
      target = require.resolve(request);
    } catch {
      continue;
    }
    if (/\.(?:c?js)$/.test(target) && target.startsWith('/')) {
      for (const name of exportedNames(target)) names.add(name);
    } else if (Module.isBuiltin(target)) {
      for (const name of Object.keys(require(target))) names.add(name);
    }
  }
  return names;
}

function makeCommonJS(url, isMain) {
  const file = fileURLToPath(url);
  const names = [...exportedNames(file)].filter((name) => name !== 'default');
  const native = new NativeModule(url, null, [...names, 'default'], () => {
    const exports = Module._load(file, undefined, isMain);
    for (const name of names) {
      if (hasProperties(exports) && Object.hasOwn(exports, name)) native.setExport(name, propertyOf(exports, name));
    }
    native.setExport('default', exports);
  });
  return native;
}

// ---- JSON ------------------------------------------------------------------------------------

function readJSON(url, text) {
  const file = url.startsWith('file:') ? fileURLToPath(url) : undefined;
  const cached = file === undefined || /[?#]/.test(url) ? undefined : Module._cache[file];
  if (cached?.loaded) return cached.exports;
  let value;
  try {
    value = JSON.parse(stripBom(text));
  } catch (error) {
    error.message = `${file ?? url}: ${error.message}`;
    throw error;
  }
  if (file !== undefined && !/[?#]/.test(url)) {
    const module = new Module(file);
    module.filename = file;
    module.exports = value;
    module.loaded = true;
    Module._cache[file] = module;
  }
  return value;
}

function makeJSON(url, text) {
  emitExperimentalWarning('Importing JSON modules');
  const value = readJSON(url, text);
  const native = new NativeModule(url, null, ['default'], () => native.setExport('default', value));
  return native;
}

module.exports = { makeBuiltin, makeCommonJS, makeJSON, syncBuiltinExports };
