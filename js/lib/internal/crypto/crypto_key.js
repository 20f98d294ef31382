// CryptoKey: a KeyObject, and what web cryptography lets it be used for.
'use strict';

const { unpack: unpackKeyObject } = require('internal/crypto/keys');
const brands = require('internal/crypto/brands');
const { kKeyObject } = require('internal/crypto/util');
const { customInspectSymbol, kClone, kPack } = require('internal/util');
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');

// Programs may change what `key.algorithm` gave them, never the key's own.
function copyAlgorithm(algorithm) {
  const copy = { ...algorithm };
  if (copy.hash !== undefined) copy.hash = { ...copy.hash };
  if (copy.publicExponent !== undefined) copy.publicExponent = new Uint8Array(copy.publicExponent);
  return copy;
}

let isCryptoKey;
let makeCryptoKey;
let slotsOf;

class CryptoKey {
  // { keyObject, algorithm, usages, extractable }
  #slots;
  #algorithm;
  #usages;

  static {
    isCryptoKey = (value) => value !== null && typeof value === 'object' && #slots in value;
    slotsOf = (key) => key.#slots;
    makeCryptoKey = (keyObject, algorithm, usages, extractable) => {
      const key = new CryptoKey(makeCryptoKey);
      key.#slots = { keyObject, algorithm: copyAlgorithm(algorithm), usages: [...usages], extractable };
      return key;
    };
  }

  constructor() {
    if (arguments[0] !== makeCryptoKey) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get type() {
    if (!isCryptoKey(this)) throw new ERR_INVALID_THIS('CryptoKey');
    return this.#slots.keyObject.type;
  }

  get extractable() {
    if (!isCryptoKey(this)) throw new ERR_INVALID_THIS('CryptoKey');
    return this.#slots.extractable;
  }

  get algorithm() {
    if (!isCryptoKey(this)) throw new ERR_INVALID_THIS('CryptoKey');
    return this.#algorithm ??= copyAlgorithm(this.#slots.algorithm);
  }

  get usages() {
    if (!isCryptoKey(this)) throw new ERR_INVALID_THIS('CryptoKey');
    return this.#usages ??= [...this.#slots.usages];
  }

  get [kKeyObject]() {
    return isCryptoKey(this) ? this.#slots.keyObject : undefined;
  }

  [kClone]() {
    const { keyObject, algorithm, usages, extractable } = this.#slots;
    return makeCryptoKey(keyObject, algorithm, usages, extractable);
  }

  // [the length of what follows in JSON, that, the KeyObject]
  [kPack]() {
    const { keyObject, algorithm, usages, extractable } = this.#slots;
    const { publicExponent } = algorithm;
    const head = Buffer.from(JSON.stringify({
      algorithm: publicExponent === undefined ? algorithm : { ...algorithm, publicExponent: [...publicExponent] }, usages, extractable,
    }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    const [bytes] = keyObject[kPack]();
    const packed = Buffer.concat([length, head, bytes]);
    bytes.fill(0);
    return [packed, 'internal/crypto/crypto_key'];
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0 || !isCryptoKey(this)) return this;
    const { type, extractable, algorithm, usages } = this;
    const inner = { ...options, depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 };
    return `CryptoKey ${require('util').inspect({ type, extractable, algorithm, usages }, inner)}`;
  }
}

for (const name of ['type', 'extractable', 'algorithm', 'usages']) Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { configurable: true, value: 'CryptoKey' });
brands.isCryptoKey = isCryptoKey;

// What kPack() made.
function unpack(packed) {
  const end = 4 + packed.readUInt32BE(0);
  const { algorithm, usages, extractable } = JSON.parse(packed.toString('utf8', 4, end));
  if (algorithm.publicExponent !== undefined) algorithm.publicExponent = Uint8Array.from(algorithm.publicExponent);
  return makeCryptoKey(unpackKeyObject(packed.subarray(end)), algorithm, usages, extractable);
}

module.exports = { CryptoKey, isCryptoKey, makeCryptoKey, slotsOf, unpack };
