// What the programs of servers share: asking one's own server, from start to end.
'use strict';

const http = require('http');

// Listens with `handler` (a function or a server), hands `ask(path, options)` to `use`, closes.
// ask() answers { status, headers, text }.
exports.withServer = async (handler, use) => {
  const server = typeof handler === 'function' ? http.createServer(handler) : handler;
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  const ask = (path, { body, ...options } = {}) => new Promise((done, fail) => {
    const request = http.request({ port, host: '127.0.0.1', path, agent: false, ...options }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
      });
    });
    request.on('error', fail);
    request.end(body);
  });
  try {
    await use(ask, port);
  } finally {
    await new Promise((done) => server.close(done));
  }
};
