// Servers and sockets travel to a child with a message; nothing is lost, in order, while a handle is on its way.
'use strict';
const common = require('../common');
const assert = require('assert');
const net = require('net');
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  const order = [];
  process.on('message', (message, handle) => {
    order.push(message);
    if (message === 'server') {
      handle.on('connection', (socket) => {
        socket.end('from the child');
        handle.close();
      });
      process.send('listening');
    } else if (message === 'socket') {
      handle.end('handed over');
    } else if (message === 'end') {
      process.send(order);
      process.disconnect();
    }
  });
  return;
}

const child = fork(__filename, ['child']);
const server = net.createServer(common.mustNotCall());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  assert.strictEqual(child.send('server', server, common.mustCall((error) => assert.strictEqual(error, null))), true);
  // The first waits for the acknowledgement, the second asks for patience.
  assert.strictEqual(child.send('first'), true);
  assert.strictEqual(child.send('second'), false);
  assert.throws(() => child.send('bad', new Map()), { code: 'ERR_INVALID_HANDLE_TYPE' });
  child.once('message', common.mustCall((message) => {
    assert.strictEqual(message, 'listening');
    server.close();
    read(port, common.mustCall((text) => {
      assert.strictEqual(text, 'from the child');
      sendSocket();
    }));
  }));
});

function read(port, callback) {
  let text = '';
  net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => callback(text));
}

function sendSocket() {
  const other = net.createServer({ pauseOnConnect: true }, common.mustCall((socket) => {
    child.send('socket', socket);
    child.send('end');
    other.close();
  }));
  other.listen(0, '127.0.0.1', () => read(other.address().port, common.mustCall((text) => {
    assert.strictEqual(text, 'handed over');
  })));
  child.once('message', common.mustCall((order) => {
    assert.deepStrictEqual(order, ['server', 'first', 'second', 'socket', 'end']);
  }));
  child.on('disconnect', common.mustCall());
  child.on('exit', common.mustCall((code) => {
    assert.strictEqual(code, 0);
    assert.strictEqual(child.send('late', common.mustCall((error) => {
      assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED');
    })), false);
  }));
}
