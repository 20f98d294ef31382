// dns/promises: the same questions, answered by promises.
'use strict';

const dns = require('dns');

function lookup(hostname, options) {
  return new Promise((resolve, reject) => {
    dns.lookup(hostname, options, (error, address, family) => {
      if (error) reject(error);
      else resolve(options?.all ? address : { address, family });
    });
  });
}

function lookupService(address, port) {
  return new Promise((resolve, reject) => {
    dns.lookupService(address, port, (error, hostname, service) => (error ? reject(error) : resolve({ hostname, service })));
  });
}

function promised(ask) {
  return function(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(ask, this, [...args, (error, answer) => (error ? reject(error) : resolve(answer))]);
    });
  };
}

class Resolver extends dns.Resolver {}

module.exports = { lookup, lookupService, Resolver, getServers: dns.getServers, setServers: dns.setServers,
                   setDefaultResultOrder: dns.setDefaultResultOrder, getDefaultResultOrder: dns.getDefaultResultOrder };

for (const name of Object.keys(dns)) {
  // The error codes.
  if (typeof dns[name] === 'string') module.exports[name] = dns[name];
  if (!name.startsWith('resolve') && name !== 'reverse') continue;
  module.exports[name] = promised(dns[name]);
  Resolver.prototype[name] = promised(dns[name]);
}
