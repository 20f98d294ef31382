// package.json files: read once, and the rules of their "exports" and "imports" fields.
'use strict';

const path = require('path');
const { stat, readText } = internalBinding('modules');
const { getOption } = require('internal/options');
const {
  codes: {
    ERR_INVALID_MODULE_SPECIFIER, ERR_INVALID_PACKAGE_CONFIG, ERR_INVALID_PACKAGE_TARGET, ERR_PACKAGE_IMPORT_NOT_DEFINED,
    ERR_PACKAGE_PATH_NOT_EXPORTED,
  },
} = require('internal/errors');

const cache = new Map();

// The parts of folder/package.json that matter here, or null when there is none.
function readPackage(folder) {
  const file = path.join(folder, 'package.json');
  if (cache.has(file)) return cache.get(file);
  let result = null;
  if (stat(file) === 0) {
    let data;
    try {
      const text = readText(file);
      data = JSON.parse(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text);
    } catch (error) {
      error.path = file;
      error.message = `Error parsing ${file}: ${error.message}`;
      throw error;
    }
    const own = (name) => Object.hasOwn(data, name) ? data[name] : undefined;
    if (data !== null && typeof data === 'object') {
      result = { file, folder, name: own('name'), main: own('main'), type: own('type'), exports: own('exports'),
                 imports: own('imports') };
    }
  }
  cache.set(file, result);
  return result;
}

// The package that `file` belongs to: the nearest package.json upwards, not beyond node_modules.
function packageScope(file) {
  let folder = path.dirname(file);
  for (;;) {
    if (path.basename(folder) === 'node_modules') return null;
    const found = readPackage(folder);
    if (found !== null) return found;
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

// The names that hold for require(), or for import.
const conditionSets = new Map();

function activeConditions(kind) {
  let set = conditionSets.get(kind);
  if (set === undefined) {
    set = new Set(['node', kind]);
    if (getOption('--no-addons') === undefined) set.add('node-addons');
    for (const name of getOption('--conditions') ?? []) set.add(name);
    conditionSets.set(kind, set);
  }
  return set;
}

const withSlash = (folder) => folder.endsWith('/') ? folder : `${folder}/`;

// How one map is read. `base` is the file that asks, undefined when errors do not name it;
// `resolveBare` says what a bare name as a target means ("imports" alone may have such).
function request({ pkg, kind, base, resolveBare }) {
  return { pkg, base, resolveBare, internal: resolveBare !== undefined, conditions: activeConditions(kind) };
}

const invalidSegment = /(^|\\|\/)((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))(\\|\/|$)/i;

function isURL(text) {
  try {
    new URL(text);
    return true;
  } catch {
    return false;
  }
}

function badTarget(ask, key, target) {
  return new ERR_INVALID_PACKAGE_TARGET(withSlash(ask.pkg.folder), key, target, ask.internal, ask.base);
}

// Targets are parts of URLs.
function fileOf(ask, target, key) {
  const at = path.join(ask.pkg.folder, target);
  if (!target.includes('%')) return at;
  if (/%2f|%5c/i.test(target)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(key, 'must not include encoded "/" or "\\" characters', ask.base);
  }
  return require('url').fileURLToPath(new URL(target, `${require('url').pathToFileURL(ask.pkg.folder)}/`));
}

function resolveTargetString(ask, target, star, key) {
  if (star !== null && !target.includes('*') && key.endsWith('/')) throw badTarget(ask, key, target);
  if (!target.startsWith('./')) {
    if (ask.internal && !target.startsWith('../') && !target.startsWith('/') && !isURL(target)) {
      return ask.resolveBare(star === null ? target : target.replaceAll('*', () => star));
    }
    throw badTarget(ask, key, target);
  }
  if (invalidSegment.test(target.slice(2))) throw badTarget(ask, key, target);
  if (star === null) return fileOf(ask, target, key);
  if (invalidSegment.test(star)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(
      key.replace('*', () => star),
      `request is not a valid match in pattern "${key}" for the "${ask.internal ? 'imports' : 'exports'}" resolution of ` +
      ask.pkg.file, ask.base);
  }
  return fileOf(ask, target.replaceAll('*', () => star), key);
}

// Resolves one target: a string, a conditions object, a list of alternatives, or null (undefined: no match).
function resolveTarget(ask, target, star, key) {
  if (typeof target === 'string') return resolveTargetString(ask, target, star, key);
  if (Array.isArray(target)) {
    let last = null;
    for (const one of target) {
      try {
        const found = resolveTarget(ask, one, star, key);
        if (found === undefined) continue;
        if (found !== null) return found;
        last = null;
      } catch (error) {
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        last = error;
      }
    }
    if (last !== null) throw last;
    return target.length === 0 ? null : last;
  }
  if (target !== null && typeof target === 'object') {
    for (const name of Object.keys(target)) {
      if (/^(0|[1-9]\d*)$/.test(name)) {
        throw new ERR_INVALID_PACKAGE_CONFIG(ask.pkg.file, ask.base, '"exports" cannot contain numeric property keys.');
      }
    }
    for (const name of Object.keys(target)) {
      if (name !== 'default' && !ask.conditions.has(name)) continue;
      const found = resolveTarget(ask, target[name], star, key);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target === null) return null;
  throw badTarget(ask, key, target);
}

// Among "./x/*" keys the longest prefix wins, then the longest key.
function matchPattern(map, key) {
  let best = null;
  for (const pattern of Object.keys(map)) {
    const star = pattern.indexOf('*');
    if (star < 0 || pattern.indexOf('*', star + 1) >= 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (!key.startsWith(prefix) || !key.endsWith(suffix) || key.length < pattern.length) continue;
    if (best === null || prefix.length > best.prefix.length ||
        (prefix.length === best.prefix.length && pattern.length > best.pattern.length)) {
      best = { pattern, prefix, star: key.slice(prefix.length, key.length - suffix.length) };
    }
  }
  return best;
}

function resolveMap(ask, map, key) {
  if (Object.hasOwn(map, key) && !key.includes('*') && !key.endsWith('/')) {
    return resolveTarget(ask, map[key], null, key);
  }
  const match = matchPattern(map, key);
  return match === null ? undefined : resolveTarget(ask, map[match.pattern], match.star, match.pattern);
}

// "exports" that speak of the main entry alone: no map of subpaths.
function isMainSugar(ask, exports) {
  if (exports === null || typeof exports !== 'object' || Array.isArray(exports)) return true;
  const keys = Object.keys(exports);
  const dotted = keys.filter((key) => key.startsWith('.')).length;
  if (dotted !== 0 && dotted !== keys.length) {
    throw new ERR_INVALID_PACKAGE_CONFIG(
      ask.pkg.file, ask.base,
      '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object ' +
      'of package subpath keys or an object of main entry condition name keys only.');
  }
  return dotted === 0 && keys.length > 0;
}

// The file that `subpath` ("." or "./x") of a package with "exports" names. `kind`: 'require' or 'import'.
function resolveExports(pkg, subpath, kind, base) {
  const ask = request({ pkg, kind, base });
  const exports = isMainSugar(ask, pkg.exports) ? { '.': pkg.exports } : pkg.exports;
  const found = resolveMap(ask, exports, subpath);
  if (found === undefined || found === null) {
    throw new ERR_PACKAGE_PATH_NOT_EXPORTED(withSlash(pkg.folder), subpath, base);
  }
  return found;
}

// The file, or whatever resolveBare(name) says, that "#name" names within the package of `from`.
function resolveImports(name, from, kind, resolveBare) {
  if (name === '#' || name.startsWith('#/') || name.endsWith('/')) {
    throw new ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', from);
  }
  const pkg = packageScope(from);
  const found = pkg !== null && pkg.imports !== null && typeof pkg.imports === 'object' ?
    resolveMap(request({ pkg, kind, base: from, resolveBare }), pkg.imports, name) : undefined;
  if (found === undefined || found === null) {
    throw new ERR_PACKAGE_IMPORT_NOT_DEFINED(name, pkg === null ? undefined : withSlash(pkg.folder), from);
  }
  return found;
}

module.exports = { readPackage, packageScope, resolveExports, resolveImports };
