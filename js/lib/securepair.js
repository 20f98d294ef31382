// The name that tls had in 2010.
'use strict';

require('internal/util').assertCrypto();

const { createSecurePair } = require('internal/tls/old');

module.exports = { createSecurePair };
