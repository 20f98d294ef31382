// Who answers import(): the default loader, or the function that a program gave to vm.
'use strict';

const path = require('path');
const { codes: { ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING, ERR_VM_MODULE_NOT_MODULE } } = require('internal/errors');
const { setHook } = internalBinding('env');

// Scripts without importModuleDynamically carry this instead of an id.
const kNobody = -1;

// Functions (specifier, assertions) by the ids that scripts and modules carry. They stay: code that
// may still call import() can be anywhere.
const importers = new Map();
const metas = new WeakMap();
let lastId = 0;

function addImporter(importer) {
  importers.set(++lastId, importer);
  return lastId;
}

// The id for the option importModuleDynamically; `getOwner` answers the Script or function that the option belongs to.
function importerOf(callback, getOwner) {
  if (callback === undefined) return kNobody;
  return addImporter(async (specifier, assertions) => {
    const answer = await callback(specifier, getOwner(), assertions);
    if (require('internal/util/types').isModuleNamespaceObject(answer)) return answer;
    const vmModule = require('internal/vm/module');
    if (!vmModule.isModule(answer)) throw new ERR_VM_MODULE_NOT_MODULE();
    if (answer.status === 'errored') throw answer.error;
    if (answer.status !== 'evaluated') throw new ERR_VM_MODULE_NOT_MODULE();
    return answer.namespace;
  });
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
  if (importer !== undefined) return importer(specifier, assertions);
  const base = toURL(referrer);
  return require('internal/modules/esm/loader').importModule(specifier, base, assertions);
}

setHook('importModule', importModule);
// Modules made by others than the default loader say here who fills their import.meta.
setHook('importMeta', (native, meta) => {
  const fill = metas.get(native);
  if (fill !== undefined) fill(meta);
});

module.exports = { addImporter, importerOf, setMeta: (native, fill) => metas.set(native, fill) };
