// winston: formats, levels, files.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const winston = require('winston');

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'winston-')), 'app.log');
const logger = winston.createLogger({
  level: 'info',
  format: winston.format.combine(winston.format.errors(), winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.File({ filename: file })],
});
logger.debug('hidden');
logger.info('started', { port: 80 });
logger.error(new Error('broken'));
logger.transports[0].on('finish', () => setTimeout(() => {
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.deepStrictEqual(lines.map(({ level, message }) => [level, message]), [['info', 'started'], ['error', 'broken']]);
  assert.strictEqual(lines[0].port, 80);
  fs.rmSync(path.dirname(file), { recursive: true });
}, 50));
logger.end();
