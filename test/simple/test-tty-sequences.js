// What cursorTo and its like write, and how many colours an environment promises.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { WriteStream, ReadStream, isatty } = require('tty');

const written = [];
const fake = Object.assign(Object.create(WriteStream.prototype), {
  write(text, callback) {
    written.push(text);
    if (callback) callback();
    return true;
  },
});
const sequence = (name, ...args) => {
  written.length = 0;
  assert.strictEqual(fake[name](...args), true);
  return written.join('');
};
assert.strictEqual(sequence('cursorTo', 0), '\x1b[1G');
assert.strictEqual(sequence('cursorTo', 4, 2), '\x1b[3;5H');
assert.strictEqual(sequence('moveCursor', -2, 3), '\x1b[2D\x1b[3B');
assert.strictEqual(sequence('moveCursor', 2, -3), '\x1b[2C\x1b[3A');
assert.strictEqual(sequence('moveCursor', 0, 0, mustCall()), '');
assert.strictEqual(sequence('clearLine', -1), '\x1b[1K');
assert.strictEqual(sequence('clearLine', 1), '\x1b[0K');
assert.strictEqual(sequence('clearLine', 0, mustCall()), '\x1b[2K');
assert.strictEqual(sequence('clearScreenDown', mustCall()), '\x1b[0J');
assert.strictEqual(sequence('cursorTo', 1, mustCall()), '\x1b[2G');
assert.throws(() => fake.cursorTo(NaN), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fake.cursorTo('1', 2), { code: 'ERR_INVALID_CURSOR_POS' });
assert.throws(() => fake.clearLine(0, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });

for (const [env, depth] of [
  [{}, 1], [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 1], [{ TERM: 'xterm' }, 4], [{ TERM: 'xterm-256color' }, 8],
  [{ COLORTERM: 'truecolor' }, 24], [{ COLORTERM: '24bit' }, 24], [{ TERM: 'xterm', NO_COLOR: '1' }, 1],
  [{ FORCE_COLOR: '0', COLORTERM: 'truecolor' }, 1], [{ FORCE_COLOR: '3', TERM: 'dumb' }, 24], [{ FORCE_COLOR: '' }, 4],
  [{ CI: '1', TERM: 'xterm' }, 1], [{ CI: '1', GITHUB_ACTIONS: '1' }, 8], [{ TMUX: '1' }, 8], [{ TERM: 'mosh' }, 24],
]) {
  assert.strictEqual(fake.getColorDepth(env), depth, JSON.stringify(env));
}
assert.strictEqual(fake.hasColors({ TERM: 'xterm' }), true);
assert.strictEqual(fake.hasColors(256, { TERM: 'xterm' }), false);
assert.strictEqual(fake.hasColors(256, { TERM: 'xterm-256color' }), true);
assert.throws(() => fake.hasColors(1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fake.hasColors('16'), { code: 'ERR_INVALID_ARG_TYPE' });

for (const bad of [-1, 1.5, 'x', undefined, 2 ** 31]) {
  assert.strictEqual(isatty(bad), false);
  assert.throws(() => new WriteStream(bad), { code: 'ERR_INVALID_FD' });
  assert.throws(() => ReadStream(bad), { code: 'ERR_INVALID_FD' });
}
