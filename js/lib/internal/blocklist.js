// net.SocketAddress and net.BlockList: addresses as values, and rules over them.
'use strict';

const { codes } = require('internal/errors');
const { ERR_INVALID_ADDRESS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;
const { validateInt32, validateObject, validateOneOf, validatePort, validateString, validateUint32 } =
  require('internal/validators');
const { isIPv4, isIPv6 } = require('internal/net');
const { customInspectSymbol } = require('internal/util');

const families = ['ipv4', 'ipv6'];
// Of an IPv6 address that carries an IPv4 one: ::ffff:0:0/96 (RFC 4291, 2.5.5.2).
const mappedPrefix = 0xffffn;
const bitsOf = { ipv4: 32, ipv6: 128 };

function numberOfV4(text) {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

// The groups of one side of "::", with a dotted end counted as two.
function groupsOf(text) {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = numberOfV4(group);
    return [value >> 16n, value & 0xffffn];
  });
}

function numberOfV6(text) {
  const [head, tail] = text.replace(/%.*/, '').split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = new Array(8 - left.length - right.length).fill(0n);
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | group, 0n);
}

function numberOf(address, family) {
  return family === 'ipv4' ? numberOfV4(address) : numberOfV6(address);
}

function checkAddress(address, family) {
  if (!(family === 'ipv4' ? isIPv4(address) : isIPv6(address))) throw new ERR_INVALID_ADDRESS();
}

class SocketAddress {
  #address;
  #port;
  #family;
  #flowlabel;

  constructor(options = {}) {
    validateObject(options, 'options');
    const family = `${options.family ?? 'ipv4'}`.toLowerCase();
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    if (!families.includes(family)) throw new ERR_INVALID_ARG_VALUE('options.family', options.family);
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel');
    checkAddress(address, family);
    this.#address = address;
    this.#port = port | 0;
    this.#family = family;
    this.#flowlabel = flowlabel;
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  get address() { return this.#address; }
  get port() { return this.#port; }
  get family() { return this.#family; }
  get flowlabel() { return this.#flowlabel; }

  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }

  [customInspectSymbol](depth, options, inspect) {
    return depth < 0 ? this : `SocketAddress ${inspect(this.toJSON(), { ...options, depth: null })}`;
  }
}

// A plain address or a SocketAddress, as [text, family].
function readAddress(value, family, name) {
  if (SocketAddress.isSocketAddress(value)) return [value.address, value.family];
  if (typeof value !== 'string') throw new ERR_INVALID_ARG_TYPE(name, ['string', 'SocketAddress'], value);
  validateString(family, 'family');
  family = family.toLowerCase();
  validateOneOf(family, 'family', families);
  checkAddress(value, family);
  return [value, family];
}

class BlockList {
  // The latest first: { family, first, last, text }, the bounds included.
  #rules = [];

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }

  #add(family, first, last, text) {
    this.#rules.unshift({ family, first, last, text });
  }

  addAddress(address, family = 'ipv4') {
    [address, family] = readAddress(address, family, 'address');
    const value = numberOf(address, family);
    this.#add(family, value, value, `Address: ${label(family)} ${address}`);
  }

  addRange(start, end, family = 'ipv4') {
    let endFamily;
    const given = family;
    [start, family] = readAddress(start, given, 'start');
    [end, endFamily] = readAddress(end, given, 'end');
    const first = numberOf(start, family);
    const last = numberOf(end, endFamily);
    if (family !== endFamily || first > last) {
      throw new ERR_INVALID_ARG_VALUE('start', start, `must come before ${end}`);
    }
    this.#add(family, first, last, `Range: ${label(family)} ${start}-${end}`);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    [network, family] = readAddress(network, family, 'network');
    validateInt32(prefix, 'prefix', 0, bitsOf[family]);
    const free = BigInt(bitsOf[family] - prefix);
    const first = (numberOf(network, family) >> free) << free;
    this.#add(family, first, first + (1n << free) - 1n, `Subnet: ${label(family)} ${network}/${prefix}`);
  }

  check(address, family = 'ipv4') {
    try {
      [address, family] = readAddress(address, family, 'address');
    } catch (error) {
      // What is no address is in no list.
      if (error.code === 'ERR_INVALID_ADDRESS') return false;
      throw error;
    }
    const value = numberOf(address, family);
    if (this.#has(value, family)) return true;
    return family === 'ipv6' && (value >> 32n) === mappedPrefix && this.#has(value & 0xffffffffn, 'ipv4');
  }

  #has(value, family) {
    return this.#rules.some((rule) => rule.family === family && rule.first <= value && value <= rule.last);
  }

  get rules() {
    return this.#rules.map((rule) => rule.text);
  }

  [customInspectSymbol](depth, options, inspect) {
    return depth < 0 ? this : `BlockList ${inspect({ rules: this.rules }, { ...options, depth: null })}`;
  }
}

function label(family) {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

module.exports = { BlockList, SocketAddress };
