// Which URL an import's specifier means: the algorithm of the documentation (esm.md, "Resolution").
'use strict';

const path = require('path');
const library = require('internal/library');
const { stat, realpath } = internalBinding('modules');
const { fileURLToPath, pathToFileURL } = require('url');
const { getOption } = require('internal/options');
const { readPackage, packageScope, resolveExports, resolveImports } = require('internal/modules/package');
const {
  codes: {
    ERR_INVALID_MODULE_SPECIFIER, ERR_INVALID_PACKAGE_CONFIG, ERR_MODULE_NOT_FOUND, ERR_PACKAGE_IMPORT_NOT_DEFINED,
    ERR_UNKNOWN_BUILTIN_MODULE, ERR_UNSUPPORTED_DIR_IMPORT, ERR_UNSUPPORTED_ESM_URL_SCHEME,
  },
} = require('internal/errors');

// How errors name the module that asks: by its path when it is a file.
const showBase = (base) => base?.startsWith('file:') ? fileURLToPath(base) : base;

function isRelative(specifier) {
  return specifier[0] === '/' || specifier.startsWith('./') || specifier.startsWith('../') ||
    specifier === '.' || specifier === '..';
}

// A package.json that is no JSON is another error to import than it is to require().
function reading(read, base, specifier) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const prefix = `Error parsing ${error.path}: `;
    throw new ERR_INVALID_PACKAGE_CONFIG(
      error.path, base && `"${specifier}" from ${showBase(base)}`,
      error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message);
  }
}

function parsePackageName(specifier, base) {
  let slash = specifier.indexOf('/');
  let valid = specifier !== '';
  if (specifier[0] === '@') {
    if (slash < 0) valid = false;
    else slash = specifier.indexOf('/', slash + 1);
  }
  const name = slash < 0 ? specifier : specifier.slice(0, slash);
  if (!valid || /^\.|%|\\/.test(name)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', showBase(base));
  }
  return { name, subpath: `.${slash < 0 ? '' : specifier.slice(slash)}` };
}

// The entry of a package without "exports": as require() would find it.
function legacyMain(pkg, folder, base) {
  const candidates = [];
  if (typeof pkg?.main === 'string' && pkg.main !== '') {
    for (const end of ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node']) {
      candidates.push([path.join(folder, pkg.main + end), end !== '']);
    }
  }
  for (const end of ['js', 'json', 'node']) candidates.push([path.join(folder, `index.${end}`), true]);
  for (const [file, guessed] of candidates) {
    if (stat(file) !== 0) continue;
    if (guessed && path.resolve(folder, pkg?.main ?? '') !== file && formatByScope(file) === 'module') warnGuessedMain(file, pkg, folder, base);
    return file;
  }
  throw new ERR_MODULE_NOT_FOUND(folder, showBase(base));
}

function formatByScope(file) {
  return file.endsWith('.js') && packageScope(file)?.type === 'module' ? 'module' : 'other';
}

function warnGuessedMain(file, pkg, folder, base) {
  const main = pkg?.main;
  const from = base ? ` imported from ${showBase(base)}` : '';
  const text = main ?
    `Package ${folder}/ has a "main" field set to ${JSON.stringify(main)}, excluding the full filename and extension to ` +
    `the resolved file at "${file.slice(folder.length + 1)}"${from}.\n Automatic extension resolution of the "main" ` +
    'field is deprecated for ES modules.' :
    `No "main" or "exports" field defined in the package.json for ${folder}/ resolving the main entry point ` +
    `"${file.slice(folder.length + 1)}"${from}.\nDefault "index" lookups for the main are deprecated for ES modules.`;
  process.emitWarning(text, 'DeprecationWarning', 'DEP0151');
}

function isClosed(pkg) {
  return pkg !== null && pkg.exports !== undefined && pkg.exports !== null;
}

// The path or URL that a bare specifier means for the module `base`.
function resolvePackage(specifier, base) {
  if (library.isPublic(specifier)) return `node:${specifier}`;
  const { name, subpath } = parsePackageName(specifier, base);
  if (!base.startsWith('file:')) throw new ERR_MODULE_NOT_FOUND(name, base);
  const from = fileURLToPath(base);
  const own = reading(() => packageScope(from), base, specifier);
  if (isClosed(own) && own.name === name) return resolveExports(own, subpath, 'import', from);
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (path.basename(folder) !== 'node_modules' && stat(candidate) === 1) {
      const pkg = reading(() => readPackage(candidate), base, specifier);
      if (isClosed(pkg)) return resolveExports(pkg, subpath, 'import', from);
      return subpath === '.' ? legacyMain(pkg, candidate, base) : pathToURL(candidate, subpath, base);
    }
    if (path.dirname(folder) === folder) break;
  }
  throw new ERR_MODULE_NOT_FOUND(name, from);
}

// Subpaths are parts of URLs: what is encoded in them stays so.
function pathToURL(folder, subpath) {
  return new URL(subpath, `${pathToFileURL(folder).href}/`);
}

// The file must be there, and be one; symbolic links count as what they point to.
function finish(url, base) {
  if (url.protocol !== 'file:') return url;
  if (/%2f|%5c/i.test(url.pathname)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(
      url.pathname, 'must not include encoded "/" or "\\" characters', showBase(base));
  }
  const file = fileURLToPath(url);
  const kind = stat(file.endsWith('/') ? file.slice(0, -1) || '/' : file);
  if (kind === 1) {
    const error = new ERR_UNSUPPORTED_DIR_IMPORT(file, showBase(base));
    error.url = url.href;
    throw error;
  }
  if (kind !== 0 || file.endsWith('/')) {
    const error = new ERR_MODULE_NOT_FOUND(file, showBase(base) ?? file, 'module');
    error.url = url.href;
    throw error;
  }
  if (getOption(base === undefined ? '--preserve-symlinks-main' : '--preserve-symlinks')) return url;
  const result = pathToFileURL(realpath(file));
  result.search = url.search;
  result.hash = url.hash;
  return result;
}

function toURL(target) {
  if (target instanceof URL) return target;
  return target.startsWith('/') ? pathToFileURL(target) : new URL(target);
}

function checkScheme(url) {
  if (url.protocol !== 'file:' && url.protocol !== 'data:' && url.protocol !== 'node:') {
    throw new ERR_UNSUPPORTED_ESM_URL_SCHEME(url);
  }
  return url;
}

function findURL(specifier, base) {
  if (isRelative(specifier)) return new URL(specifier, base);
  if (specifier[0] === '#') {
    const from = showBase(base);
    if (!base.startsWith('file:')) throw new ERR_PACKAGE_IMPORT_NOT_DEFINED(specifier, undefined, base);
    return reading(() => toURL(resolveImports(specifier, from, 'import', (name) => resolvePackage(name, base))), base,
                   specifier);
  }
  if (library.isPublic(specifier)) return new URL(`node:${specifier}`);
  let url;
  try {
    url = new URL(specifier);
  } catch {
    return toURL(resolvePackage(specifier, base));
  }
  return url;
}

// What require() would have found goes into the message of what import has not.
function addHint(error, specifier, base) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' && error?.code !== 'ERR_UNSUPPORTED_DIR_IMPORT') return;
  if (specifier.startsWith('file:') || !base?.startsWith('file:')) return;
  let found;
  try {
    found = require('internal/modules/cjs').Module.createRequire(fileURLToPath(base)).resolve(specifier);
  } catch {
    return;
  }
  const folder = path.dirname(fileURLToPath(base));
  let hint = path.relative(folder, found);
  const modules = hint.lastIndexOf('node_modules/');
  if (!isRelative(specifier) && modules >= 0) hint = hint.slice(modules + 'node_modules/'.length);
  else if (!hint.startsWith('../')) hint = `./${hint}`;
  const first = error.stack.indexOf('\n    at ');
  const tail = `\nDid you mean to import ${hint}?`;
  error.message += tail;
  error.stack = first < 0 ? error.stack + tail : error.stack.slice(0, first) + tail + error.stack.slice(first);
}

// Answers stay: a module that was found does not go away with its file.
const found = new Map();

// The URL (a string) of `specifier` for the module at `base`, which is undefined for the program's entry.
function resolve(specifier, base) {
  const key = `${base}\0${specifier}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const url = resolveNew(specifier, base);
  found.set(key, url);
  return url;
}

function resolveNew(specifier, base) {
  let url;
  try {
    url = findURL(specifier, base);
    checkScheme(url);
    if (url.protocol === 'node:') {
      if (!library.isPublic(url.pathname)) throw new ERR_UNKNOWN_BUILTIN_MODULE(`node:${url.pathname}`);
      return `node:${url.pathname}`;
    }
    return finish(url, base).href;
  } catch (error) {
    addHint(error, specifier, base);
    throw error;
  }
}

module.exports = { resolve, showBase };
