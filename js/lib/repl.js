// repl: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

module.exports = functions('repl', ['start', 'REPLServer', 'Recoverable']);
