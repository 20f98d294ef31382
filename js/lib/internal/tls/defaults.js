// tls: what holds unless a program says otherwise, and what its options and variables mean.
'use strict';

const { codes } = require('internal/errors');
const { getOption } = require('internal/options');

const versions = new Map([['TLSv1', 0x301], ['TLSv1.1', 0x302], ['TLSv1.2', 0x303], ['TLSv1.3', 0x304]]);

// Strong ones first; HIGH after them is for old peers.
const defaultCiphers = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'DHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA256',
  'DHE-RSA-AES256-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT', '!DES', '!RC4', '!MD5', '!PSK', '!SRP', '!CAMELLIA',
].join(':');

function minVersion() {
  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']) {
    if (getOption(`--tls-min-v1.${version === 'TLSv1' ? 0 : version.slice(-1)}`)) return version;
  }
  return 'TLSv1.2';
}

function maxVersion() {
  if (getOption('--tls-max-v1.3')) return 'TLSv1.3';
  return getOption('--tls-max-v1.2') ? 'TLSv1.2' : 'TLSv1.3';
}

const numberOf = (version, which, fallback) => {
  const number = versions.get(version ?? fallback);
  if (number === undefined) throw new codes.ERR_TLS_INVALID_PROTOCOL_VERSION(version ?? fallback, which);
  return number;
};

// A secureProtocol, OpenSSL's name of a method: [role, least, greatest], 0 for no limit. `least`: what holds otherwise.
function readMethod(name, least) {
  const match = /^(SSLv2|SSLv3|SSLv23|TLS|TLSv1|TLSv1_1|TLSv1_2)_(client_|server_)?method$/.exec(name);
  if (match === null) throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD(`Unknown method: ${name}`);
  const [, family, side] = match;
  if (family === 'SSLv2' || family === 'SSLv3') throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD(`${family} methods disabled`);
  const role = side === undefined ? 0 : side === 'server_' ? 1 : 2;
  // The name that is older than TLS 1.3 means all up to 1.2.
  if (family === 'SSLv23') return [role, least, 0x303];
  if (family === 'TLS') return [role, 0, 0x304];
  const version = { TLSv1: 0x301, TLSv1_1: 0x302, TLSv1_2: 0x303 }[family];
  return [role, version, version];
}

let warned = false;
function allowsUnauthorized() {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return false;
  if (!warned) {
    warned = true;
    process.emitWarning("Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' " +
      'makes TLS connections and HTTPS requests insecure by disabling certificate verification.');
  }
  return true;
}

module.exports = {
  allowsUnauthorized,
  builtInCiphers: defaultCiphers,
  defaultCiphers: () => getOption('--tls-cipher-list') ?? defaultCiphers,
  maxVersion,
  minVersion,
  numberOf,
  readMethod,
};
