// Headers of the Fetch standard: a list of names and values, the names without regard to case.
'use strict';

const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');

const validName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// eslint-disable-next-line no-control-regex
const invalidValue = /[\0\r\n]|[^\0-\xff]/;

function checkName(name) {
  name = `${name}`;
  if (!validName.test(name)) throw new TypeError(`Headers: ${name} is an invalid header name.`);
  return name.toLowerCase();
}

function checkValue(value) {
  value = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (invalidValue.test(value)) throw new TypeError('Headers: the value is an invalid header value.');
  return value;
}

function fill(headers, init) {
  if (init === undefined) return;
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeError('Headers: init must be a sequence of pairs or a record.');
  }
  if (typeof init[Symbol.iterator] !== 'function') {
    for (const name of Object.keys(init)) headers.append(name, init[name]);
    return;
  }
  for (const entry of init) {
    const pair = [...entry];
    if (pair.length !== 2) throw new TypeError('Headers: each pair must have a name and a value.');
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
    const checked = checkValue(value);
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
    lists.set(checkName(name), [checkValue(value)]);
  }

  forEach(callback, self = undefined) {
    if (typeof callback !== 'function') throw new TypeError('Headers.forEach: the callback must be a function.');
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
