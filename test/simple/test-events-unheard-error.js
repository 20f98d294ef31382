// An 'error' that nobody listens for ends the process with a report of where it came from and was emitted.
'use strict';
require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');

const { status, stderr } = spawnSync(process.execPath, ['-e', `
  const EventEmitter = require('events');
  class Mine extends EventEmitter {}
  const error = new Error('unheard');
  error.code = 'EMINE';
  setImmediate(function emitting() { new Mine().emit('error', error); });
`], { encoding: 'utf8' });
assert.strictEqual(status, 1);
assert.match(stderr, /Unhandled 'error' event/);
assert.match(stderr, /\nError: unheard\n {4}at /);
assert.match(stderr, /\nEmitted 'error' event on Mine instance at:\n {4}at .*emitting/);
assert.match(stderr, /code: 'EMINE'/);
