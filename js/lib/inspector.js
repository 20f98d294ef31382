// inspector: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

module.exports = { ...functions('inspector', ['open', 'Session', 'waitForDebugger']), close() {}, url: () => undefined };
