// CommonJS: finding, compiling and caching the user's modules.
'use strict';

const path = require('path');
const library = require('internal/library');
const { stat, readText, realpath, compileModule, runScript } = internalBinding('modules');
const { readPackage, packageScope, resolveExports, resolveImports } = require('internal/modules/package');
const types = require('internal/util/types');
const { getOption } = require('internal/options');
const {
  codes: { ERR_INPUT_TYPE_NOT_ALLOWED, ERR_INVALID_ARG_VALUE, ERR_REQUIRE_ESM, ERR_UNKNOWN_BUILTIN_MODULE },
} = require('internal/errors');
const { validateString } = require('internal/validators');
require('internal/modules/importers');

// Searched after every node_modules folder; the same array that 2010 knew as require.paths.
const globalPaths = [];
// Files by folder and request: a module that is loaded is found again although its folder has gone.
const relativeCache = new Map();
// What stat said, for as long as one require is under way.
let statCache = null;
let mainModule;

function kindOf(file) {
  if (statCache === null) return statFile(file);
  let kind = statCache.get(file);
  if (kind === undefined) {
    kind = statFile(file);
    // What is not there yet may be soon.
    if (kind >= 0) statCache.set(file, kind);
  }
  return kind;
}

// Programs that keep files elsewhere put their own in its place.
let statFile = stat;

// Who asked first for a module; `module.parent`.
const parents = new WeakMap();

function warnOfParent() {
  if (warnedOfParent || !getOption('--pending-deprecation')) return;
  warnedOfParent = true;
  process.emitWarning('module.parent is deprecated due to accuracy issues. Please use require.main to find program entry ' +
    'point instead.', 'DeprecationWarning', 'DEP0144');
}
let warnedOfParent = false;

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  // Not by assignment: what a program put on Object.prototype does not matter here.
  Object.defineProperty(this, 'exports', { value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  if (parent?.children) parent.children.push(this);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

Object.defineProperty(Module.prototype, 'parent', {
  configurable: true,
  enumerable: false,
  get() {
    warnOfParent();
    return parents.get(this);
  },
  set(value) {
    warnOfParent();
    parents.set(this, value);
  },
});

Module._cache = Object.create(null);
Module._pathCache = Object.create(null);
Object.defineProperty(Module, '_stat', {
  configurable: true, enumerable: true,
  get: () => statFile,
  set(value) {
    statFile = value;
  },
});
Module._extensions = Object.create(null);
Module.globalPaths = globalPaths;
Module._debug = () => {};
Module.Module = Module;
Module._preloadModules = (requests) => {
  if (!Array.isArray(requests)) return;
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(process.cwd());
  for (const request of requests) parent.require(request);
};

let wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
let patchedWrapper = false;
let wrap = (text) => wrapper[0] + text + wrapper[1];
Object.defineProperty(Module, 'wrap', {
  configurable: true, enumerable: true,
  get: () => wrap,
  set(value) {
    patchedWrapper = true;
    wrap = value;
  },
});
Object.defineProperty(Module, 'wrapper', {
  configurable: true, enumerable: true,
  get() {
    patchedWrapper = true;
    return wrapper;
  },
  set(value) {
    patchedWrapper = true;
    wrapper = value;
  },
});

// HOME's folders and NODE_PATH, in the order of the documentation.
Module._initPaths = function() {
  const { HOME, NODE_PATH } = process.env;
  const paths = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (HOME) paths.unshift(path.join(HOME, '.node_modules'), path.join(HOME, '.node_libraries'));
  if (NODE_PATH) paths.unshift(...NODE_PATH.split(path.delimiter).filter((folder) => folder !== ''));
  globalPaths.length = 0;
  globalPaths.push(...paths);
};

Module._nodeModulePaths = function(from) {
  const paths = [];
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    if (path.basename(folder) !== 'node_modules') paths.push(path.join(folder, 'node_modules'));
    if (path.dirname(folder) === folder) return paths;
  }
};

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

Module._resolveLookupPaths = function(request, parent) {
  if (builtinName(request) !== null) return null;
  if (isRelative(request)) return [parent?.filename ? path.dirname(parent.filename) : '.'];
  return (parent?.paths ?? []).concat(globalPaths);
};

// 'fs' for 'fs' and 'node:fs'; null for what the library does not have.
function builtinName(request) {
  const id = request.startsWith('node:') ? request.slice(5) : request;
  // The bare name is that of a package.
  if (request === 'test') return null;
  return library.isPublic(id) ? id : null;
}

function toReal(file, isMain) {
  if (getOption(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks')) return path.resolve(file);
  return realpath(file);
}

function tryFile(file, isMain) {
  return kindOf(file) === 0 ? toReal(file, isMain) : undefined;
}

function tryExtensions(base, extensions, isMain) {
  for (const extension of extensions) {
    const found = tryFile(base + extension, isMain);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tryFolder(folder, extensions, isMain, request) {
  const pkg = readPackage(folder);
  const index = path.join(folder, 'index');
  if (pkg === null || typeof pkg.main !== 'string' || pkg.main === '') return tryExtensions(index, extensions, isMain);
  const main = path.resolve(folder, pkg.main);
  const named = tryFile(main, isMain) ?? tryExtensions(main, extensions, isMain) ??
    tryExtensions(path.join(main, 'index'), extensions, isMain);
  if (named !== undefined) return named;
  const found = tryExtensions(index, extensions, isMain);
  if (found === undefined) {
    const error = new Error(`Cannot find module '${main}'. Please verify that the package.json has a valid "main" entry`);
    error.code = 'MODULE_NOT_FOUND';
    error.path = pkg.file;
    error.requestPath = request;
    throw error;
  }
  process.emitWarning(`Invalid 'main' field in '${pkg.file}' of '${pkg.main}'. Please either fix that or report it to ` +
    'the module author', 'DeprecationWarning', 'DEP0128');
  return found;
}

const packageName = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/;

// A package below `folder` that has "exports" is closed: only what they name can be had.
function tryExports(folder, request) {
  const match = packageName.exec(request);
  if (match === null) return undefined;
  const pkg = readPackage(path.join(folder, match[1]));
  if (pkg?.exports === undefined || pkg.exports === null) return undefined;
  return finishPackageFile(resolveExports(pkg, `.${match[2] ?? ''}`, 'require'), pkg, request);
}

function finishPackageFile(file, pkg, request) {
  const found = tryFile(file, false);
  if (found !== undefined) return found;
  const error = new Error(`Cannot find module '${file}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = pkg?.file;
  error.requestPath = request;
  throw error;
}

// A package may require itself by its own name, through its "exports".
function trySelf(request, parent) {
  if (!parent?.filename) return undefined;
  const match = packageName.exec(request);
  const pkg = match === null ? null : packageScope(parent.filename);
  if (pkg === null || pkg.exports === undefined || pkg.exports === null || pkg.name !== match[1]) return undefined;
  return finishPackageFile(resolveExports(pkg, `.${match[2] ?? ''}`, 'require', parent.filename), pkg, request);
}

Module._findPath = function(request, paths, isMain) {
  const absolute = path.isAbsolute(request);
  if (absolute) paths = [''];
  else if (!paths || paths.length === 0) return false;
  const key = `${request}\0${paths.join('\0')}`;
  if (Module._pathCache[key] !== undefined) return Module._pathCache[key];
  const last = request.charCodeAt(request.length - 1);
  const wantsFolder = last === 47 || request === '.' || request === '..' || request.endsWith('/.') ||
    request.endsWith('/..');
  const bare = !absolute && !isRelative(request);
  const extensions = Object.keys(Module._extensions);
  for (const folder of paths) {
    // What lies above a folder may be there although the folder has gone.
    if (folder !== '' && !request.startsWith('..') && kindOf(folder) !== 1) continue;
    if (bare) {
      const exported = tryExports(folder, request);
      if (exported !== undefined) return Module._pathCache[key] = exported;
    }
    const base = path.resolve(folder, request);
    const kind = kindOf(base);
    let found;
    if (!wantsFolder) {
      if (kind === 0) found = toReal(base, isMain);
      found ??= tryExtensions(base, extensions, isMain);
    }
    if (found === undefined && kind === 1) found = tryFolder(base, extensions, isMain, request);
    if (found !== undefined) return Module._pathCache[key] = found;
  }
  return false;
};

function requireStack(parent) {
  const stack = [];
  const seen = new Set();
  for (let m = parent; m && !seen.has(m); m = parents.get(m)) {
    seen.add(m);
    stack.push(m.filename || m.id);
  }
  return stack;
}

// Packages without "imports" may still have a folder of such a name.
function hasImports(pkg) {
  return pkg !== null && pkg.imports !== undefined && pkg.imports !== null;
}

Module._resolveFilename = function(request, parent, isMain, options) {
  if (builtinName(request) !== null) return request;
  let paths;
  if (options !== null && typeof options === 'object' && options.paths !== undefined) {
    if (!Array.isArray(options.paths)) throw new ERR_INVALID_ARG_VALUE('options.paths', options.paths);
    paths = isRelative(request) ? options.paths : options.paths.flatMap((folder) => {
      const fake = new Module('', null);
      fake.paths = Module._nodeModulePaths(folder);
      return Module._resolveLookupPaths(request, fake);
    });
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }
  if (request[0] === '#' && parent?.filename && hasImports(packageScope(parent.filename))) {
    const bare = (name) => Module._resolveFilename(name, parent, false);
    const file = resolveImports(request, parent.filename, 'require', bare);
    return path.isAbsolute(file) ? finishPackageFile(file, packageScope(parent.filename), request) : file;
  }
  const self = isRelative(request) ? undefined : trySelf(request, parent);
  const found = self ?? Module._findPath(request, paths, isMain);
  if (found) return found;
  // One line, as programs of 2010 compare it; who asked stands in the property, which the last report shows.
  const error = new Error(`Cannot find module '${request}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack(parent);
  throw error;
};

// The exports of a module in a cycle warn when something is read that they do not have yet.
const unfinished = new Proxy({}, {
  get(target, name) {
    if (name in target || name === '__esModule') return target[name];
    warnOfCycle(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (Object.hasOwn(target, name) || name === '__esModule') return Object.getOwnPropertyDescriptor(target, name);
    warnOfCycle(name);
    return undefined;
  },
});

function warnOfCycle(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

// What require() gives of a module that is in the cache, perhaps not yet through.
function takeLoaded(module, parent) {
  if (parent?.children && !parent.children.includes(module)) parent.children.push(module);
  const { exports } = module;
  if (module.loaded === false && exports !== null && typeof exports === 'object' && !types.isProxy(exports) &&
      Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    Object.setPrototypeOf(exports, unfinished);
  }
  return exports;
}

function endCycle({ exports }) {
  if (exports !== null && typeof exports === 'object' && !types.isProxy(exports) &&
      Object.getPrototypeOf(exports) === unfinished) {
    Object.setPrototypeOf(exports, Object.prototype);
  }
}

Module._load = function(request, parent, isMain) {
  const builtin = builtinName(request);
  if (builtin !== null && Module._cache[request] === undefined) return library.requireLibrary(builtin);
  if (builtin === null && request.startsWith('node:')) throw new ERR_UNKNOWN_BUILTIN_MODULE(request);
  const key = isRelative(request) && parent?.path ? `${parent.path}\0${request}` : null;
  if (key !== null) {
    const loaded = Module._cache[relativeCache.get(key)];
    if (loaded !== undefined) return takeLoaded(loaded, parent);
  }
  const filename = Module._resolveFilename(request, parent, isMain);
  if (key !== null) relativeCache.set(key, filename);
  const cached = Module._cache[filename];
  if (cached !== undefined) return takeLoaded(cached, parent);
  const resolved = builtinName(filename);
  if (resolved !== null) return library.requireLibrary(resolved);
  const module = new Module(filename, parent);
  if (isMain) {
    process.mainModule = module;
    mainModule = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  let ok = false;
  try {
    module.load(filename);
    ok = true;
  } finally {
    if (!ok) {
      delete Module._cache[filename];
      const index = parent?.children?.indexOf(module) ?? -1;
      if (index >= 0) parent.children.splice(index, 1);
    }
  }
  endCycle(module);
  return module.exports;
};

// '.js' for 'a.js'; for 'a.b.c' the longest registered of '.b.c' and '.c'; '.js' for all others.
function extensionOf(filename) {
  const base = path.basename(filename);
  for (let dot = base.indexOf('.', 1); dot >= 0; dot = base.indexOf('.', dot + 1)) {
    const extension = base.slice(dot);
    if (Module._extensions[extension] !== undefined) return extension;
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  this.filename = filename;
  this.paths = Module._nodeModulePaths(path.dirname(filename));
  const extension = extensionOf(filename);
  if (filename.endsWith('.mjs') && Module._extensions['.mjs'] === undefined) {
    requireModule(this, filename, () => true);
    this.loaded = true;
    return;
  }
  Module._extensions[extension](this, filename);
  this.loaded = true;
};

Module.prototype.require = function(id) {
  validateString(id, 'id');
  if (id === '') throw new ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  const outermost = statCache === null;
  if (outermost) statCache = new Map();
  try {
    return Module._load(id, this, false);
  } finally {
    if (outermost) statCache = null;
  }
};

function stripShebang(text) {
  if (text.charCodeAt(0) !== 35 || text.charCodeAt(1) !== 33) return text;
  const end = text.search(/[\r\n]/);
  return end < 0 ? '' : text.slice(end);
}

function stripBom(text) {
  return text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text;
}

// Whether text that require() cannot take has module syntax; a guess, for the wording of an error.
const moduleSyntax = /^\s*(?:import\s*[\w${*'"]|export\s*[\w${*])/m;

// At once: the error that follows is most often the program's last.
function warnOfModuleSyntax() {
  const warning = new Error('To load an ES module, set "type": "module" in the package.json or use the .mjs extension.');
  warning.name = 'Warning';
  require('internal/process/warning').deliver(warning);
}

function compileText(content, filename) {
  let compiled;
  // No catch: what is thrown again would be reported as coming from here.
  try {
    compiled = compileModule(content, filename);
  } finally {
    if (compiled === undefined && moduleSyntax.test(content)) {
      warnOfModuleSyntax();
    }
  }
  return compiled;
}

Module.prototype._compile = function(content, filename) {
  let compiled;
  if (patchedWrapper) {
    compiled = runScript(Module.wrap(stripShebang(content)), filename);
  } else {
    compiled = compileText(content, filename);
  }
  const outermost = statCache === null;
  if (outermost) statCache = new Map();
  try {
    const breaks = this.id === '.' && (getOption('--inspect-brk') !== undefined || getOption('--debug-brk') !== undefined);
    const apply = breaks ? internalBinding('inspector').breakOnStart ?? Reflect.apply : Reflect.apply;
    return apply(compiled, this.exports, [this.exports, makeRequire(this), this, filename, path.dirname(filename)]);
  } finally {
    if (outermost) statCache = null;
  }
};

// Node 18 refuses to require() an ECMAScript module. Packages written for later versions do it, so it works where
// packages are; elsewhere it takes --experimental-require-module.
function requireModule(module, filename, hasSyntax, packageFile) {
  const parent = parents.get(module)?.filename;
  if (!getOption('--experimental-require-module') && !parent?.includes('/node_modules/')) {
    throw new ERR_REQUIRE_ESM(filename, hasSyntax(), parent, packageFile);
  }
  module.exports = require('internal/modules/esm/loader').requireModule(filename);
}

Module._extensions['.js'] = function(module, filename) {
  const content = stripBom(readText(filename));
  const pkg = filename.endsWith('.js') ? packageScope(filename) : null;
  if (pkg?.type === 'module') return requireModule(module, filename, () => moduleSyntax.test(content), pkg.file);
  module._compile(content, filename);
};

Module._extensions['.json'] = function(module, filename) {
  const text = readText(filename);
  try {
    module.exports = JSON.parse(stripBom(text));
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, path.toNamespacedPath(filename));
};

process.dlopen = function dlopen(...args) {
  return require('internal/process/dlopen').dlopen(...args);
};

// The require function of one module.
function makeRequire(module) {
  function require(id) {
    return module.require(id);
  }
  function resolve(request, options) {
    validateString(request, 'request');
    return Module._resolveFilename(request, module, false, options);
  }
  resolve.paths = function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, module);
  };
  require.resolve = resolve;
  Object.defineProperty(require, 'main', { value: mainModule, writable: true, enumerable: true, configurable: true });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  require.paths = globalPaths;
  require.registerExtension = function() {
    throw new Error('require.registerExtension() removed. Use require.extensions instead');
  };
  return require;
}

Module.createRequire = function(filename) {
  let file;
  if (filename instanceof URL || (typeof filename === 'string' && filename.startsWith('file:'))) {
    file = require('url').fileURLToPath(filename);
  } else if (typeof filename !== 'string' || !path.isAbsolute(filename)) {
    throw new ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  } else {
    file = filename;
  }
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths(file.endsWith('/') ? file : path.dirname(file));
  return makeRequire(module);
};
Module.createRequireFromPath = Module.createRequire;

Module.builtinModules = library.publicNames().sort();
Module.isBuiltin = (name) => typeof name === 'string' && builtinName(name) !== null;
Module.syncBuiltinESMExports = () => require('internal/modules/esm/synthetic').syncBuiltinExports();
Module.findSourceMap = () => undefined;

// Whether the program's entry is an ECMAScript module, or something that only import can judge.
function isModuleEntry(file) {
  if (file.endsWith('.mjs')) return true;
  return !file.endsWith('.cjs') && packageScope(file)?.type === 'module';
}

Module.runMain = function(main = process.argv[1]) {
  const file = Module._findPath(path.resolve(main), null, true);
  if (!file) {
    const error = new Error(`Cannot find module '${path.resolve(main)}'`);
    error.code = 'MODULE_NOT_FOUND';
    error.requireStack = [];
    throw error;
  }
  process.argv[1] = path.resolve(main);
  if (getOption('--input-type')) throw new ERR_INPUT_TYPE_NOT_ALLOWED();
  if (isModuleEntry(file)) require('internal/modules/esm/loader').runMain(file);
  else Module._load(file, null, true);
};

module.exports = { Module, makeRequire, stripBom, stripShebang };
