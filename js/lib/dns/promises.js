// dns/promises: the same questions, answered by promises.
'use strict';

const dns = require('dns');
const { ERR_MISSING_ARGS } = require('internal/errors').codes;

// A promise of what `start` passes to its callback; what is thrown at once is thrown.
function promised(start, convert = (value) => value) {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = (error, ...results) => (error ? reject(error) : resolve(convert(...results)));
  });
  start(settle);
  return promise;
}

function lookup(hostname, options) {
  return promised((callback) => dns.lookup(hostname, options, callback),
                  (address, family) => (options?.all ? address : { address, family }));
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new ERR_MISSING_ARGS('address', 'port');
  return promised((callback) => dns.lookupService(address, port, callback), (hostname, service) => ({ hostname, service }));
}

function question(name, ask) {
  return { [name](...args) {
    return promised((callback) => Reflect.apply(ask, this, [...args, callback]));
  } }[name];
}

class Resolver extends dns.Resolver {}

module.exports = { lookup, lookupService, Resolver, getServers: dns.getServers, setServers: dns.setServers,
                   setDefaultResultOrder: dns.setDefaultResultOrder, getDefaultResultOrder: dns.getDefaultResultOrder };

for (const name of Object.keys(dns)) {
  // The error codes.
  if (typeof dns[name] === 'string') module.exports[name] = dns[name];
  if (!name.startsWith('resolve') && name !== 'reverse') continue;
  module.exports[name] = question(name, dns[name]);
  const own = question(name, dns.Resolver.prototype[name]);
  Object.defineProperty(Resolver.prototype, name, { value: own, writable: true, configurable: true, enumerable: false });
}
