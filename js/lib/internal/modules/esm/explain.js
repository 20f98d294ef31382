// Errors of modules, told so that their cause can be seen.
'use strict';

const { fileURLToPath } = require('url');
const { packageScope } = require('internal/modules/package');

function setMessage(error, message) {
  const old = error.message;
  error.message = message;
  if (typeof error.stack === 'string') error.stack = error.stack.replace(old, () => message);
}

// The module of `graph` that imports `name` by `specifier` from a CommonJS module.
function findImport(graph, specifier) {
  for (const record of graph) {
    if (record.format !== 'module' || record.targets === undefined) continue;
    const index = record.native.requests().findIndex(([request]) => request === specifier);
    if (index >= 0 && record.targets[index].format === 'commonjs') return record;
  }
  return undefined;
}

// "{ a, b as c }" of the import statement becomes "{ a, b: c }" of a declaration.
function destructuring(record, specifier, name) {
  let text = '';
  try {
    text = require('internal/modules/esm/formats').sourceOf(record.url);
  } catch {
    // The file has gone since.
  }
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`import\\s*(?:[\\w$]+\\s*,\\s*)?\\{([^}]*)\\}\\s*from\\s*(['"])${quoted}\\2`).exec(text);
  if (match === null) return `{ ${name} }`;
  if (/[\r\n]/.test(match[1])) return null;
  return `{${match[1].replace(/\s+as\s+/g, ': ')}}`;
}

// Imports of names that a CommonJS module does not seem to export.
function explainLinkError(error, graph) {
  const match = /^The requested module '(.*)' does not provide an export named '(.*)'$/.exec(error?.message);
  if (match === null) return error;
  const [, specifier, name] = match;
  const record = findImport(graph, specifier);
  if (record === undefined) return error;
  const names = destructuring(record, specifier, name);
  setMessage(error, `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which ` +
    'may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default ' +
    `export, for example using:\n\nimport pkg from '${specifier}';\n${names === null ? '' : `const ${names} = pkg;\n`}`);
  return error;
}

// CommonJS's variables do not exist in modules.
function explainEvaluationError(error, url) {
  if (!(error instanceof ReferenceError)) return error;
  const match = /^(require|exports|module|__filename|__dirname) is not defined$/.exec(error.message);
  if (match === null) return error;
  let message = `${error.message} in ES module scope`;
  if (match[1] === 'require') message += ', you can use import instead';
  const file = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (file.endsWith('.js')) {
    message += '\nThis file is being treated as an ES module because it has a \'.js\' file extension and ' +
      `'${packageScope(file)?.file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the ` +
      '\'.cjs\' file extension.';
  }
  setMessage(error, message);
  return error;
}

module.exports = { explainLinkError, explainEvaluationError };
