// async: queues, parallel work with limits, waterfalls.
'use strict';

const assert = require('assert');
const fs = require('fs');
const async = require('async');

let running = 0;
let most = 0;
async.mapLimit([1, 2, 3, 4, 5], 2, (n, done) => {
  most = Math.max(most, ++running);
  setTimeout(() => {
    running--;
    done(null, n * n);
  }, 2);
}).then((squares) => {
  assert.deepStrictEqual(squares, [1, 4, 9, 16, 25]);
  assert.strictEqual(most, 2);
});
async.waterfall([
  (done) => fs.readFile(__filename, 'utf8', done),
  (text, done) => done(null, text.length),
], (error, length) => assert.strictEqual(length, fs.statSync(__filename).size));
const queue = async.queue((task, done) => setImmediate(done), 3);
const done = [];
for (let i = 0; i < 10; i++) queue.push(i, () => done.push(i));
queue.drain(() => assert.strictEqual(done.length, 10));
