// tls: encrypted connections over sockets and other streams. The parts are in internal/tls.
'use strict';

require('internal/util').assertCrypto();

const { deprecate } = require('internal/util');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { SecureContext, createSecureContext, rootCertificates } = require('internal/tls/context');
const { connect } = require('internal/tls/connect');
const { defaultCiphers, maxVersion, minVersion } = require('internal/tls/defaults');
const { checkServerIdentity } = require('internal/tls/identity');
const { Server, createServer } = require('internal/tls/server');
const { TLSSocket } = require('internal/tls/socket');

let ciphers;
function getCiphers() {
  ciphers ??= [...new Set(internalBinding('tls').getCiphers().map((name) => name.toLowerCase()))].sort();
  return [...ciphers];
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: defaultCiphers(),
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: minVersion(),
  DEFAULT_MAX_VERSION: maxVersion(),
  Server,
  TLSSocket,
  SecureContext,
  checkServerIdentity,
  connect,
  convertALPNProtocols,
  createSecureContext,
  createServer,
  getCiphers,
};
Object.defineProperty(module.exports, 'rootCertificates', { configurable: false, enumerable: true, get: rootCertificates });

// ---- Old names ---------------------------------------------------------------------------------

const { SecurePair, createSecurePair } = require('internal/tls/old');
module.exports.SecurePair = SecurePair;
module.exports.createSecurePair = deprecate(createSecurePair, 'tls.createSecurePair() is deprecated. Please use tls.TLSSocket instead.',
                                            'DEP0064');
