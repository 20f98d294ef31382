// tls: --tls-keylog, a file that gets the keys of all connections.
'use strict';

const { getOption } = require('internal/options');

const path = () => getOption('--tls-keylog');

let warned = false;
function write(line) {
  const file = path();
  if (!file) return;
  if (!warned) {
    warned = true;
    process.emitWarning('Using --tls-keylog makes TLS connections insecure by writing secret key material to file ' + file);
  }
  require('fs').appendFileSync(file, line, { mode: 0o600 });
}

module.exports = { isWanted: () => Boolean(path()), write };
