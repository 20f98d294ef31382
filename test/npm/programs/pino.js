// pino: lines of JSON to a stream and to a file.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const pino = require('pino');

const lines = [];
const logger = pino({ level: 'info', base: null }, { write: (line) => lines.push(JSON.parse(line)) });
logger.child({ request: 7 }).warn({ a: 1 }, 'careful %s', 'now');
logger.debug('hidden');
assert.strictEqual(lines.length, 1);
assert.deepStrictEqual([lines[0].request, lines[0].a, lines[0].msg], [7, 1, 'careful now']);

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'pino-')), 'log');
const destination = pino.destination({ dest: file, sync: false });
const toFile = pino(destination);
destination.on('ready', () => {
  for (let i = 0; i < 100; i++) toFile.info(`line ${i}`);
  destination.end();
});
destination.on('close', () => {
  assert.strictEqual(fs.readFileSync(file, 'utf8').trim().split('\n').length, 100);
  fs.rmSync(path.dirname(file), { recursive: true });
});
