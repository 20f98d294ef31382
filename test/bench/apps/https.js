// hello.js over TLS, and a large body at /large: port, key and certificate files.
'use strict';

const fs = require('fs');
const https = require('https');

const [port, key, cert] = process.argv.slice(2);
const large = Buffer.alloc(16 << 20, 'x');

https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (request, response) => {
  const body = request.url === '/large' ? large : 'Hello World\n';
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length });
  response.end(body);
}).listen(Number(port), '127.0.0.1');
