// The name that tls had in 2010.
'use strict';

const tls = require('tls');

module.exports = {
  createSecurePair: (...args) => tls.createSecurePair(...args),
};
