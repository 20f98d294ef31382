// dgram: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

module.exports = functions('dgram', ['createSocket', 'Socket']);
