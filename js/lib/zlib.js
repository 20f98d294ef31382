// zlib: compression in the formats of RFC 1950, 1951 and 1952; classes, and functions for the whole at once.
'use strict';

const binding = internalBinding('zlib');
const { ERR_BUFFER_TOO_LARGE } = require('internal/errors').codes;
const { fail } = require('internal/unavailable');
const { validateFunction, validateUint32 } = require('internal/validators');
const { constants, codes } = require('internal/zlib/constants');
const { toBytes } = require('internal/zlib/options');
const { Zlib, joinOutput, processSync } = require('internal/zlib/stream');

// ---- Classes ---------------------------------------------------------------------------------

function defineClass(name, mode, adapt = (options) => options) {
  const Class = { [name]: function(options) {
    if (!(this instanceof Class)) return new Class(options);
    Zlib.call(this, adapt(options), mode);
  } }[name];
  Object.setPrototypeOf(Class.prototype, Zlib.prototype);
  Object.setPrototypeOf(Class, Zlib);
  return Class;
}

// A raw stream cannot say that the window is 512 bytes, where 256 were asked for and are too few.
function largerWindow(options) {
  return options?.windowBits === 8 ? { ...options, windowBits: 9 } : options;
}

const classes = {
  Deflate: defineClass('Deflate', constants.DEFLATE),
  Inflate: defineClass('Inflate', constants.INFLATE),
  Gzip: defineClass('Gzip', constants.GZIP),
  Gunzip: defineClass('Gunzip', constants.GUNZIP),
  DeflateRaw: defineClass('DeflateRaw', constants.DEFLATERAW, largerWindow),
  InflateRaw: defineClass('InflateRaw', constants.INFLATERAW),
  Unzip: defineClass('Unzip', constants.UNZIP),
};

function defineCreator(Class) {
  return Object.defineProperty({ create: (options) => new Class(options) }.create, 'name', { value: `create${Class.name}` });
}

// ---- The whole at once -----------------------------------------------------------------------

function runAll(engine, data, callback) {
  const parts = [];
  let length = 0;
  engine.on('data', (part) => {
    parts.push(part);
    length += part.length;
    if (length > engine._maxOutputLength) {
      engine.removeAllListeners('end');
      engine.close();
      callback(new ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
    }
  });
  engine.on('error', (error) => {
    engine.removeAllListeners('end');
    callback(error);
  });
  engine.on('end', () => {
    const output = joinOutput(parts, length);
    engine.close();
    callback(null, engine._info ? { buffer: output, engine } : output);
  });
  engine.end(data);
}

function defineFunctions(name, Class) {
  return {
    [name](buffer, options, callback) {
      if (typeof options === 'function') {
        callback = options;
        options = {};
      }
      const engine = new Class(options);
      validateFunction(callback, 'callback');
      runAll(engine, toBytes(buffer), callback);
    },
    [`${name}Sync`](buffer, options) {
      const engine = new Class(options);
      const output = processSync(engine, toBytes(buffer), engine._finishFlushFlag);
      return engine._info ? { buffer: output, engine } : output;
    },
  };
}

function crc32(data, value = 0) {
  const bytes = typeof data === 'string' ? data : toCrcBytes(data);
  validateUint32(value, 'value');
  return binding.crc32(bytes, value);
}

function toCrcBytes(data) {
  const { isArrayBufferView } = require('internal/util/types');
  const { ERR_INVALID_ARG_TYPE } = require('internal/errors').codes;
  if (isArrayBufferView(data)) return data;
  throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
}

// ---- Brotli is not built yet -----------------------------------------------------------------

function defineBrotli(name, method) {
  const Class = { [name]: function() {
    throw fail(`zlib.${name}`);
  } }[name];
  Object.setPrototypeOf(Class.prototype, Zlib.prototype);
  return {
    [name]: Class,
    [`create${name}`]: () => new Class(),
    [method](buffer, options, callback) {
      if (typeof options === 'function') callback = options;
      validateFunction(callback, 'callback');
      toBytes(buffer);
      process.nextTick(callback, fail(`zlib.${method}`));
    },
    [`${method}Sync`]() {
      throw fail(`zlib.${method}Sync`);
    },
  };
}

module.exports = {
  ...classes,
  ...Object.fromEntries(Object.entries(classes).map(([name, Class]) => [`create${name}`, defineCreator(Class)])),
  ...defineFunctions('deflate', classes.Deflate),
  ...defineFunctions('inflate', classes.Inflate),
  ...defineFunctions('gzip', classes.Gzip),
  ...defineFunctions('gunzip', classes.Gunzip),
  ...defineFunctions('deflateRaw', classes.DeflateRaw),
  ...defineFunctions('inflateRaw', classes.InflateRaw),
  ...defineFunctions('unzip', classes.Unzip),
  ...defineBrotli('BrotliCompress', 'brotliCompress'),
  ...defineBrotli('BrotliDecompress', 'brotliDecompress'),
  crc32,
};
for (const [name, value] of Object.entries({ constants, codes })) {
  Object.defineProperty(module.exports, name, { enumerable: true, value });
}
// Before there was `constants`, they were all here.
for (const [name, value] of Object.entries(constants)) {
  if (!name.startsWith('BROTLI')) Object.defineProperty(module.exports, name, { enumerable: false, value });
}
