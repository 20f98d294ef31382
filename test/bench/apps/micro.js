// Small things that programs do often. Prints a line each: name, operations per second.
'use strict';

const childProcess = require('child_process');
const EventEmitter = require('events');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Readable, Writable } = require('stream');
const url = require('url');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const fileName = (i) => path.join(folder, `f${i % 200}`);
for (let i = 0; i < 200; ++i) fs.writeFileSync(fileName(i), Buffer.alloc(1024));
let sink = 0;

function seconds() {
  const [whole, nano] = process.hrtime();
  return whole + nano / 1e9;
}

// Each takes a callback; `count` operations are done when it is called.
const rows = [
  ['process.nextTick', 1000000, (count, done) => {
    (function again() { if (--count === 0) done(); else process.nextTick(again); })();
  }],
  ['setImmediate', 200000, (count, done) => {
    (function again() { if (--count === 0) done(); else setImmediate(again); })();
  }],
  ['setTimeout', 200000, (count, done) => {
    let left = count;
    for (let i = 0; i < count; ++i) setTimeout(() => { if (--left === 0) done(); }, i % 10);
  }],
  ['emitter.emit', 5000000, (count, done) => {
    const emitter = new EventEmitter();
    emitter.on('a', (value) => { sink += value; });
    for (let i = 0; i < count; ++i) emitter.emit('a', 1);
    done();
  }],
  ['Buffer.from(string)', 2000000, (count, done) => {
    for (let i = 0; i < count; ++i) sink += Buffer.from(`hello world ${i & 63}`).length;
    done();
  }],
  ['buffer.toString, 256 B', 1000000, (count, done) => {
    const buffer = Buffer.alloc(256, 97);
    for (let i = 0; i < count; ++i) sink += buffer.toString('latin1').length;
    done();
  }],
  ['url.parse', 200000, (count, done) => {
    for (let i = 0; i < count; ++i) {
      sink += url.parse(`http://user:pw@example.com:8080/p/a/t/h?query=${i}#hash`).pathname.length;
    }
    done();
  }],
  ['stream pipe, 64 B chunks', 200000, (count, done) => {
    let i = 0;
    const source = new Readable({ read() { this.push(i++ < count ? Buffer.allocUnsafe(64) : null); } });
    source.pipe(new Writable({ write(chunk, encoding, callback) { callback(); } })).on('finish', done);
  }],
  ['fs.readFileSync, 1 KB', 40000, (count, done) => {
    for (let i = 0; i < count; ++i) fs.readFileSync(fileName(i));
    done();
  }],
  ['fs.readFile, 1 KB, 16 at once', 20000, (count, done) => {
    atOnce(16, count, (i, next) => fs.readFile(fileName(i), next), done);
  }],
  ['fs.stat, 16 at once', 40000, (count, done) => {
    atOnce(16, count, (i, next) => fs.stat(folder, next), done);
  }],
  ['spawn /bin/true', 50, (count, done) => {
    atOnce(1, count, (i, next) => childProcess.spawn('/bin/true').on('exit', () => next()), done);
  }],
];

function atOnce(width, count, operation, done) {
  let started = 0;
  let left = count;
  function next(error) {
    if (error) throw error;
    if (--left === 0) done();
    else if (started < count) operation(started++, next);
  }
  while (started < width) operation(started++, next);
}

(function go() {
  const row = rows.shift();
  if (!row) {
    fs.rmSync(folder, { recursive: true });
    if (sink === 0) throw new Error('nothing was done');
    return;
  }
  const [name, count, run] = row;
  const start = seconds();
  run(count, () => {
    console.log(`${name}\t${Math.round(count / (seconds() - start))}`);
    setImmediate(go);
  });
})();
