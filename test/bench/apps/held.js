// hello.js for connections that stay, in as many processes as the second argument says (1).
'use strict';

const cluster = require('cluster');
const http = require('http');

const processes = Number(process.argv[3] ?? 1);

if (processes > 1 && cluster.isPrimary) {
  for (let i = 0; i < processes; i++) cluster.fork();
} else {
  http.createServer({ keepAliveTimeout: 0 }, (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 12 });
    response.end('Hello World\n');
  }).listen(Number(process.argv[2]), '127.0.0.1');
}
