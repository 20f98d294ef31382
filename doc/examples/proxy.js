// A forward HTTP proxy that streams: requests for http:// URLs are passed on, CONNECT opens a tunnel.
// Try: node proxy.js 8125, then curl -x http://127.0.0.1:8125 http://127.0.0.1:8124/
'use strict';

const http = require('http');
const net = require('net');
const { pipeline } = require('stream');

const port = Number(process.argv[2] || 8125);

// Fields that speak of one connection, not of the message (RFC 9110, 7.6.1): a proxy keeps them.
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate',
                    'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

function endToEndHeaders(message) {
  const dropped = new Set(HOP_BY_HOP);
  for (const name of (message.headers.connection || '').split(',')) {
    dropped.add(name.trim().toLowerCase());
  }
  const headers = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (!dropped.has(name)) headers[name] = value;
  }
  headers.via = `${message.headers.via ? `${message.headers.via}, ` : ''}1.1 proxy.js`;
  return headers;
}

function refuse(response, status, why) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(`${why}\n`);
}

const server = http.createServer((request, response) => {
  let target;
  try {
    target = new URL(request.url);
  } catch {
    return refuse(response, 400, 'this is a proxy: ask for a whole URL');
  }
  if (target.protocol !== 'http:') return refuse(response, 501, `no proxy for ${target.protocol}`);

  const onward = http.request({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port || 80,
    path: target.pathname + target.search,
    method: request.method,
    headers: endToEndHeaders(request),
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.statusMessage, endToEndHeaders(answer));
    // Both pipes wait for their slower end; a failure or hang-up on one side ends the other.
    pipeline(answer, response, () => {});
  });
  pipeline(request, onward, (error) => {
    if (error) refuse(response, 502, `${target.host}: ${error.code || error.message}`);
  });
  response.on('close', () => {
    if (!response.writableFinished) onward.destroy();
  });
});

server.on('connect', (request, client, head) => {
  const [, host, targetPort] = /^\[?([^\]]*)\]?:(\d+)$/.exec(request.url) || [];
  if (host === undefined) return client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  let connected = false;
  const onward = net.connect(Number(targetPort), host, () => {
    connected = true;
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    onward.write(head);
    pipeline(client, onward, () => {});
    pipeline(onward, client, () => {});
  });
  onward.on('error', () => {
    if (connected) client.destroy();
    else client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  client.on('error', () => onward.destroy());
});

server.listen(port, '127.0.0.1', () => {
  console.log(`Proxy running at http://127.0.0.1:${server.address().port}/`);
});
