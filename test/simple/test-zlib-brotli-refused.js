// Brotli is not built: each way to ask for it says so clearly, with a code.
'use strict';

const { expectsError, mustNotCall } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const refused = (name) => ({ code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', message: `zlib.${name} is not available in this build` });
for (const name of ['BrotliCompress', 'BrotliDecompress']) {
  const method = name[0].toLowerCase() + name.slice(1);
  assert.throws(() => new zlib[name](), refused(name));
  assert.throws(() => zlib[`create${name}`](), refused(name));
  assert.throws(() => zlib[`${method}Sync`]('x'), refused(`${method}Sync`));
  zlib[method]('x', expectsError(refused(method)));
  zlib[method]('x', {}, expectsError(refused(method)));
  assert.throws(() => zlib[method]('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => zlib[method](5, mustNotCall()), { code: 'ERR_INVALID_ARG_TYPE' });
}
