// Headers of the Fetch standard: a list of names and values, the names without regard to case.
'use strict';

const {
  codes: { ERR_HTTP_INVALID_HEADER_VALUE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_HTTP_TOKEN, ERR_INVALID_THIS,
           ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');

const validName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// eslint-disable-next-line no-control-regex
const invalidValue = /[\0\r\n]|[^\0-\xff]/;

function checkName(name) {
  name = `${name}`;
  if (!validName.test(name)) throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
  return name.toLowerCase();
}

function checkValue(value, name) {
  value = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (invalidValue.test(value)) throw new ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  return value;
}

function fill(headers, init) {
  if (init === undefined) return;
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new ERR_INVALID_ARG_TYPE('init', 'Object', init);
  }
  if (typeof init[Symbol.iterator] !== 'function') {
    for (const name of Object.keys(init)) headers.append(name, init[name]);
    return;
  }
  for (const entry of init) {
    const pair = [...entry];
    if (pair.length !== 2) throw new ERR_INVALID_ARG_VALUE('init', pair, 'must be pairs of a name and a value');
    headers.append(pair[0], pair[1]);
  }
}

class Headers {
  #lists = new Map();

  constructor(init = undefined) {
    fill(this, init);
  }

  static #of(headers) {
    if (typeof headers !== 'object' || headers === null || !(#lists in headers)) throw new ERR_INVALID_THIS('Headers');
    return headers.#lists;
  }

  append(name, value) {
    const lists = Headers.#of(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    const key = checkName(name);
    const checked = checkValue(value, key);
    if (lists.has(key)) lists.get(key).push(checked);
    else lists.set(key, [checked]);
  }

  delete(name) {
    Headers.#of(this).delete(checkName(name));
  }

  get(name) {
    return Headers.#of(this).get(checkName(name))?.join(', ') ?? null;
  }

  getSetCookie() {
    return [...Headers.#of(this).get('set-cookie') ?? []];
  }

  has(name) {
    return Headers.#of(this).has(checkName(name));
  }

  set(name, value) {
    const lists = Headers.#of(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    const key = checkName(name);
    lists.set(key, [checkValue(value, key)]);
  }

  forEach(callback, self = undefined) {
    validateFunction(callback, 'callback');
    for (const [name, value] of this) Reflect.apply(callback, self, [value, name, this]);
  }

  // Sorted by name; every cookie is an entry of its own.
  * entries() {
    const lists = Headers.#of(this);
    for (const name of [...lists.keys()].sort()) {
      if (name !== 'set-cookie') yield [name, lists.get(name).join(', ')];
      else for (const value of lists.get(name)) yield [name, value];
    }
  }

  * keys() {
    for (const [name] of this.entries()) yield name;
  }

  * values() {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator]() {
    return this.entries();
  }
}

Object.defineProperty(Headers.prototype, Symbol.toStringTag, { configurable: true, value: 'Headers' });

module.exports = { Headers };
