// cluster: many processes that serve the same ports.
'use strict';

module.exports = require(require('internal/net').shared.isWorker ? 'internal/cluster/child' : 'internal/cluster/primary');
