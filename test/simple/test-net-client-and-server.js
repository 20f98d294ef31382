// net: connecting in every form, addresses, half-close in both directions, large data with back-pressure.
'use strict';
const { mustCall, mustNotCall, tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const { spawnSync } = require('child_process');

// Both ends' addresses; events in order.
{
  const events = [];
  const server = net.createServer(mustCall((socket) => {
    assert.strictEqual(socket.remoteAddress, '127.0.0.1');
    assert.strictEqual(socket.localPort, server.address().port);
    assert.deepStrictEqual([socket.remoteFamily, socket.localFamily], ['IPv4', 'IPv4']);
    socket.on('end', () => events.push('server end'));
    socket.resume();
  }));
  server.listen(0, '127.0.0.1', mustCall(() => {
    assert.deepStrictEqual(server.address(), { address: '127.0.0.1', family: 'IPv4', port: server.address().port });
    const socket = net.connect(server.address().port, '127.0.0.1');
    assert.deepStrictEqual([socket.connecting, socket.pending, socket.readyState], [true, true, 'opening']);
    socket.on('connect', () => events.push('connect')).on('ready', () => {
      events.push('ready');
      assert.deepStrictEqual([socket.connecting, socket.pending, socket.readyState], [false, false, 'open']);
      assert.strictEqual(socket.remotePort, server.address().port);
      socket.end('bye');
    });
    socket.on('close', mustCall((hadError) => {
      events.push(`close ${hadError}`);
      assert.deepStrictEqual([socket.bytesWritten, socket.readyState, socket.destroyed], [3, 'closed', true]);
      server.close(mustCall(() => {
        assert.deepStrictEqual(events, ['connect', 'ready', 'server end', 'close false']);
      }));
    }));
  }));
}

// Half-close: the server goes on sending after the client has ended.
{
  const server = net.createServer({ allowHalfOpen: true }, mustCall((socket) => {
    let got = '';
    socket.on('data', (chunk) => got += chunk);
    socket.on('end', mustCall(() => {
      assert.strictEqual(got, 'question');
      socket.write('first ');
      setImmediate(() => socket.end('second'));
    }));
  }));
  server.listen(0, mustCall(() => {
    const socket = net.connect({ port: server.address().port, host: 'localhost' });
    let got = '';
    socket.setEncoding('utf8').on('data', (text) => got += text);
    socket.end('question');
    socket.on('close', mustCall(() => {
      assert.strictEqual(got, 'first second');
      server.close();
    }));
  }));
}

// A slow reader holds the writer back: write() says false, 'drain' says when to go on, nothing is lost.
{
  const total = 8 * 1024 * 1024;
  const server = net.createServer(mustCall((socket) => {
    let got = 0;
    socket.pause();
    setTimeout(() => socket.resume(), 20);
    socket.on('data', (chunk) => got += chunk.length);
    socket.on('end', mustCall(() => {
      assert.strictEqual(got, total);
      assert.strictEqual(socket.bytesRead, total);
      server.close();
    }));
  }));
  server.listen(0, '127.0.0.1', mustCall(() => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let left = total;
    let refused = 0;
    (function more() {
      while (left > 0) {
        left -= 65536;
        if (!socket.write(Buffer.alloc(65536, 97))) {
          refused++;
          socket.once('drain', more);
          return;
        }
      }
      assert.ok(refused > 0);
      assert.ok(socket.bufferSize >= 0);
      socket.end();
    })();
  }));
}

// UNIX sockets; a stale one is replaced, a live one is not.
{
  tmpdir.refresh();
  const path = tmpdir.join('socket');
  const server = net.createServer((socket) => socket.end('unix'));
  server.listen(path, mustCall(() => {
    assert.strictEqual(server.address(), path);
    const second = net.createServer(mustNotCall());
    second.listen(path);
    second.on('error', mustCall((error) => {
      assert.deepStrictEqual([error.code, error.syscall, error.address], ['EADDRINUSE', 'listen', path]);
      let got = '';
      // A file that a dead server has left behind is in nobody's way.
      net.connect(path).on('data', (chunk) => got += chunk).on('close', mustCall(() => {
        assert.strictEqual(got, 'unix');
        server.close(mustCall(() => {
          assert.strictEqual(fs.existsSync(path), false);
          const code = `net.createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
          spawnSync(process.execPath, ['-e', `const net = require('net'); ${code}`]);
          assert.strictEqual(fs.existsSync(path), true);
          const third = net.createServer().listen(path, mustCall(() => third.close()));
        }));
      }));
    }));
  }));
}

// Writes before the connection is there wait for it, in order, in all encodings.
{
  const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', mustCall(() => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    assert.strictEqual(socket.write('a\u00e9', 'latin1'), false);
    socket.write('6162', 'hex');
    socket.write('Y2Q=', 'base64');
    socket.write(Buffer.from('e'));
    socket.end('\u00e9', 'utf8', mustCall());
    let got = Buffer.alloc(0);
    socket.on('data', (chunk) => got = Buffer.concat([got, chunk]));
    socket.on('close', mustCall(() => {
      assert.strictEqual(got.toString('latin1'), 'a\u00e9abcde\u00c3\u00a9');
      server.close();
    }));
  }));
}
