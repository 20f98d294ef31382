// Answers every HTTP request with "Hello World". Try: curl -i http://127.0.0.1:8124/
'use strict';

const http = require('http');

const port = Number(process.argv[2] || 8124);

const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.end('Hello World\n');
});

server.listen(port, '127.0.0.1', () => {
  console.log(`Server running at http://127.0.0.1:${server.address().port}/`);
});
