// dns: names and addresses.
'use strict';

const asyncContext = require('internal/async_context');
const binding = internalBinding('dns');
const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } = codes;
const { validateBoolean, validateFunction, validateNumber, validateOneOf, validatePort, validateString, validateArray } =
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
  callback = asyncContext.bind(callback);
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

function notImplemented(syscall, name) {
  const error = new Error(`${syscall} ENOTIMP ${name}`);
  error.code = 'ENOTIMP';
  error.errno = undefined;
  error.syscall = syscall;
  error.hostname = name;
  return error;
}

// The project's own DNS client is not there yet: every question fails, and says so.
function makeQuestion(syscall) {
  return function(name, ...rest) {
    const callback = rest.pop();
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    process.nextTick(callback, notImplemented(syscall, name));
    return {};
  };
}

const questions = {
  resolve: 'queryA', resolve4: 'queryA', resolve6: 'queryAaaa', resolveAny: 'queryAny', resolveCaa: 'queryCaa',
  resolveCname: 'queryCname', resolveMx: 'queryMx', resolveNaptr: 'queryNaptr', resolveNs: 'queryNs',
  resolvePtr: 'queryPtr', resolveSoa: 'querySoa', resolveSrv: 'querySrv', resolveTxt: 'queryTxt',
  reverse: 'getHostByAddr',
};

// The servers that resolv.conf(5) names.
function systemServers() {
  try {
    const text = require('fs').readFileSync('/etc/resolv.conf', 'utf8');
    return [...text.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1]);
  } catch {
    return ['127.0.0.1'];
  }
}

let servers;

class Resolver {
  #servers;

  constructor(options) {
    if (options?.timeout !== undefined) validateNumber(options.timeout, 'options.timeout');
  }
  getServers() {
    return [...(this.#servers ?? getServers())];
  }
  setServers(list) {
    this.#servers = checkServers(list);
  }
  setLocalAddress() {}
  cancel() {}
}

function checkServers(list) {
  validateArray(list, 'servers');
  return list.map((server, i) => {
    validateString(server, `servers[${i}]`);
    const match = /^\[([^\]]+)\](?::(\d+))?$/.exec(server) ?? /^([\d.]+)(?::(\d+))?$/.exec(server);
    const address = match === null ? server : match[1];
    if (isIP(address) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(server);
    return match?.[2] === undefined || match[2] === '53' ? address : server;
  });
}

function getServers() {
  return [...(servers ??= systemServers())];
}

function setServers(list) {
  servers = checkServers(list);
}

module.exports = { lookup, lookupService, Resolver, getServers, setServers, setDefaultResultOrder,
                   getDefaultResultOrder: resultOrder, ADDRCONFIG: binding.AI_ADDRCONFIG, ALL: binding.AI_ALL,
                   V4MAPPED: binding.AI_V4MAPPED, ...errors };

for (const [name, syscall] of Object.entries(questions)) {
  module.exports[name] = makeQuestion(syscall);
  Object.defineProperty(module.exports[name], 'name', { value: name });
  Resolver.prototype[name] = module.exports[name];
}

Object.defineProperty(module.exports, 'promises', {
  configurable: true, enumerable: true, get: () => require('dns/promises'),
});
Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), {
  value: (hostname, options) => require('dns/promises').lookup(hostname, options),
});
