// vm.Module and its two kinds, SourceTextModule and SyntheticModule: modules whose linking the
// program does itself. Behind --experimental-vm-modules.
'use strict';

const { NativeModule } = internalBinding('esm');
const vmBinding = internalBinding('vm');
const { isModuleNamespaceObject } = require('internal/util/types');
const { addImporter, loosen, setMeta } = require('internal/modules/importers');
const { customInspectSymbol } = require('internal/util');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_VM_MODULE_ALREADY_LINKED, ERR_VM_MODULE_CACHED_DATA_REJECTED,
    ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA, ERR_VM_MODULE_DIFFERENT_CONTEXT, ERR_VM_MODULE_LINK_FAILURE,
    ERR_VM_MODULE_NOT_MODULE, ERR_VM_MODULE_STATUS,
  },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32 } =
  require('internal/validators');

// What the module records of V8 are in, by number.
const kInstantiated = 2;
const statusNames = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'errored'];

// Modules without an identifier are numbered, each context from 0 on; the key of the main context is null.
const mainContext = {};
const counts = new WeakMap();

function makeIdentifier(context) {
  const key = context ?? mainContext;
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return `vm:module(${count})`;
}

// The private parts: { native, context, identifier, linking (a promise or undefined), linkError, specifiers }.
const parts = new WeakMap();

function partsOf(module) {
  const found = (typeof module === 'object' && module !== null) ? parts.get(module) : undefined;
  if (found === undefined) throw new ERR_VM_MODULE_NOT_MODULE();
  return found;
}

function statusOf(self) {
  if (self.linkError !== undefined) return 'errored';
  const status = self.native.status();
  if (status < kInstantiated) return self.linking === undefined ? 'unlinked' : 'linking';
  return statusNames[status];
}

class Module {
  constructor(options, make) {
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    const { context, identifier } = options;
    if (context !== undefined) {
      validateObject(context, 'context');
      if (!vmBinding.isContext(context)) throw new ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
    }
    if (identifier !== undefined) validateString(identifier, 'options.identifier');
    const self = { context, identifier: identifier ?? makeIdentifier(context), native: undefined, linking: undefined,
                   linkError: undefined, specifiers: undefined };
    self.native = make(self);
    parts.set(this, self);
  }

  get identifier() {
    return partsOf(this).identifier;
  }

  get context() {
    return partsOf(this).context;
  }

  get namespace() {
    const self = partsOf(this);
    if (self.native.status() < kInstantiated) throw new ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    return self.native.getNamespace();
  }

  get status() {
    return statusOf(partsOf(this));
  }

  get error() {
    const self = partsOf(this);
    if (statusOf(self) !== 'errored') throw new ERR_VM_MODULE_STATUS('must be errored');
    return self.linkError !== undefined ? self.linkError.value : self.native.error();
  }

  async link(linker) {
    const self = partsOf(this);
    validateFunction(linker, 'linker');
    const status = statusOf(self);
    if (status === 'linked') throw new ERR_VM_MODULE_ALREADY_LINKED();
    if (status !== 'unlinked') throw new ERR_VM_MODULE_STATUS('must be unlinked');
    if (self.specifiers === undefined) self.linking = Promise.resolve();
    else await linkGraph(this, self, linker);
    self.native.instantiate();
  }

  async evaluate(options = {}) {
    const self = partsOf(this);
    validateObject(options, 'options');
    const { timeout, breakOnSigint = false } = options;
    if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
    validateBoolean(breakOnSigint, 'options.breakOnSigint');
    const status = statusOf(self);
    if (status !== 'linked' && status !== 'evaluated' && status !== 'errored') {
      throw new ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
    }
    if (self.linkError !== undefined) throw self.linkError.value;
    await self.native.evaluate(timeout ?? 0, breakOnSigint);
  }

  [customInspectSymbol](depth, options) {
    const self = partsOf(this);
    const { name } = this.constructor;
    if (typeof depth === 'number' && depth < 0) return `[${name}]`;
    const shown = { status: statusOf(self), identifier: self.identifier, context: self.context };
    return `${name} ${require('internal/util/inspect').inspect(shown, { ...options, customInspect: false })}`;
  }
}

// Asks the linker for everything that the module needs, and for what that needs.
function linkGraph(module, self, linker) {
  self.linking = linkRequests(module, self, linker);
  return self.linking;
}

async function linkRequests(module, self, linker) {
  try {
    const targets = await Promise.all(self.native.requests().map(async ([specifier, assertions]) => {
      const target = await linker(specifier, module, { attributes: assertions, assert: assertions });
      const other = partsOf(target);
      if (other.context !== self.context) throw new ERR_VM_MODULE_DIFFERENT_CONTEXT();
      const status = statusOf(other);
      if (status === 'errored') {
        throw new ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, target.error);
      }
      if (status === 'unlinked' && other.specifiers !== undefined) await linkGraph(target, other, linker);
      return other.native;
    }));
    self.native.link(targets);
  } catch (error) {
    self.linkError = { value: error };
    throw error;
  }
}

class SourceTextModule extends Module {
  constructor(sourceText, options = {}) {
    validateString(sourceText, 'code');
    validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, cachedData } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    if (importModuleDynamically !== undefined) {
      validateFunction(importModuleDynamically, 'options.importModuleDynamically');
    }
    if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
      throw new ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
    }
    let importer;
    super(options, (self) => {
      importer = addImporter(importModuleDynamically);
      const native = new NativeModule(
        self.identifier, self.context ?? null, sourceText, lineOffset, columnOffset, importer, cachedData);
      if (native.cachedDataRejected) throw new ERR_VM_MODULE_CACHED_DATA_REJECTED();
      if (initializeImportMeta !== undefined) setMeta(native, (meta) => initializeImportMeta(meta, this));
      self.specifiers = Object.freeze(native.requests().map(([specifier]) => specifier));
      return native;
    });
    loosen(importer, this);
  }

  get dependencySpecifiers() {
    return partsOf(this).specifiers;
  }

  // The same as in Module: shown here so that the class has them as its own.
  get status() {
    return super.status;
  }

  get error() {
    return super.error;
  }

  createCachedData() {
    const self = partsOf(this);
    const status = statusOf(self);
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    return self.native.createCachedData();
  }
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, index) => {
      if (exportNames.indexOf(name, index + 1) >= 0) {
        throw new ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    super(options, (self) => new NativeModule(
      self.identifier, self.context ?? null, exportNames, () => Reflect.apply(evaluateCallback, this, [])));
  }

  setExport(name, value) {
    const self = partsOf(this);
    validateString(name, 'name');
    if (self.native.status() < kInstantiated) throw new ERR_VM_MODULE_STATUS('must be linked');
    self.native.setExport(name, value);
  }
}

// What the option importModuleDynamically answered, as import() gives it to the program.
function namespaceOf(answer) {
  if (isModuleNamespaceObject(answer)) return answer;
  partsOf(answer);
  if (answer.status === 'errored') throw answer.error;
  return answer.namespace;
}

module.exports = { Module, SourceTextModule, SyntheticModule, namespaceOf };
