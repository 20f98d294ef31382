// tls: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

module.exports = {
  ...functions('tls', ['connect', 'createServer', 'createSecureContext', 'checkServerIdentity', 'createSecurePair', 'getCiphers',
                       'Server', 'TLSSocket', 'SecureContext', 'SecurePair']),
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  rootCertificates: [],
};
