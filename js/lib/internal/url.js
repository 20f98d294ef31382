// WHATWG URL and URLSearchParams (url.spec.whatwg.org), written along the standard's state machine.
'use strict';

const { codes: { ERR_INVALID_URL, ERR_INVALID_THIS, ERR_MISSING_ARGS, ERR_INVALID_ARG_TYPE, ERR_INVALID_TUPLE,
                 ERR_ARG_NOT_ITERABLE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH, ERR_INVALID_URL_SCHEME } } =
  require('internal/errors');
const { toUSVString } = require('internal/util');
const { inspect } = require('internal/util/inspect');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

const specialPorts = Object.assign(Object.create(null), { 'http': 80, 'https': 443, 'ws': 80, 'wss': 443, 'ftp': 21, 'file': null });
const isSpecialScheme = (scheme) => scheme in specialPorts;

// ---- Percent-encoding --------------------------------------------------------------------------

const hex = Array.from({ length: 256 }, (_, i) => `%${i.toString(16).toUpperCase().padStart(2, '0')}`);

// Each set: which of the 128 ASCII characters are encoded; everything else is.
function makeSet(base, extra) {
  const set = base === null ? new Uint8Array(128) : Uint8Array.from(base);
  if (base === null) for (let i = 0; i < 128; i++) set[i] = i < 0x20 || i === 0x7f ? 1 : 0;
  for (const char of extra) set[char.charCodeAt(0)] = 1;
  return set;
}
const c0Set = makeSet(null, '');
const fragmentSet = makeSet(c0Set, ' "<>`');
const querySet = makeSet(c0Set, ' "#<>');
const specialQuerySet = makeSet(querySet, "'");
const pathSet = makeSet(querySet, '?`{}');
const userinfoSet = makeSet(pathSet, '/:;=@[\\]^|');
// application/x-www-form-urlencoded: letters, digits and *-._ stay.
const formSet = makeSet(userinfoSet, '!$%&\'()+,~');

function utf8Encode(codePoint) {
  if (codePoint < 0x80) return hex[codePoint];
  if (codePoint < 0x800) return hex[0xc0 | codePoint >> 6] + hex[0x80 | (codePoint & 63)];
  if (codePoint < 0x10000) {
    return hex[0xe0 | codePoint >> 12] + hex[0x80 | (codePoint >> 6 & 63)] + hex[0x80 | (codePoint & 63)];
  }
  return hex[0xf0 | codePoint >> 18] + hex[0x80 | (codePoint >> 12 & 63)] + hex[0x80 | (codePoint >> 6 & 63)] +
    hex[0x80 | (codePoint & 63)];
}

function encode(text, set) {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128) {
      out += set[code] ? hex[code] : text[i];
    } else {
      const point = text.codePointAt(i);
      if (point > 0xffff) i++;
      out += utf8Encode(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
    }
  }
  return out;
}

function percentDecode(text) {
  if (!text.includes('%')) return text;
  const bytes = [];
  const source = Buffer.from(text);
  for (let i = 0; i < source.length; i++) {
    const pair = source[i] === 37 ? source.latin1Slice(i + 1, i + 3) : '';
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      bytes.push(parseInt(pair, 16));
      i += 2;
    } else {
      bytes.push(source[i]);
    }
  }
  return Buffer.from(bytes).toString();
}

// ---- Hosts -------------------------------------------------------------------------------------

const forbiddenHost = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const forbiddenDomain = /[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/;

const failure = null;

function parseHost(input, isOpaque) {
  if (input[0] === '[') {
    if (input[input.length - 1] !== ']') return failure;
    const pieces = parseIPv6(input.slice(1, -1));
    return pieces === failure ? failure : `[${serializeIPv6(pieces)}]`;
  }
  if (isOpaque) return forbiddenHost.test(input) ? failure : encode(input, c0Set);
  const domain = domainToAscii(percentDecode(input));
  if (domain === failure || domain === '' || forbiddenDomain.test(domain)) return failure;
  if (endsInNumber(domain)) return parseIPv4(domain);
  return domain;
}

// ASCII stays as it is, lower case, unless a label of it stands for something else.
function domainToAscii(domain) {
  if (/^[\x00-\x7f]*$/.test(domain)) {
    domain = domain.toLowerCase();
    if (!domain.includes('xn--')) return domain;
  }
  const idna = require('internal/idna');
  const result = idna.domainToAscii(domain);
  return result === idna.failure ? failure : result;
}

function endsInNumber(domain) {
  const parts = domain.split('.');
  if (parts[parts.length - 1] === '') {
    if (parts.length === 1) return false;
    parts.pop();
  }
  const last = parts[parts.length - 1];
  return /^\d+$/.test(last) || /^0[xX][0-9a-fA-F]*$/.test(last);
}

function parseIPv4Number(text) {
  if (text === '') return NaN;
  let radix = 10;
  if (/^0[xX]/.test(text)) {
    text = text.slice(2);
    radix = 16;
  } else if (text.length >= 2 && text[0] === '0') {
    text = text.slice(1);
    radix = 8;
  }
  if (text === '') return 0;
  const digits = radix === 10 ? /^\d+$/ : radix === 16 ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/;
  return digits.test(text) ? parseInt(text, radix) : NaN;
}

function parseIPv4(domain) {
  const parts = domain.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return failure;
  const numbers = parts.map(parseIPv4Number);
  if (numbers.some(Number.isNaN) || numbers.slice(0, -1).some((n) => n > 255)) return failure;
  const last = numbers[numbers.length - 1];
  if (last >= 256 ** (5 - numbers.length)) return failure;
  let address = last;
  for (let i = 0; i < numbers.length - 1; i++) address += numbers[i] * 256 ** (3 - i);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function parseIPv6(text) {
  const pieces = [];
  let compress = -1;
  let i = 0;
  if (text[0] === ':') {
    if (text[1] !== ':') return failure;
    i = 2;
    compress = 0;
  }
  while (i < text.length) {
    if (pieces.length === 8) return failure;
    if (text[i] === ':') {
      if (compress >= 0) return failure;
      i++;
      compress = pieces.length;
      continue;
    }
    const digits = /^[0-9a-fA-F]{0,4}/.exec(text.slice(i))[0];
    const after = text[i + digits.length];
    if (after === '.') {
      if (digits === '' || pieces.length > 6) return failure;
      const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text.slice(i));
      if (match === null) return failure;
      const bytes = match.slice(1).map(Number);
      if (bytes.some((byte) => byte > 255) || match.slice(1).some((part) => part.length > 1 && part[0] === '0')) return failure;
      pieces.push(bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]);
      i = text.length;
      break;
    }
    if (digits === '') return failure;
    i += digits.length;
    if (after === ':') {
      i++;
      if (i === text.length) return failure;
    } else if (after !== undefined) {
      return failure;
    }
    pieces.push(parseInt(digits, 16));
  }
  if (compress >= 0) {
    const missing = 8 - pieces.length;
    if (missing < 0) return failure;
    pieces.splice(compress, 0, ...new Array(missing).fill(0));
  }
  return pieces.length === 8 ? pieces : failure;
}

function serializeIPv6(pieces) {
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && pieces[i + n] === 0) n++;
    if (n > bestLength) [best, bestLength] = [i, n];
    if (n > 0) i += n - 1;
  }
  const text = (list) => list.map((piece) => piece.toString(16)).join(':');
  return best < 0 ? text(pieces) : `${text(pieces.slice(0, best))}::${text(pieces.slice(best + bestLength))}`;
}

// ---- The record ---------------------------------------------------------------------------------

function newRecord() {
  return { scheme: '', username: '', password: '', host: null, port: null, path: [], opaque: false, query: null, fragment: null };
}

function isWindowsDrive(text) {
  return text.length === 2 && /^[a-zA-Z][:|]$/.test(text);
}
function isNormalizedDrive(text) {
  return text.length === 2 && /^[a-zA-Z]:$/.test(text);
}
function startsWithDrive(text) {
  return text.length >= 2 && isWindowsDrive(text.slice(0, 2)) && (text.length === 2 || '/\\?#'.includes(text[2]));
}

function shorten(url) {
  if (url.scheme === 'file' && url.path.length === 1 && isNormalizedDrive(url.path[0])) return;
  url.path.pop();
}

const singleDot = (text) => text === '.' || /^%2e$/i.test(text);
const doubleDot = (text) => text === '..' || /^(\.%2e|%2e\.|%2e%2e)$/i.test(text);

// The basic URL parser. `base`: a record or null. With `override` it changes `url` from that state on and answers false
// when the setter is to change nothing.
function basicParse(input, base, url, override) {
  if (url === undefined) {
    url = newRecord();
    input = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');
  }
  input = input.replace(/[\t\n\r]/g, '');
  let state = override ?? 'scheme start';
  let buffer = '';
  let atSeen = false;
  let inBrackets = false;
  let tokenSeen = false;
  const special = () => isSpecialScheme(url.scheme);
  for (let p = 0; ; p++) {
    const c = input[p];
    switch (state) {
      case 'scheme start':
        if (c !== undefined && /[a-zA-Z]/.test(c)) {
          buffer += c.toLowerCase();
          state = 'scheme';
        } else if (override === undefined) {
          state = 'no scheme';
          p--;
        } else {
          return failure;
        }
        break;
      case 'scheme':
        if (c !== undefined && /[a-zA-Z0-9+\-.]/.test(c)) {
          buffer += c.toLowerCase();
        } else if (c === ':') {
          if (override !== undefined) {
            if (special() !== isSpecialScheme(buffer)) return url;
            if ((url.username !== '' || url.password !== '' || url.port !== null) && buffer === 'file') return url;
            if (url.scheme === 'file' && (url.host === null || url.host === '')) return url;
          }
          url.scheme = buffer;
          if (override !== undefined) {
            if (url.port === specialPorts[url.scheme]) url.port = null;
            return url;
          }
          buffer = '';
          if (url.scheme === 'file') state = 'file';
          else if (special() && base !== null && base.scheme === url.scheme) state = 'special relative or authority';
          else if (special()) state = 'special authority slashes';
          else if (input[p + 1] === '/') {
            state = 'path or authority';
            p++;
          } else {
            url.path = '';
            url.opaque = true;
            state = 'opaque path';
          }
        } else if (override === undefined) {
          buffer = '';
          state = 'no scheme';
          p = -1;
        } else {
          return failure;
        }
        break;
      case 'no scheme':
        if (base === null || (base.opaque && c !== '#')) return failure;
        if (base.opaque) {
          Object.assign(url, { scheme: base.scheme, path: base.path, opaque: true, query: base.query, fragment: '' });
          state = 'fragment';
        } else {
          state = base.scheme === 'file' ? 'file' : 'relative';
          p--;
        }
        break;
      case 'special relative or authority':
        if (c === '/' && input[p + 1] === '/') {
          state = 'special authority ignore slashes';
          p++;
        } else {
          state = 'relative';
          p--;
        }
        break;
      case 'path or authority':
        if (c === '/') state = 'authority';
        else {
          state = 'path';
          p--;
        }
        break;
      case 'relative':
        url.scheme = base.scheme;
        if (c === '/') state = 'relative slash';
        else if (special() && c === '\\') state = 'relative slash';
        else {
          Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port,
                               path: [...base.path], query: base.query });
          if (c === '?') {
            url.query = '';
            state = 'query';
          } else if (c === '#') {
            url.fragment = '';
            state = 'fragment';
          } else if (c !== undefined) {
            url.query = null;
            shorten(url);
            state = 'path';
            p--;
          }
        }
        break;
      case 'relative slash':
        if (special() && (c === '/' || c === '\\')) state = 'special authority ignore slashes';
        else if (c === '/') state = 'authority';
        else {
          Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
          state = 'path';
          p--;
        }
        break;
      case 'special authority slashes':
        state = 'special authority ignore slashes';
        if (c === '/' && input[p + 1] === '/') p++;
        else p--;
        break;
      case 'special authority ignore slashes':
        if (c !== '/' && c !== '\\') {
          state = 'authority';
          p--;
        }
        break;
      case 'authority':
        if (c === '@') {
          if (atSeen) buffer = `%40${buffer}`;
          atSeen = true;
          for (const char of buffer) {
            if (char === ':' && !tokenSeen) {
              tokenSeen = true;
              continue;
            }
            if (tokenSeen) url.password += encode(char, userinfoSet);
            else url.username += encode(char, userinfoSet);
          }
          buffer = '';
        } else if (c === undefined || c === '/' || c === '?' || c === '#' || (special() && c === '\\')) {
          if (atSeen && buffer === '') return failure;
          p -= buffer.length + 1;
          buffer = '';
          state = 'host';
        } else {
          buffer += c;
        }
        break;
      case 'host':
      case 'hostname':
        if (override !== undefined && url.scheme === 'file') {
          p--;
          state = 'file host';
        } else if (c === ':' && !inBrackets) {
          if (buffer === '' || override === 'hostname') return failure;
          const host = parseHost(buffer, !special());
          if (host === failure) return failure;
          url.host = host;
          buffer = '';
          state = 'port';
        } else if (c === undefined || c === '/' || c === '?' || c === '#' || (special() && c === '\\')) {
          p--;
          if (special() && buffer === '') return failure;
          if (override !== undefined && buffer === '' && (url.username !== '' || url.password !== '' || url.port !== null)) return failure;
          const host = buffer === '' ? '' : parseHost(buffer, !special());
          if (host === failure) return failure;
          url.host = host;
          buffer = '';
          state = 'path start';
          if (override !== undefined) return url;
        } else {
          if (c === '[') inBrackets = true;
          else if (c === ']') inBrackets = false;
          buffer += c;
        }
        break;
      case 'port':
        if (c !== undefined && c >= '0' && c <= '9') {
          buffer += c;
        } else if (c === undefined || c === '/' || c === '?' || c === '#' || (special() && c === '\\') || override !== undefined) {
          if (buffer !== '') {
            const port = parseInt(buffer, 10);
            if (port > 65535) return failure;
            url.port = port === specialPorts[url.scheme] ? null : port;
            buffer = '';
          }
          if (override !== undefined) return url;
          state = 'path start';
          p--;
        } else {
          return failure;
        }
        break;
      case 'file':
        url.scheme = 'file';
        url.host = '';
        if (c === '/' || c === '\\') state = 'file slash';
        else if (base !== null && base.scheme === 'file') {
          Object.assign(url, { host: base.host, path: [...base.path], query: base.query });
          if (c === '?') {
            url.query = '';
            state = 'query';
          } else if (c === '#') {
            url.fragment = '';
            state = 'fragment';
          } else if (c !== undefined) {
            url.query = null;
            if (!startsWithDrive(input.slice(p))) shorten(url);
            else url.path = [];
            state = 'path';
            p--;
          }
        } else {
          state = 'path';
          p--;
        }
        break;
      case 'file slash':
        if (c === '/' || c === '\\') state = 'file host';
        else {
          if (base !== null && base.scheme === 'file') {
            url.host = base.host;
            if (!startsWithDrive(input.slice(p)) && base.path.length > 0 && isNormalizedDrive(base.path[0])) url.path.push(base.path[0]);
          }
          state = 'path';
          p--;
        }
        break;
      case 'file host':
        if (c === undefined || c === '/' || c === '\\' || c === '?' || c === '#') {
          p--;
          if (override === undefined && isWindowsDrive(buffer)) {
            state = 'path';
          } else if (buffer === '') {
            url.host = '';
            if (override !== undefined) return url;
            state = 'path start';
          } else {
            let host = parseHost(buffer, !special());
            if (host === failure) return failure;
            if (host === 'localhost') host = '';
            url.host = host;
            if (override !== undefined) return url;
            buffer = '';
            state = 'path start';
          }
        } else {
          buffer += c;
        }
        break;
      case 'path start':
        if (special()) {
          state = 'path';
          if (c !== '/' && c !== '\\') p--;
        } else if (override === undefined && c === '?') {
          url.query = '';
          state = 'query';
        } else if (override === undefined && c === '#') {
          url.fragment = '';
          state = 'fragment';
        } else if (c !== undefined) {
          state = 'path';
          if (c !== '/') p--;
        } else if (override !== undefined && url.host === null) {
          url.path.push('');
        }
        break;
      case 'path': {
        const slash = c === '/' || (special() && c === '\\');
        if (c === undefined || slash || (override === undefined && (c === '?' || c === '#'))) {
          if (doubleDot(buffer)) {
            shorten(url);
            if (!slash) url.path.push('');
          } else if (singleDot(buffer)) {
            if (!slash) url.path.push('');
          } else {
            if (url.scheme === 'file' && url.path.length === 0 && isWindowsDrive(buffer)) buffer = `${buffer[0]}:`;
            url.path.push(buffer);
          }
          buffer = '';
          if (c === '?') {
            url.query = '';
            state = 'query';
          } else if (c === '#') {
            url.fragment = '';
            state = 'fragment';
          }
        } else {
          // Whole runs at once: most paths need no encoding.
          let end = p + 1;
          while (end < input.length && !'/\\?#'.includes(input[end])) end++;
          buffer += encode(input.slice(p, end), pathSet);
          p = end - 1;
        }
        break;
      }
      case 'opaque path':
        if (c === '?') {
          url.query = '';
          state = 'query';
        } else if (c === '#') {
          url.fragment = '';
          state = 'fragment';
        } else if (c !== undefined) {
          let end = p + 1;
          while (end < input.length && input[end] !== '?' && input[end] !== '#') end++;
          url.path += encode(input.slice(p, end), c0Set);
          p = end - 1;
        }
        break;
      case 'query': {
        let end = override === undefined ? input.indexOf('#', p) : -1;
        if (end < 0) end = input.length;
        url.query += encode(input.slice(p, end), special() ? specialQuerySet : querySet);
        if (end < input.length) {
          url.fragment = '';
          state = 'fragment';
        }
        p = end;
        if (end < input.length) continue;
        return url;
      }
      case 'fragment':
        url.fragment += encode(input.slice(p), fragmentSet);
        return url;
    }
    if (c === undefined && p >= input.length) return url;
  }
}

function serializePath(url) {
  if (url.opaque) return url.path;
  let text = '';
  for (const segment of url.path) text += `/${segment}`;
  return text;
}

function serialize(url, withFragment = true) {
  let text = `${url.scheme}:`;
  if (url.host !== null) {
    text += '//';
    if (url.username !== '' || url.password !== '') {
      text += url.username;
      if (url.password !== '') text += `:${url.password}`;
      text += '@';
    }
    text += url.host;
    if (url.port !== null) text += `:${url.port}`;
  } else if (!url.opaque && url.path.length > 1 && url.path[0] === '') {
    text += '/.';
  }
  text += serializePath(url);
  if (url.query !== null) text += `?${url.query}`;
  if (withFragment && url.fragment !== null) text += `#${url.fragment}`;
  return text;
}

// ---- URLSearchParams ----------------------------------------------------------------------------

function formEncode(text) {
  return encode(text, formSet).replaceAll('%20', '+');
}

function formParse(text) {
  const list = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? '' : part.slice(equals + 1);
    list.push(percentDecode(name.replaceAll('+', ' ')), percentDecode(value.replaceAll('+', ' ')));
  }
  return list;
}

const need = (args, ...names) => {
  if (args.length < names.length) throw new ERR_MISSING_ARGS(...names);
};

class URLSearchParams {
  #list = [];
  #url = null;

  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      this.#fromObject(init);
    } else {
      const text = toUSVString(`${init}`);
      this.#list = formParse(text[0] === '?' ? text.slice(1) : text);
    }
  }

  #fromObject(init) {
    const method = init[Symbol.iterator];
    if (method === undefined || method === null) {
      for (const key of Reflect.ownKeys(init)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(init, key);
        if (descriptor === undefined || !descriptor.enumerable) continue;
        const name = toUSVString(key);
        const value = toUSVString(`${init[key]}`);
        this.#list.push(name, value);
      }
      return;
    }
    if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
    for (const pair of init) {
      if (pair === null || pair === undefined || typeof pair[Symbol.iterator] !== 'function' || typeof pair === 'string') {
        throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
      }
      const items = [...pair];
      if (items.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
      this.#list.push(toUSVString(`${items[0]}`), toUSVString(`${items[1]}`));
    }
  }

  // Binds to a URL whose query follows every change.
  static of(url, query) {
    const params = new URLSearchParams();
    params.#url = url;
    params.#list = formParse(query);
    return params;
  }
  static reparse(params, query) {
    params.#list = formParse(query);
  }

  static #check(value) {
    if (value === null || typeof value !== 'object' || !(#list in value)) throw new ERR_INVALID_THIS('URLSearchParams');
    return value;
  }

  #changed() {
    if (this.#url !== null) this.#url[kUpdateQuery](this.toString());
  }

  get size() {
    return URLSearchParams.#check(this).#list.length / 2;
  }

  append(name, value) {
    URLSearchParams.#check(this);
    need(arguments, 'name', 'value');
    this.#list.push(toUSVString(`${name}`), toUSVString(`${value}`));
    this.#changed();
  }

  delete(name, value = undefined) {
    URLSearchParams.#check(this);
    need(arguments, 'name');
    name = toUSVString(`${name}`);
    const kept = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      if (this.#list[i] === name && (value === undefined || this.#list[i + 1] === `${value}`)) continue;
      kept.push(this.#list[i], this.#list[i + 1]);
    }
    this.#list = kept;
    this.#changed();
  }

  get(name) {
    URLSearchParams.#check(this);
    need(arguments, 'name');
    name = toUSVString(`${name}`);
    for (let i = 0; i < this.#list.length; i += 2) if (this.#list[i] === name) return this.#list[i + 1];
    return null;
  }

  getAll(name) {
    URLSearchParams.#check(this);
    need(arguments, 'name');
    name = toUSVString(`${name}`);
    const values = [];
    for (let i = 0; i < this.#list.length; i += 2) if (this.#list[i] === name) values.push(this.#list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    URLSearchParams.#check(this);
    need(arguments, 'name');
    name = toUSVString(`${name}`);
    for (let i = 0; i < this.#list.length; i += 2) {
      if (this.#list[i] === name && (value === undefined || this.#list[i + 1] === `${value}`)) return true;
    }
    return false;
  }

  set(name, value) {
    URLSearchParams.#check(this);
    need(arguments, 'name', 'value');
    name = toUSVString(`${name}`);
    value = toUSVString(`${value}`);
    let found = false;
    const kept = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      if (this.#list[i] !== name) kept.push(this.#list[i], this.#list[i + 1]);
      else if (!found) {
        found = true;
        kept.push(name, value);
      }
    }
    if (!found) kept.push(name, value);
    this.#list = kept;
    this.#changed();
  }

  sort() {
    URLSearchParams.#check(this);
    const pairs = [];
    for (let i = 0; i < this.#list.length; i += 2) pairs.push([this.#list[i], this.#list[i + 1]]);
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#list = pairs.flat();
    this.#changed();
  }

  forEach(callback, thisArg = undefined) {
    URLSearchParams.#check(this);
    if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
    for (let i = 0; i < this.#list.length; i += 2) Reflect.apply(callback, thisArg, [this.#list[i + 1], this.#list[i], this]);
  }

  entries() {
    return makeIterator(URLSearchParams.#check(this), (i) => [this.#list[i], this.#list[i + 1]], () => this.#list.length);
  }
  keys() {
    return makeIterator(URLSearchParams.#check(this), (i) => this.#list[i], () => this.#list.length);
  }
  values() {
    return makeIterator(URLSearchParams.#check(this), (i) => this.#list[i + 1], () => this.#list.length);
  }

  toString() {
    URLSearchParams.#check(this);
    let text = '';
    for (let i = 0; i < this.#list.length; i += 2) {
      text += `${i === 0 ? '' : '&'}${formEncode(this.#list[i])}=${formEncode(this.#list[i + 1])}`;
    }
    return text;
  }

  [customInspect](depth, options) {
    URLSearchParams.#check(this);
    if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
    const parts = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      parts.push(`${inspect(this.#list[i], options)} => ${inspect(this.#list[i + 1], options)}`);
    }
    return `URLSearchParams ${bracedList(parts, ', ', options)}`;
  }
}
// Entries in braces: on one line, or each on its own when that is too long.
function bracedList(parts, separator, options) {
  if (parts.length === 0) return '{}';
  const line = parts.join(separator);
  return line.length <= options.breakLength ? `{ ${line} }` : `{\n  ${parts.join(',\n  ')} }`;
}

// What only this file may call.
const { of: paramsOf, reparse } = URLSearchParams;
delete URLSearchParams.of;
delete URLSearchParams.reparse;

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const kStep = Symbol('kStep');
const kRest = Symbol('kRest');
const paramsIteratorPrototype = Object.create(iteratorPrototype, {
  next: {
    configurable: true, enumerable: true, writable: true,
    value: function next() {
      if (this === null || typeof this !== 'object' || this[kStep] === undefined) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
      return this[kStep]();
    },
  },
  [Symbol.toStringTag]: { value: 'URLSearchParams Iterator', configurable: true },
  // What is still to come.
  [customInspect]: {
    configurable: true, writable: true,
    value(depth, options) {
      if (this === null || typeof this !== 'object' || this[kStep] === undefined) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
      if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
      const parts = this[kRest]().map((value) => inspect(value, options));
      return `URLSearchParams Iterator ${parts.length === 0 ? '{  }' : bracedList(parts, ', ', options)}`;
    },
  },
});

function makeIterator(params, read, length) {
  let i = 0;
  const iterator = Object.create(paramsIteratorPrototype);
  Object.defineProperty(iterator, kStep, { value() {
    if (i >= length()) return { value: undefined, done: true };
    const value = read(i);
    i += 2;
    return { value, done: false };
  } });
  Object.defineProperty(iterator, kRest, { value: () => {
    const rest = [];
    for (let at = i; at < length(); at += 2) rest.push(read(at));
    return rest;
  } });
  return iterator;
}

Object.defineProperties(URLSearchParams.prototype, {
  [Symbol.toStringTag]: { value: 'URLSearchParams', configurable: true },
  [Symbol.iterator]: { value: URLSearchParams.prototype.entries, configurable: true, writable: true },
});
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values',
                    'toString', 'size']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}

// ---- URL ----------------------------------------------------------------------------------------

const kUpdateQuery = Symbol('kUpdateQuery');

class URL {
  #record;
  #params = null;
  #href = '';

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    input = toUSVString(`${input}`);
    let baseRecord = null;
    if (base !== undefined) {
      baseRecord = basicParse(toUSVString(`${base}`), null);
      if (baseRecord === failure) throw new ERR_INVALID_URL(input, `${base}`);
    }
    const record = basicParse(input, baseRecord);
    if (record === failure) throw base === undefined ? new ERR_INVALID_URL(input) : new ERR_INVALID_URL(input, `${base}`);
    this.#record = record;
    this.#href = serialize(record);
  }

  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('url');
    const baseRecord = base === undefined ? null : basicParse(toUSVString(`${base}`), null);
    return (base === undefined || baseRecord !== failure) && basicParse(toUSVString(`${input}`), baseRecord) !== failure;
  }
  static createObjectURL(blob) {
    return require('internal/blob').createObjectURL(blob);
  }
  static revokeObjectURL(url) {
    require('internal/blob').revokeObjectURL(url);
  }

  static #check(value) {
    if (value === null || typeof value !== 'object' || !(#record in value)) throw new ERR_INVALID_THIS('URL');
    return value.#record;
  }

  // Runs the parser on a copy from `state` on; a failure changes nothing.
  #set(input, state) {
    const copy = { ...this.#record, path: this.#record.opaque ? this.#record.path : [...this.#record.path] };
    if (state === 'path start') copy.path = [];
    if (basicParse(toUSVString(input), null, copy, state) === failure) return;
    this.#record = copy;
    this.#href = serialize(copy);
  }
  #update() {
    this.#href = serialize(this.#record);
  }

  get href() {
    URL.#check(this);
    return this.#href;
  }
  set href(value) {
    URL.#check(this);
    const record = basicParse(toUSVString(`${value}`), null);
    if (record === failure) throw new ERR_INVALID_URL(`${value}`);
    this.#record = record;
    this.#update();
    if (this.#params !== null) reparse(this.#params, record.query ?? '');
  }
  get origin() {
    const url = URL.#check(this);
    if (url.scheme === 'blob' && url.opaque) {
      const inner = basicParse(url.path, null);
      return inner !== failure && (inner.scheme === 'http' || inner.scheme === 'https') ? originOf(inner) : 'null';
    }
    return isSpecialScheme(url.scheme) && url.scheme !== 'file' ? originOf(url) : 'null';
  }
  get protocol() {
    return `${URL.#check(this).scheme}:`;
  }
  set protocol(value) {
    URL.#check(this);
    this.#set(`${value}:`, 'scheme start');
  }
  get username() {
    return URL.#check(this).username;
  }
  set username(value) {
    const url = URL.#check(this);
    if (url.host === null || url.host === '' || url.scheme === 'file') return;
    url.username = encode(toUSVString(`${value}`), userinfoSet);
    this.#update();
  }
  get password() {
    return URL.#check(this).password;
  }
  set password(value) {
    const url = URL.#check(this);
    if (url.host === null || url.host === '' || url.scheme === 'file') return;
    url.password = encode(toUSVString(`${value}`), userinfoSet);
    this.#update();
  }
  get host() {
    const url = URL.#check(this);
    if (url.host === null) return '';
    return url.port === null ? url.host : `${url.host}:${url.port}`;
  }
  set host(value) {
    if (!URL.#check(this).opaque) this.#set(`${value}`, 'host');
  }
  get hostname() {
    return URL.#check(this).host ?? '';
  }
  set hostname(value) {
    if (!URL.#check(this).opaque) this.#set(`${value}`, 'hostname');
  }
  get port() {
    const { port } = URL.#check(this);
    return port === null ? '' : `${port}`;
  }
  set port(value) {
    const url = URL.#check(this);
    if (url.host === null || url.host === '' || url.scheme === 'file') return;
    value = `${value}`;
    if (value === '') {
      url.port = null;
      this.#update();
    } else if (/^[\t\n\r]*\d/.test(value)) {
      this.#set(value, 'port');
    }
  }
  get pathname() {
    return serializePath(URL.#check(this));
  }
  set pathname(value) {
    if (!URL.#check(this).opaque) this.#set(`${value}`, 'path start');
  }
  get search() {
    const { query } = URL.#check(this);
    return query === null || query === '' ? '' : `?${query}`;
  }
  set search(value) {
    const url = URL.#check(this);
    value = toUSVString(`${value}`);
    if (value === '') {
      url.query = null;
      this.#update();
    } else {
      url.query = '';
      basicParse(value[0] === '?' ? value.slice(1) : value, null, url, 'query');
      this.#update();
    }
    if (this.#params !== null) reparse(this.#params, url.query ?? '');
  }
  get searchParams() {
    const url = URL.#check(this);
    this.#params ??= paramsOf(this, url.query ?? '');
    return this.#params;
  }
  get hash() {
    const { fragment } = URL.#check(this);
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }
  set hash(value) {
    const url = URL.#check(this);
    value = toUSVString(`${value}`);
    if (value === '') {
      url.fragment = null;
    } else {
      url.fragment = '';
      basicParse(value[0] === '#' ? value.slice(1) : value, null, url, 'fragment');
    }
    this.#update();
  }

  [kUpdateQuery](query) {
    this.#record.query = query === '' ? null : query;
    this.#update();
  }

  toString() {
    URL.#check(this);
    return this.#href;
  }
  toJSON() {
    URL.#check(this);
    return this.#href;
  }

  [customInspect](depth, options) {
    URL.#check(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const view = Object.create({ constructor: URL });
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
                        'searchParams', 'hash']) {
      view[name] = this[name];
    }
    return `${this.constructor.name} ${inspect(view, options).replace(/^[^\s{]+ /, '')}`;
  }
}

function originOf(url) {
  return `${url.scheme}://${url.host}${url.port === null ? '' : `:${url.port}`}`;
}

Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
Object.defineProperty(URL.prototype, kUpdateQuery, { enumerable: false });
for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
                    'searchParams', 'hash', 'toString', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}
for (const name of ['createObjectURL', 'revokeObjectURL']) Object.defineProperty(URL, name, { enumerable: true });

// ---- Files and URLs -----------------------------------------------------------------------------

function isURL(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' && typeof value.protocol === 'string' &&
    value.auth === undefined && value.path === undefined;
}

function fileURLToPath(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  if (path.hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
  if (/%2f/i.test(path.pathname)) throw new ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  return decodeURIComponent(path.pathname);
}

function pathToFileURL(filepath) {
  const path = require('path');
  let resolved = path.resolve(filepath);
  if (filepath.endsWith('/') && !resolved.endsWith('/')) resolved += '/';
  const escapes = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23' };
  return new URL(`file://${resolved.replace(/[%\\\n\r\t?#]/g, (char) => escapes[char])}`);
}

// The path that fs functions mean: URLs become paths, everything else passes.
function toPathIfFileURL(value) {
  return isURL(value) ? fileURLToPath(value) : value;
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null, ...url, protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash, search, pathname, path: `${pathname || ''}${search || ''}`, href: url.href };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function domainToASCII(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  const host = parseHost(`${domain}`, false);
  return host === failure ? '' : host;
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  const ascii = domainToASCII(`${domain}`);
  return require('punycode').toUnicode(ascii);
}

module.exports = {
  URL, URLSearchParams, fileURLToPath, pathToFileURL, toPathIfFileURL, urlToHttpOptions, domainToASCII,
  domainToUnicode, domainToAscii, isURL,
};
