// MIMEType and MIMEParams: "type/subtype;name=value", read and written as the MIME sniffing standard says.
'use strict';

const { codes: { ERR_INVALID_MIME_SYNTAX } } = require('internal/errors');

// RFC 7230: what a token is made of, and what may stand in a quoted string.
const notInToken = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const notInQuoted = /[^\t\x20-\x7e\x80-\xff]/;
const spaceAtEnd = /[\t\n\r ]+$/;
const spaceAtStart = /^[\t\n\r ]+/;

const trim = (text) => text.replace(spaceAtStart, '').replace(spaceAtEnd, '');
const lowerAscii = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function checkToken(what, text) {
  const at = text.search(notInToken);
  if (text === '' || at >= 0) throw new ERR_INVALID_MIME_SYNTAX(what, text, at);
}

// The value that starts behind the quote at text[from - 1]: [value, where it ends].
function readQuoted(text, from) {
  let value = '';
  let i = from;
  for (; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === '\\' && i + 1 < text.length) i++;
    value += text[i];
  }
  return [value, i];
}

// Name and value of the parameter at `from`, and where the next one starts. What is malformed has no name.
function readParameter(text, from) {
  let end = from;
  while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
  const name = lowerAscii(text.slice(from, end).replace(spaceAtStart, ''));
  if (text[end] !== '=') return { next: end + 1 };
  let value;
  if (text[end + 1] === '"') {
    [value, end] = readQuoted(text, end + 2);
    while (end < text.length && text[end] !== ';') end++;
  } else {
    const start = end + 1;
    while (end < text.length && text[end] !== ';') end++;
    value = text.slice(start, end).replace(spaceAtEnd, '');
    if (value === '') return { next: end + 1 };
  }
  if (name === '' || notInToken.test(name) || notInQuoted.test(value)) return { next: end + 1 };
  return { name, value, next: end + 1 };
}

class MIMEParams {
  #values = new Map();

  // The first of several parameters with one name counts.
  static parse(text) {
    const params = new MIMEParams();
    for (let at = 0; at < text.length;) {
      const { name, value, next } = readParameter(text, at);
      if (name !== undefined && !params.#values.has(name)) params.#values.set(name, value);
      at = next;
    }
    return params;
  }

  delete(name) {
    this.#values.delete(`${name}`);
  }

  get(name) {
    return this.#values.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#values.has(`${name}`);
  }

  set(name, value) {
    const values = this.#values;
    name = `${name}`;
    value = `${value}`;
    checkToken('parameter name', name);
    const at = value.search(notInQuoted);
    if (at >= 0) throw new ERR_INVALID_MIME_SYNTAX('parameter value', value, at);
    values.set(name, value);
  }

  * entries() {
    yield* this.#values.entries();
  }

  * keys() {
    yield* this.#values.keys();
  }

  * values() {
    yield* this.#values.values();
  }

  toString() {
    return Array.from(this.#values, ([name, value]) => {
      const plain = value !== '' && !notInToken.test(value);
      return `${name}=${plain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
    }).join(';');
  }
}
const { parse } = MIMEParams;
delete MIMEParams.parse;

Object.defineProperty(MIMEParams.prototype, Symbol.iterator, {
  configurable: true, writable: true, value: MIMEParams.prototype.entries,
});
Object.defineProperty(MIMEParams.prototype, 'toJSON', {
  configurable: true, writable: true, value: MIMEParams.prototype.toString,
});

class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(input) {
    const text = trim(`${input}`);
    const slash = text.indexOf('/');
    const type = slash < 0 ? text : text.slice(0, slash);
    const at = type.search(notInToken);
    if (type === '' || slash < 0 || at >= 0) throw new ERR_INVALID_MIME_SYNTAX('type', `${input}`, at);
    const semicolon = text.indexOf(';', slash);
    const end = semicolon < 0 ? text.length : semicolon;
    const subtype = text.slice(slash + 1, end).replace(spaceAtEnd, '');
    const badAt = subtype.search(notInToken);
    if (subtype === '' || badAt >= 0) throw new ERR_INVALID_MIME_SYNTAX('subtype', `${input}`, badAt);
    this.#type = lowerAscii(type);
    this.#subtype = lowerAscii(subtype);
    this.#params = parse(text.slice(end + 1));
  }

  get type() {
    return this.#type;
  }

  set type(type) {
    type = `${type}`;
    checkToken('type', type);
    this.#type = lowerAscii(type);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(subtype) {
    subtype = `${subtype}`;
    checkToken('subtype', subtype);
    this.#subtype = lowerAscii(subtype);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', {
  configurable: true, writable: true, value: MIMEType.prototype.toString,
});

module.exports = { MIMEParams, MIMEType };
