// A parse error says where in the input the line stands that caused it.
'use strict';
const assert = require('assert');
const http = require('http');
const net = require('net');

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n';
const server = net.createServer((socket) => {
  socket.resume();
  socket.end(answer);
}).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }).on('error', (error) => {
    assert.strictEqual(error.code, 'HPE_UNEXPECTED_CONTENT_LENGTH');
    assert.strictEqual(error.bytesParsed, answer.indexOf('Transfer-Encoding'));
    assert.strictEqual(error.rawPacket.toString(), answer);
    server.close();
  });
});
