// Who answers import(): the default loader, or the function that a program gave to vm.
'use strict';

const path = require('path');
const { getOption } = require('internal/options');
const { codes: { ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING, ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG } } = require('internal/errors');
const { setHook } = internalBinding('env');

// Scripts without importModuleDynamically carry this instead of an id.
const kNobody = -1;

// By the ids that scripts and modules carry: { owner, callback, weak }. The Script, function or module that the option
// belongs to is held until loosen() says that it may go; the callback then lives as long as that.
const importers = new Map();
const callbacks = new WeakMap();
const metas = new WeakMap();
let lastId = 0;
let goneOwners;

// The id for the option importModuleDynamically.
function addImporter(callback) {
  if (callback === undefined) return kNobody;
  importers.set(++lastId, { owner: undefined, callback, weak: undefined });
  return lastId;
}


// From now on the importer goes with its owner.
function loosen(id, owner) {
  if (id === kNobody) return;
  const entry = importers.get(id);
  callbacks.set(owner, entry.callback);
  importers.set(id, { owner: undefined, callback: undefined, weak: new WeakRef(owner) });
  goneOwners ??= new FinalizationRegistry((gone) => importers.delete(gone));
  goneOwners.register(owner, id);
}

// Code that runs can leave behind functions that call import(), whatever becomes of the owner.
function hold(id, owner) {
  const entry = importers.get(id);
  if (entry?.weak !== undefined) importers.set(id, { owner, callback: callbacks.get(owner), weak: undefined });
}

async function callImporter(entry, specifier, assertions) {
  if (!getOption('--experimental-vm-modules')) throw new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
  const owner = entry.owner ?? entry.weak?.deref();
  const callback = entry.callback ?? callbacks.get(owner);
  return require('internal/vm/module').namespaceOf(await callback(specifier, owner, assertions));
}

// The name of a script is its path or URL; others ("[eval]") count as being in the working directory.
function toURL(referrer) {
  if (typeof referrer === 'string') {
    if (path.isAbsolute(referrer)) return require('url').pathToFileURL(referrer).href;
    if (/^(?:file|data|node):/.test(referrer)) return referrer;
  }
  return require('url').pathToFileURL(`${process.cwd()}/`).href;
}

function importModule(specifier, referrer, id, assertions) {
  if (id === kNobody) return Promise.reject(new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING());
  const importer = importers.get(id);
  if (importer !== undefined) return callImporter(importer, specifier, assertions);
  if (id !== undefined) return Promise.reject(new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING());
  const base = toURL(referrer);
  return require('internal/modules/esm/loader').importModule(specifier, base, assertions);
}

setHook('importModule', importModule);
// Modules made by others than the default loader say here who fills their import.meta.
setHook('importMeta', (native, meta) => {
  const fill = metas.get(native);
  if (fill !== undefined) fill(meta);
});

module.exports = { addImporter, loosen, hold, setMeta: (native, fill) => metas.set(native, fill) };
