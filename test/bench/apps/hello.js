// What `make bench` serves: node's own API, as a program would use it.
'use strict';

const http = require('http');

http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 12 });
  response.end('Hello World\n');
}).listen(Number(process.argv[2]), '127.0.0.1');
