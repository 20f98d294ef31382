// What kind of module a URL names, and its text.
'use strict';

const path = require('path');
const { readText } = internalBinding('modules');
const { fileURLToPath } = require('url');
const { packageScope } = require('internal/modules/package');
const {
  codes: {
    ERR_IMPORT_ASSERTION_TYPE_FAILED, ERR_IMPORT_ASSERTION_TYPE_MISSING, ERR_IMPORT_ASSERTION_TYPE_UNSUPPORTED,
    ERR_INVALID_URL, ERR_UNKNOWN_FILE_EXTENSION, ERR_UNKNOWN_MODULE_FORMAT,
  },
} = require('internal/errors');

const byExtension = new Map([['.mjs', 'module'], ['.cjs', 'commonjs'], ['.json', 'json']]);
const byMediaType = new Map([
  ['text/javascript', 'module'], ['application/javascript', 'module'], ['application/json', 'json'],
]);

const dataURL = /^data:([^/]+\/[^;,]+)(?:[^,]*?)(;base64)?,([^]*)$/;

function splitDataURL(url) {
  const match = dataURL.exec(url.replace(/#.*$/s, ''));
  if (match === null) throw new ERR_INVALID_URL(url);
  const [, type, base64, body] = match;
  return { type, text: () => Buffer.from(decodeURIComponent(body), base64 ? 'base64' : 'utf8').toString() };
}

// 'module', 'commonjs', 'json' or 'builtin'.
function formatOf(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (url.startsWith('data:')) {
    const { type } = splitDataURL(url);
    const format = byMediaType.get(type);
    if (format === undefined) throw new ERR_UNKNOWN_MODULE_FORMAT(type, url);
    return format;
  }
  const file = fileURLToPath(url);
  const extension = path.extname(file);
  const format = byExtension.get(extension);
  if (format !== undefined) return format;
  const isModuleScope = packageScope(file)?.type === 'module';
  if (extension === '.js') return isModuleScope ? 'module' : 'commonjs';
  if (extension === '' && !isModuleScope) return 'commonjs';
  // Node 18 refuses these; commands of packages for later versions are such files.
  if (extension === '' && file.includes('/node_modules/')) return 'module';
  throw new ERR_UNKNOWN_FILE_EXTENSION(extension, file);
}

function sourceOf(url) {
  return url.startsWith('data:') ? splitDataURL(url).text() : readText(fileURLToPath(url));
}

// Only JSON wants to be announced by `assert { type: 'json' }`, and nothing else may be.
function checkAssertions(url, format, { type }) {
  if (type !== undefined && type !== 'json') throw new ERR_IMPORT_ASSERTION_TYPE_UNSUPPORTED(type);
  if (format === 'json' && type === undefined) throw new ERR_IMPORT_ASSERTION_TYPE_MISSING(url, 'json');
  if (format !== 'json' && type !== undefined) throw new ERR_IMPORT_ASSERTION_TYPE_FAILED(url, type);
}

module.exports = { formatOf, sourceOf, checkAssertions };
