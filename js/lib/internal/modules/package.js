// package.json files: read once, and the rules of their "exports" and "imports" fields.
'use strict';

const path = require('path');
const { stat, readText } = internalBinding('modules');
const { getOption } = require('internal/options');

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
    if (data !== null && typeof data === 'object') {
      result = { file, folder, name: data.name, main: data.main, type: data.type, exports: data.exports,
                 imports: data.imports };
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

let conditions;

function activeConditions() {
  conditions ??= new Set(['node', 'require', 'node-addons', ...(getOption('--conditions') ?? [])]);
  return conditions;
}

function fail(code, message) {
  const error = new Error(message);
  error.code = code;
  return error;
}

function notExported(pkg, subpath) {
  if (subpath === '.') {
    return fail('ERR_PACKAGE_PATH_NOT_EXPORTED', `No "exports" main defined in ${pkg.file}`);
  }
  return fail('ERR_PACKAGE_PATH_NOT_EXPORTED',
              `Package subpath '${subpath}' is not defined by "exports" in ${pkg.file}`);
}

// Resolves one target: a string, a conditions object, a list of alternatives, or null (undefined: no match).
function resolveTarget(pkg, target, star, subpath, resolveBare) {
  if (typeof target === 'string') {
    if (!target.startsWith('./')) {
      if (resolveBare !== undefined && !target.startsWith('../') && !target.startsWith('/')) {
        return resolveBare(star === null ? target : target.replaceAll('*', star));
      }
      throw fail('ERR_INVALID_PACKAGE_TARGET',
                 `Invalid "exports" target "${target}" defined for '${subpath}' in the package config ${pkg.file}`);
    }
    const inner = star === null ? target : target.replaceAll('*', star);
    if (inner.slice(2).split(/[\\/]/).some((part) => part === '..' || part === '.' || part === 'node_modules')) {
      throw fail('ERR_INVALID_MODULE_SPECIFIER',
                 `Invalid module "${subpath}" request is not a valid subpath for the "exports" resolution of ${pkg.file}`);
    }
    return path.join(pkg.folder, inner);
  }
  if (Array.isArray(target)) {
    let last = null;
    for (const one of target) {
      try {
        const found = resolveTarget(pkg, one, star, subpath, resolveBare);
        if (found !== undefined && found !== null) return found;
      } catch (error) {
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        last = error;
      }
    }
    if (last !== null) throw last;
    return null;
  }
  if (target !== null && typeof target === 'object') {
    for (const key of Object.keys(target)) {
      if (key !== 'default' && !activeConditions().has(key)) continue;
      const found = resolveTarget(pkg, target[key], star, subpath, resolveBare);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return null;
}

// Among "./x/*" keys the longest prefix wins.
function matchPattern(map, key) {
  let best = null;
  for (const pattern of Object.keys(map)) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const prefix = pattern.slice(0, star);
    const suffix = pattern.slice(star + 1);
    if (!key.startsWith(prefix) || !key.endsWith(suffix) || key.length < pattern.length) continue;
    if (best === null || prefix.length > best.prefix.length) {
      best = { pattern, prefix, star: key.slice(prefix.length, key.length - suffix.length) };
    }
  }
  return best;
}

function resolveMap(pkg, map, key, resolveBare) {
  if (Object.hasOwn(map, key) && !key.includes('*')) {
    return resolveTarget(pkg, map[key], null, key, resolveBare);
  }
  const match = matchPattern(map, key);
  if (match !== null) return resolveTarget(pkg, map[match.pattern], match.star, key, resolveBare);
  return undefined;
}

// The file that `subpath` ("." or "./x") of a package with "exports" names.
function resolveExports(pkg, subpath) {
  let { exports } = pkg;
  const plain = typeof exports === 'string' || Array.isArray(exports) || exports === null ||
    !Object.keys(exports)[0]?.startsWith('.');
  if (plain) exports = { '.': exports };
  const found = resolveMap(pkg, exports, subpath, undefined);
  if (found === undefined || found === null) throw notExported(pkg, subpath);
  return found;
}

// The file that "#name" names within the package of `from`.
function resolveImports(name, from, resolveBare) {
  const pkg = packageScope(from);
  const found = pkg !== null && pkg.imports !== null && typeof pkg.imports === 'object' ?
    resolveMap(pkg, pkg.imports, name, resolveBare) : undefined;
  if (found === undefined || found === null) {
    throw fail('ERR_PACKAGE_IMPORT_NOT_DEFINED',
               `Package import specifier "${name}" is not defined${pkg === null ? '' : ` in package ${pkg.file}`} ` +
               `imported from ${from}`);
  }
  return found;
}

module.exports = { readPackage, packageScope, resolveExports, resolveImports };
