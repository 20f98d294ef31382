// Pipes a file into each response; the second argument names it.
'use strict';

const fs = require('fs');
const http = require('http');

http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  fs.createReadStream(process.argv[3]).pipe(response);
}).listen(Number(process.argv[2]), '127.0.0.1');
