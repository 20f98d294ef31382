// `node` without a script on a terminal, and `node -i`: a REPL with the settings of the environment.
'use strict';

const repl = require('repl');

const kHistorySize = 1000;

// Whether a variable says something, 0 and '' being nothing.
const isOn = (value) => value !== undefined && value !== '' && Number.parseInt(value, 10) !== 0;

// Makes a REPL and its history, then callback(error, repl). What `env` says comes before `options`.
function createInternalRepl(env, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, null];
  const settings = { ignoreUndefined: false, useGlobal: true, breakEvalOnSigint: true, allowBlockingCompletions: true, ...options };
  if (isOn(env.NODE_NO_READLINE)) settings.terminal = false;
  if (isOn(env.NODE_DISABLE_COLORS)) settings.useColors = false;
  settings.replMode = {
    strict: repl.REPL_MODE_STRICT, sloppy: repl.REPL_MODE_SLOPPY,
  }[String(env.NODE_REPL_MODE).trim().toLowerCase()];
  if (settings.replMode === undefined) delete settings.replMode;
  const size = Number(env.NODE_REPL_HISTORY_SIZE);
  settings.historySize = !Number.isNaN(size) && size > 0 ? size : kHistorySize;
  const server = repl.start({ ...settings, _isStandalone: true });
  // Only who types wants to see it again next time.
  const file = server.terminal ? env.NODE_REPL_HISTORY : '';
  server.setupHistory(file, callback);
}

function start() {
  const external = process.env.NODE_REPL_EXTERNAL_MODULE;
  if (external !== undefined && external !== '') {
    require('internal/modules/cjs').Module._load(external, undefined, true);
    return;
  }
  process.stdout.write(`Welcome to Node.js ${process.version}.\nType ".help" for more information.\n`);
  createInternalRepl(process.env, (error, server) => {
    if (error) throw error;
    server.on('exit', () => {
      if (server._flushing) {
        server.pause();
        server.once('flushHistory', () => process.exit());
      } else {
        process.exit();
      }
    });
  });
}

module.exports = { createInternalRepl, start };
