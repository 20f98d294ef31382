// bluebird: promisified functions, cancelling, unhandled rejections through process events.
'use strict';

const assert = require('assert');
const Bluebird = require('bluebird');
const fs = Bluebird.promisifyAll(require('fs'));

let unhandled = 0;
process.on('unhandledRejection', () => unhandled++);
Bluebird.reject(new Error('nobody takes it'));
fs.readFileAsync(__filename, 'utf8')
  .then((text) => assert.match(text, /^\/\/ bluebird/))
  .then(() => Bluebird.map([1, 2, 3], (n) => Bluebird.delay(1, n * 2), { concurrency: 2 }))
  .then((list) => assert.deepStrictEqual(list, [2, 4, 6]))
  .then(() => Bluebird.delay(1000).timeout(5))
  .catch(Bluebird.TimeoutError, () => 'late')
  .then((word) => assert.strictEqual(word, 'late'));
process.on('exit', () => assert.strictEqual(unhandled, 1));
