// Makes the library out of nothing: its own require, process, the globals. Runs once, into the
// start-up snapshot; internal/main.js takes over in the running program.
'use strict';

// Of the language by now, but not in every V8.
for (const name of ['dispose', 'asyncDispose']) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol(`nodejs.${name}`) });
}

const bindings = Object.create(null);

function internalBinding(name) {
  const cached = bindings[name];
  if (cached !== undefined) return cached;
  const made = nativeBinding(name);
  if (made === undefined) throw new Error(`No such binding: ${name}`);
  bindings[name] = made;
  return made;
}

const { setHook } = internalBinding('env');
const { compileLibrary, libraryNames } = internalBinding('modules');

// Library modules by name: { id, exports, loaded, loading }.
const modules = new Map();
for (const id of libraryNames()) {
  if (id !== 'internal/bootstrap') modules.set(id, { id, exports: {}, loaded: false, loading: false });
}

const process = Object.create(Object.create(null));

function requireLibrary(id) {
  const module = modules.get(id);
  if (module === undefined) throw new Error(`No such built-in module: ${id}`);
  if (module.loaded || module.loading) return module.exports;
  module.loading = true;
  try {
    compileLibrary(id)(module.exports, requireLibrary, module, process, internalBinding);
    module.loaded = true;
  } finally {
    module.loading = false;
  }
  return module.exports;
}

// The loader of user modules asks here which names are the library's. Made here, because only this file knows them.
modules.set('internal/library', {
  id: 'internal/library',
  loaded: true,
  loading: false,
  exports: {
    requireLibrary,
    isPublic: (id) => modules.has(id) && !id.startsWith('internal/'),
    // What may be asked for without 'node:'.
    publicNames: () => [...modules.keys()].filter((id) => !id.startsWith('internal/') && id !== 'test'),
    loadedNames: () => [...modules.values()].filter((m) => m.loaded).map((m) => m.id),
  },
});

// Before anything else takes the prototypes as they are.
requireLibrary('internal/polyfills');
requireLibrary('internal/process/object');
requireLibrary('internal/process/credentials');
requireLibrary('internal/process/signals');
requireLibrary('internal/globals');

// What nearly every program needs is in the snapshot; everything else is compiled when asked for.
for (const id of [
  'internal/process/execution', 'internal/modules/cjs', 'internal/main', 'events', 'buffer', 'util', 'path',
  'stream', 'fs', 'url', 'net', 'http', 'timers', 'internal/process/stdio',
]) {
  if (modules.has(id)) requireLibrary(id);
}

requireLibrary('internal/fast_properties').makeLibraryFast();

setHook('start', requireLibrary('internal/main').start);
