// The default loader of ECMAScript modules: from a specifier to an evaluated module. Files are read
// as require() reads them, so a graph is complete before any of it runs; evaluation is V8's and may
// take as long as the awaits at the top of modules do.
'use strict';

const { NativeModule } = internalBinding('esm');
const { pathToFileURL } = require('url');
const { getOption } = require('internal/options');
const { triggerUncaughtException } = internalBinding('errors');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_REQUIRE_ASYNC_MODULE, ERR_REQUIRE_CYCLE_MODULE } } = require('internal/errors');
const { setMeta } = require('internal/modules/importers');
const { resolve } = require('internal/modules/esm/resolve');
const { formatOf, sourceOf, checkAssertions } = require('internal/modules/esm/formats');
const { makeBuiltin, makeCommonJS, makeJSON } = require('internal/modules/esm/synthetic');
const { explainLinkError, explainEvaluationError } = require('internal/modules/esm/explain');

// States of V8's module records.
const kEvaluating = 3;
const kErrored = 5;

// Modules by URL and type: { url, format, native, targets (the modules it asks for), error,
// complete (all that it needs is linked) }.
const records = new Map();

const missing = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT']);

function fillMeta(meta, url) {
  // A second argument, the module that is to ask, counts with --experimental-import-meta-resolve alone.
  meta.resolve = (specifier, parent = url) => {
    const withParent = getOption('--experimental-import-meta-resolve');
    if (withParent && typeof parent !== 'string' && !(parent instanceof URL)) {
      throw new ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parent);
    }
    try {
      return resolve(`${specifier}`, withParent ? `${parent}` : url);
    } catch (error) {
      // Where a file would be can be told without its being there.
      if (error.url !== undefined && missing.has(error.code)) return error.url;
      throw error;
    }
  };
  meta.url = url;
}

function compileText(url, text) {
  const native = new NativeModule(url, null, text, 0, 0);
  setMeta(native, (meta) => fillMeta(meta, url));
  return native;
}

const makers = {
  builtin: (url) => makeBuiltin(url),
  commonjs: (url, isMain) => makeCommonJS(url, isMain),
  json: (url) => makeJSON(url, sourceOf(url)),
  module: (url) => compileText(url, sourceOf(url)),
};

// The record for a URL, made when it is new; what it asks for is not looked at yet.
function recordFor(url, assertions, isMain) {
  const format = formatOf(url);
  checkAssertions(url, format, assertions);
  const key = format === 'json' ? `${url}\0json` : url;
  let record = records.get(key);
  if (record === undefined) {
    record = { url, format, native: undefined, targets: undefined, error: undefined, complete: false };
    records.set(key, record);
    try {
      record.native = makers[format](url, isMain);
    } catch (error) {
      record.error = { value: error };
    }
  }
  if (record.error !== undefined) throw record.error.value;
  return record;
}

// Finds everything that `root` needs, directly or through others, and links it. Answers the modules met.
function linkGraph(root) {
  const waiting = [root];
  const seen = new Set();
  let current;
  try {
    while ((current = waiting.pop()) !== undefined) {
      if (seen.has(current) || current.complete) continue;
      seen.add(current);
      if (current.error !== undefined) throw current.error.value;
      if (current.format !== 'module') continue;
      if (current.targets === undefined) {
        const targets = [];
        for (const [specifier, assertions] of current.native.requests()) {
          targets.push(recordFor(resolve(specifier, current.url), assertions, false));
        }
        current.native.link(targets.map((target) => target.native));
        current.targets = targets;
      }
      // The last pushed is the first looked at: errors come in the order of the source.
      for (let i = current.targets.length - 1; i >= 0; i--) waiting.push(current.targets[i]);
    }
  } catch (error) {
    // Whoever asks for this module again gets the same answer.
    root.error ??= { value: error };
    throw error;
  }
  return seen;
}

function instantiate(root) {
  if (root.complete) return;
  const graph = linkGraph(root);
  try {
    root.native.instantiate();
  } catch (error) {
    throw explainLinkError(error, graph);
  }
  for (const record of graph) record.complete = true;
}

// A promise of the namespace. Loading is done when this returns, evaluation perhaps not.
function evaluate(record) {
  instantiate(record);
  return record.native.evaluate(0, false).then(
    () => record.native.getNamespace(),
    (error) => {
      throw explainEvaluationError(error, record.url);
    });
}

// import(specifier) in the module or script at `base`.
async function importModule(specifier, base, assertions = {}) {
  // Code after the import() runs first, and what is read may still change until then.
  await undefined;
  return evaluate(recordFor(resolve(specifier, base), assertions, false));
}

// ---- require() -------------------------------------------------------------------------------

// All modules that `root` needs, itself included.
function graphOf(root) {
  const seen = new Set([root]);
  for (const record of seen) {
    for (const target of record.targets ?? []) seen.add(target);
  }
  return seen;
}

// Tells code that compilers made of `import x from` that the default export is one.
function withDefaultMark(native) {
  const specifier = 'original';
  const marked = compileText(
    'node:require', `export * from '${specifier}'; export { default } from '${specifier}'; export const __esModule = true;`);
  marked.link([native, native]);
  marked.instantiate();
  marked.evaluate(0, false);
  return marked.getNamespace();
}

// The exports of an ECMAScript module for require(), which cannot wait: no module of the graph may await.
function requireModule(file) {
  const record = recordFor(pathToFileURL(file).href, {}, false);
  instantiate(record);
  const { native } = record;
  for (const { native: other, url } of graphOf(record)) {
    if (other.status() === kEvaluating) throw new ERR_REQUIRE_CYCLE_MODULE(url);
  }
  if (native.isAsync()) throw new ERR_REQUIRE_ASYNC_MODULE();
  // What it throws is asked for below.
  native.evaluate(0, false).catch(() => {});
  if (native.status() === kErrored) throw native.error();
  const namespace = native.getNamespace();
  if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
  if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) return namespace;
  record.marked ??= withDefaultMark(native);
  return record.marked;
}

// ---- The program's entry ---------------------------------------------------------------------

// How many entries have not come to their end: leaving while there are some is exit status 13.
let unsettled = 0;
require('internal/process/execution').setUnsettled(() => unsettled > 0);

async function runEntry(start) {
  unsettled++;
  try {
    await undefined;
    await start();
  } catch (error) {
    triggerUncaughtException(error, true);
  } finally {
    unsettled--;
  }
}

function runMain(file) {
  runEntry(() => evaluate(recordFor(resolve(pathToFileURL(file).href, undefined), {}, true)));
}

// The module at `url`, which is no file's: what a worker may be started with.
function runUrl(url) {
  runEntry(() => evaluate(recordFor(resolve(url, undefined), {}, true)));
}

// Text of -e or of standard input, as a module in the working directory.
function runText(text, name) {
  const url = pathToFileURL(`${process.cwd()}/${name}`).href;
  runEntry(() => {
    const native = compileText(url, text);
    return evaluate({ url, format: 'module', native, targets: undefined, error: undefined, complete: false });
  });
}

// The modules of --import, one after the other, and then the program.
function runAfterImports(specifiers, start) {
  runEntry(async () => {
    const base = pathToFileURL(`${process.cwd()}/`).href;
    for (const specifier of specifiers) await importModule(specifier, base);
    start();
  });
}

module.exports = { compileText, importModule, requireModule, runAfterImports, runMain, runText, runUrl };
