// Collects a body, answers with JSON that tells about it and a header field.
'use strict';

const http = require('http');

http.createServer((request, response) => {
  let length = 0;
  request.on('data', (chunk) => { length += chunk.length; });
  request.on('end', () => {
    const body = JSON.stringify({ length, agent: request.headers['user-agent'], url: request.url });
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
