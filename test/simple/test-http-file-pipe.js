// Files that are piped into responses arrive whole, whatever happens on the way.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');

const size = 3000000;
const content = Buffer.alloc(size);
for (let i = 0; i < size; i += 4) content.writeUInt32LE(i * 2654435761 % 4294967296, i);
const file = path.join(common.tmpdir.refresh(), 'content');
fs.writeFileSync(file, content);
const open = (options) => fs.createReadStream(file, options);

// path -> [what the server does, the body that must come]
const cases = {
  '/plain': [(request, response) => open().pipe(response), content],
  '/length': [(request, response) => {
    response.setHeader('Content-Length', size);
    open().pipe(response);
  }, content],
  '/range': [(request, response) => open({ start: 100001, end: 400000 }).pipe(response), content.subarray(100001, 400001)],
  '/head': [(request, response) => {
    response.write('head,');
    open({ end: 9 }).pipe(response, { end: false }).on('unpipe', () => response.end(',tail'));
  }, Buffer.concat([Buffer.from('head,'), content.subarray(0, 10), Buffer.from(',tail')])],
  '/heard': [(request, response) => {
    let heard = 0;
    open().on('data', (piece) => { heard += piece.length; })
      .on('end', common.mustCall(() => assert.strictEqual(heard, size)))
      .pipe(response);
  }, content],
  '/late-listener': [(request, response) => {
    const stream = open();
    let heard = 0;
    stream.pipe(response);
    stream.once('open', () => setImmediate(() => stream.on('data', (piece) => { heard += piece.length; })));
    stream.on('end', common.mustCall(() => assert.ok(heard <= size)));
  }, content],
  '/replaced-write': [(request, response) => {
    const { write } = response;
    let written = 0;
    response.write = function(piece, ...rest) {
      written += piece.length;
      return write.call(this, piece, ...rest);
    };
    response.on('finish', common.mustCall(() => assert.strictEqual(written, size)));
    open().pipe(response);
  }, content],
  '/interrupted': [(request, response) => {
    const stream = open();
    stream.pipe(response);
    stream.once('open', () => setImmediate(() => {
      stream.unpipe(response);
      setImmediate(() => stream.pipe(response));
    }));
  }, content],
  '/paused': [(request, response) => {
    const stream = open();
    stream.pipe(response);
    stream.once('open', () => setImmediate(() => {
      stream.pause();
      setImmediate(() => stream.resume());
    }));
  }, content],
  '/empty': [(request, response) => open({ start: size }).pipe(response), Buffer.alloc(0)],
  '/counted': [(request, response) => {
    const stream = open();
    const { socket } = response;
    const before = socket.bytesWritten;
    stream.pipe(response);
    stream.on('close', common.mustCall(() => {
      assert.strictEqual(stream.bytesRead, size);
      assert.ok(socket.bytesWritten - before > size);
      assert.ok(socket.bytesRead > 0);
    }));
  }, content],
};

const server = http.createServer((request, response) => cases[request.url][0](request, response));
const paths = Object.keys(cases);

function get(agent, url, slow, done) {
  http.get({ agent, port: server.address().port, path: url }, common.mustCall((response) => {
    const pieces = [];
    response.on('data', (piece) => {
      pieces.push(piece);
      if (!slow) return;
      response.pause();
      setTimeout(() => response.resume(), 1);
    });
    response.on('end', common.mustCall(() => {
      assert.ok(Buffer.concat(pieces).equals(cases[url][1]), url);
      done();
    }));
  }));
}

server.listen(0, '127.0.0.1', common.mustCall(() => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let left = paths.length * 2;
  const done = () => {
    if (--left > 0) return;
    agent.destroy();
    abort();
  };
  for (const url of paths) {
    get(agent, url, false, done);
    get(undefined, url, true, done);
  }
}));

// A peer that goes away in the middle: stream and descriptor go as with any pipe.
function abort() {
  cases['/aborted'] = [common.mustCall((request, response) => {
    const stream = open();
    stream.pipe(response);
    response.on('close', common.mustCall(() => {
      stream.on('close', common.mustCall(() => server.close()));
      stream.destroy();
    }));
  })];
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.write('GET /aborted HTTP/1.1\r\nHost: a\r\n\r\n');
    socket.once('data', () => socket.resetAndDestroy());
  });
}
