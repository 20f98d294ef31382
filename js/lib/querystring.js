// querystring: name=value pairs to an object and back.
'use strict';

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_URI } } = require('internal/errors');

// ---- Escaping --------------------------------------------------------------------------------

// What encodeURIComponent leaves as it is.
const plain = /^[\w\-.!~*'()]*$/;

function escape(text) {
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  if (plain.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(paired(text));
  }
}

// A high surrogate makes a character with whatever unit comes next; only at the end it is an error.
function paired(text) {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xD800 || unit > 0xDFFF) {
      result += text[i];
      continue;
    }
    if (++i >= text.length) throw new ERR_INVALID_URI();
    result += String.fromCodePoint(0x10000 + ((unit & 0x3FF) << 10 | text.charCodeAt(i) & 0x3FF));
  }
  return result;
}

function hexDigit(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

// The bytes of a text with its %XX sequences decoded; what is no such sequence stays. The old second
// argument turns '+' into a space as well.
function unescapeBuffer(text, decodeSpaces) {
  text = `${text}`;
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === 37 /* % */ && i + 2 < text.length) {
      const high = hexDigit(text.charCodeAt(i + 1));
      const low = hexDigit(text.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        code = high * 16 + low;
        i += 2;
      }
    } else if (code === 43 /* + */ && decodeSpaces) {
      code = 32;
    }
    out[length++] = code;
  }
  return out.slice(0, length);
}

function unescape(text, decodeSpaces) {
  if (decodeSpaces === true) text = `${text}`.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    return module.exports.unescapeBuffer(text).toString();
  }
}

// ---- Stringify -------------------------------------------------------------------------------

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

function stringify(object, separator, equals, options) {
  separator ||= '&';
  equals ||= '=';
  if (object === null || typeof object !== 'object') return '';
  let encode = module.exports.escape;
  if (typeof options?.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  const pairs = [];
  for (const key of Object.keys(object)) {
    const head = `${encode(primitiveText(key))}${equals}`;
    const value = object[key];
    if (Array.isArray(value)) {
      for (const element of value) pairs.push(head + encode(primitiveText(element)));
    } else {
      pairs.push(head + encode(primitiveText(value)));
    }
  }
  return pairs.join(separator);
}

const sequence = /%[0-9A-Fa-f]{2}/;

// ---- Parse -----------------------------------------------------------------------------------

function decodeWith(decode, text) {
  try {
    return decode(text);
  } catch {
    return unescape(text);
  }
}

function parse(text, separator, equals, options) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return result;
  separator = separator ? `${separator}` : '&';
  equals = equals ? `${equals}` : '=';
  let limit = 1000;
  if (typeof options?.maxKeys === 'number') limit = options.maxKeys > 0 ? options.maxKeys : Infinity;

  const custom = typeof options?.decodeURIComponent === 'function';
  const decode = custom ? options.decodeURIComponent : module.exports.unescape;
  // Only what has a sequence in it needs decoding, unless the program wants to see everything.
  const decodesAll = custom || decode !== unescape;
  const decoded = (part) => {
    const spaced = part.includes('+') ? part.replaceAll('+', decodesAll ? '%20' : ' ') : part;
    return decodesAll || sequence.test(part) ? decodeWith(decode, spaced) : spaced;
  };

  let start = 0;
  while (start <= text.length && limit > 0) {
    // An empty separator separates nothing.
    let end = separator === '' ? -1 : text.indexOf(separator, start);
    if (end < 0) end = text.length;
    // Empty ones count too.
    limit--;
    if (end > start) {
      const pair = text.slice(start, end);
      const at = pair.indexOf(equals);
      const key = decoded(at < 0 ? pair : pair.slice(0, at));
      const value = at < 0 ? '' : decoded(pair.slice(at + equals.length));
      const before = result[key];
      if (before === undefined) result[key] = value;
      else if (Array.isArray(before)) before.push(value);
      else result[key] = [before, value];
    }
    start = end + (separator.length || 1);
  }
  return result;
}

module.exports = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };
