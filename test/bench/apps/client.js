// 64 requests in flight through one keep-alive agent, for the seconds that the second argument
// says; prints requests per second.
'use strict';

const http = require('http');

const port = Number(process.argv[2]);
const seconds = Number(process.argv[3]);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
let done = 0;
let started = 0;
let stopped = false;

function one() {
  const request = http.request({ host: '127.0.0.1', port, agent, path: '/' }, (response) => {
    response.on('data', () => {});
    response.on('end', () => {
      ++done;
      if (!stopped) one();
    });
  });
  request.on('error', (error) => { throw error; });
  request.end();
}

for (let i = 0; i < 64; ++i) one();
setTimeout(() => {
  started = Date.now();
  done = 0;
}, 1000);
setTimeout(() => {
  console.log(done * 1000 / (Date.now() - started));
  stopped = true;
  setTimeout(() => process.exit(), 200);
}, 1000 + seconds * 1000);
