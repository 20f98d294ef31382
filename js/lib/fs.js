// fs: files. The work is in internal/fs/; this is the list of what programs see.
'use strict';

const { defineLazyProperties } = require('internal/util');
const callbacks = require('internal/fs/callback');
const sync = require('internal/fs/sync');
const { Dir, Dirent } = require('internal/fs/dir');
const { Stats } = require('internal/fs/stats');
const { constants, toUnixTimestamp } = require('internal/fs/utils');

module.exports = exports = {
  ...callbacks,
  ...sync,
  Dir,
  Dirent,
  Stats,
  constants,
  // Linux has none; programs look whether it is there.
  lchmod: undefined,
  lchmodSync: undefined,
  _toUnixTimestamp: toUnixTimestamp,
};

for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) {
  exports[name] = constants[name];
}

defineLazyProperties(exports, 'internal/fs/streams', [
  'ReadStream', 'WriteStream', 'createReadStream', 'createWriteStream',
]);
defineLazyProperties(exports, 'internal/fs/watchers', ['watch', 'watchFile', 'unwatchFile']);

Object.defineProperty(exports, 'promises', {
  enumerable: true,
  configurable: true,
  get() {
    return require('internal/fs/promises');
  },
});

// ---- Old names -------------------------------------------------------------------------------

for (const [old, name] of [['FileReadStream', 'ReadStream'], ['FileWriteStream', 'WriteStream']]) {
  Object.defineProperty(exports, old, {
    enumerable: true,
    configurable: true,
    get() {
      return exports[name];
    },
    set(value) {
      Object.defineProperty(exports, old, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

// sendfile(outFd, inFd, inOffset, length): copies between descriptors, returns the bytes sent.
exports.sendfileSync = function sendfileSync(outFd, inFd, inOffset, length) {
  const buffer = require('buffer').Buffer.allocUnsafe(Math.min(length, 0x10000));
  let sent = 0;
  while (sent < length) {
    const n = sync.readSync(inFd, buffer, 0, Math.min(buffer.length, length - sent), inOffset + sent);
    if (n === 0) break;
    for (let at = 0; at < n;) at += sync.writeSync(outFd, buffer, at, n - at, null);
    sent += n;
  }
  return sent;
};

exports.sendfile = function sendfile(outFd, inFd, inOffset, length, callback) {
  const buffer = require('buffer').Buffer.allocUnsafe(Math.min(length, 0x10000));
  const done = typeof callback === 'function' ? callback : () => {};
  let sent = 0;
  (function readMore() {
    if (sent >= length) return void process.nextTick(done, null, sent);
    callbacks.read(inFd, buffer, 0, Math.min(buffer.length, length - sent), inOffset + sent, (error, n) => {
      if (error) return done(error);
      if (n === 0) return done(null, sent);
      (function writeMore(at) {
        if (at === n) {
          sent += n;
          return readMore();
        }
        callbacks.write(outFd, buffer, at, n - at, null, (failed, written) => {
          if (failed) done(failed);
          else writeMore(at + written);
        });
      })(0);
    });
  })();
};
