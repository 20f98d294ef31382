// dns: names and addresses.
'use strict';

const asyncContext = require('internal/async_context');
const binding = internalBinding('dns');
const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } = codes;
const { validateArray, validateBoolean, validateFunction, validateInt32, validateNumber, validateOneOf, validatePort, validateString } =
  require('internal/validators');
const { isIP } = require('internal/net');
const { getOption } = require('internal/options');

const errors = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED', BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED', TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED', LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
};

// Node's numbers for what the resolver says: they differ from this system's.
const errnoOf = { EAI_AGAIN: -3001, EAI_FAIL: -3004, ENOTFOUND: -3008 };

let defaultOrder;

function resultOrder() {
  return defaultOrder ?? getOption('--dns-result-order') ?? 'ipv4first';
}

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ['ipv4first', 'verbatim']);
  defaultOrder = order;
}

const allHints = binding.AI_ADDRCONFIG | binding.AI_ALL | binding.AI_V4MAPPED;

function lookupOptions(options) {
  const result = { family: 0, hints: 0, all: false, verbatim: resultOrder() === 'verbatim' };
  if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    result.family = options;
    return result;
  }
  if (options === undefined || options === null) return result;
  if (typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  if (options.hints !== undefined && options.hints !== null) {
    validateNumber(options.hints, 'options.hints');
    result.hints = options.hints >>> 0;
    if ((result.hints & ~allHints) !== 0) throw new ERR_INVALID_ARG_VALUE('hints', options.hints);
  }
  if (options.family !== undefined && options.family !== null) {
    const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family;
    validateOneOf(family, 'options.family', [0, 4, 6]);
    result.family = family;
  }
  if (options.all !== undefined && options.all !== null) {
    validateBoolean(options.all, 'options.all');
    result.all = options.all;
  }
  if (options.verbatim !== undefined && options.verbatim !== null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    result.verbatim = options.verbatim;
  }
  return result;
}

// Answers { address, family } objects, in the order asked for.
function pairs(flat, verbatim) {
  const list = [];
  for (let i = 0; i < flat.length; i += 2) list.push({ address: flat[i], family: flat[i + 1] });
  if (verbatim) return list;
  return [...list.filter((one) => one.family === 4), ...list.filter((one) => one.family === 6)];
}

function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function' || arguments.length < 3) [callback, options] = [options, undefined];
  validateFunction(callback, 'callback');
  const { family, hints, all, verbatim } = lookupOptions(options);
  if (!hostname) {
    process.nextTick(callback, null, all ? [] : null, all ? undefined : family === 6 ? 6 : 4);
    return {};
  }
  const version = isIP(hostname);
  if (version !== 0) {
    process.nextTick(callback, null, all ? [{ address: hostname, family: version }] : hostname, all ? undefined : version);
    return {};
  }
  callback = asyncContext.bind(callback, 'GETADDRINFOREQWRAP');
  binding.getaddrinfo(toAscii(hostname), family, hints, (error, flat) => {
    if (error !== null) {
      error.message = `getaddrinfo ${error.code} ${hostname}`;
      error.errno = errnoOf[error.code] ?? error.errno;
      if (error.path !== undefined) delete error.path;
      error.hostname = hostname;
      return callback(error);
    }
    const list = pairs(flat, verbatim);
    if (all) callback(null, list);
    else callback(null, list[0].address, list[0].family);
  });
  return {};
}

function toAscii(hostname) {
  return /^[\x00-\x7f]*$/.test(hostname) ? hostname : require('punycode').toASCII(hostname);
}

function lookupService(address, port, callback) {
  if (arguments.length < 3) throw new ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  binding.getnameinfo(address, +port, (error, pair) => {
    if (error === null) return callback(null, pair[0], pair[1]);
    error.message = `getnameinfo ${error.code} ${address}`;
    if (error.path !== undefined) delete error.path;
    error.hostname = address;
    callback(error);
  });
  return {};
}

// ---- Questions to name servers -------------------------------------------------------------------

function dnsError(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.code = code;
  error.errno = undefined;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

const values = (records) => records.map(({ data }) => data.value);

function addresses(records, options) {
  return records.map(({ data: { address }, ttl }) => (options?.ttl ? { address, ttl } : address));
}

// What the records of a type become. The name of the record's kind is of use among others only.
function bare(records) {
  return records.map(({ data: { type, ...rest } }) => rest);
}

// method: [kind of record, what its records become]
const questions = {
  resolve4: ['A', addresses],
  resolve6: ['AAAA', addresses],
  resolveAny: ['ANY', (records) => records.map(({ data, ttl }) =>
    (data.type === 'A' || data.type === 'AAAA' ? { ...data, ttl } : { ...data }))],
  resolveCaa: ['CAA', bare],
  resolveCname: ['CNAME', values],
  resolveMx: ['MX', bare],
  resolveNaptr: ['NAPTR', bare],
  resolveNs: ['NS', values],
  resolvePtr: ['PTR', values],
  resolveSoa: ['SOA', (records) => bare(records)[0]],
  resolveSrv: ['SRV', bare],
  resolveTxt: ['TXT', (records) => records.map(({ data }) => data.entries)],
};
const methodOf = new Map(Object.entries(questions).map(([method, [type]]) => [type, method]));

// in-addr.arpa and ip6.arpa (RFC 1035 section 3.5, RFC 3596 section 2.5).
function reverseName(address) {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head, tail] = address.split('%')[0].split('::');
  const groups = (text) => (text ? text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [group];
    const [a, b, c, d] = group.split('.').map(Number);
    return [(a << 8 | b).toString(16), (c << 8 | d).toString(16)];
  }) : []);
  const [front, back] = [groups(head), groups(tail)];
  const middle = tail === undefined ? [] : Array(8 - front.length - back.length).fill('0');
  const digits = [...front, ...middle, ...back].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

class Resolver {
  #client;

  constructor(options = undefined) {
    const { timeout = -1, tries } = options ?? {};
    validateInt32(timeout, 'options.timeout', -1);
    if (tries !== undefined) validateInt32(tries, 'options.tries', 1);
    const { Client } = require('internal/dns/client');
    this.#client = new Client({ timeout, tries });
  }

  cancel() {
    this.#client.cancel();
  }

  getServers() {
    return this.#client.servers.map(require('internal/dns/client').showServer);
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const { parseServer } = require('internal/dns/client');
    // A list with holes counts what is there.
    const list = servers.filter(() => true).map((server, i) => {
      validateString(server, `servers[${i}]`);
      const parsed = parseServer(server);
      if (parsed === null) throw new codes.ERR_INVALID_IP_ADDRESS(server);
      return parsed;
    });
    if (this.#client.busy) throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers);
    this.#client.servers = list;
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const given = ipv6 === undefined ? [ipv4] : [ipv4, ipv6];
    const versions = given.map(isIP);
    if (versions.includes(0) || versions[0] === versions[1]) {
      throw new ERR_INVALID_ARG_VALUE('ipv4', given.join(), 'must be one IPv4 address, one IPv6 address, or one of each');
    }
    this.#client.setLocalAddress(given[versions.indexOf(4)], given[versions.indexOf(6)]);
  }

  resolve(hostname, rrtype, callback) {
    if (typeof rrtype === 'function') [callback, rrtype] = [rrtype, 'A'];
    else if (typeof rrtype !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
    const method = methodOf.get(rrtype);
    if (method === undefined) throw new ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    return this[method](hostname, callback);
  }

  reverse(address, callback) {
    validateString(address, 'name');
    validateFunction(callback, 'callback');
    if (isIP(address) === 0) {
      const error = dnsError('EINVAL', 'getHostByAddr', address);
      error.errno = -22;
      throw error;
    }
    callback = asyncContext.bind(callback, 'GETADDRINFOREQWRAP');
    const known = require('internal/dns/config').namesOf(address);
    if (known.length > 0) {
      process.nextTick(callback, null, known);
      return {};
    }
    this.#client.query(`${reverseName(address)}.`, types().PTR, (code, records) => {
      if (code !== null) callback(dnsError(code, 'getHostByAddr', address));
      else callback(null, values(records));
    });
    return {};
  }

  static {
    for (const [method, [type, convert]] of Object.entries(questions)) {
      const syscall = `query${type[0]}${type.slice(1).toLowerCase()}`;
      const ask = { [method](name, options, callback) {
        if (typeof options === 'function') [callback, options] = [options, undefined];
        validateString(name, 'name');
        validateFunction(callback, 'callback');
        callback = asyncContext.bind(callback, 'GETADDRINFOREQWRAP');
        this.#client.query(toAscii(name), types()[type], (code, records) => {
          if (code !== null) callback(dnsError(code, syscall, name));
          else callback(null, convert(records, options));
        });
        return {};
      } }[method];
      Object.defineProperty(Resolver.prototype, method, { value: ask, writable: true, configurable: true, enumerable: false });
    }
  }
}

function types() {
  return require('internal/dns/message').types;
}

// What the functions of the module ask.
let common;

function ofCommon(method) {
  return { [method](...args) {
    common ??= new Resolver();
    return common[method](...args);
  } }[method];
}

module.exports = { lookup, lookupService, Resolver, setDefaultResultOrder,
                   getDefaultResultOrder: resultOrder, ADDRCONFIG: binding.AI_ADDRCONFIG, ALL: binding.AI_ALL,
                   V4MAPPED: binding.AI_V4MAPPED, ...errors };

for (const method of ['getServers', 'resolve', 'reverse', ...Object.keys(questions)]) {
  module.exports[method] = ofCommon(method);
}
// Questions under way go on with the servers that they were asked of.
module.exports.setServers = function setServers(servers) {
  const fresh = new Resolver();
  fresh.setServers(servers);
  common = fresh;
};

Object.defineProperty(module.exports, 'promises', {
  configurable: true, enumerable: true, get: () => require('dns/promises'),
});
Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), {
  value: (hostname, options) => require('dns/promises').lookup(hostname, options),
});
Object.defineProperty(lookupService, Symbol.for('nodejs.util.promisify.custom'), {
  value: (address, port) => require('dns/promises').lookupService(address, port),
});

// Old names.
for (const [name, value] of Object.entries({
  getHostByName(domain, family, callback) {
    if (typeof family === 'function') [callback, family] = [family, 4];
    return module.exports[family === 6 ? 'resolve6' : 'resolve4'](domain, callback);
  },
  getHostByAddr: (address, callback) => module.exports.reverse(address, callback),
  TEMPFAIL: 'ESERVFAIL',
  PROTOCOL: 'EBADRESP',
  NXDOMAIN: 'ENOTFOUND',
})) {
  Object.defineProperty(module.exports, name, { value, writable: true, configurable: true, enumerable: false });
}
