// 'http' entries for perf_hooks, made from the diagnostics channels: nothing is measured before somebody observes.
'use strict';

const { subscribe } = require('diagnostics_channel');

const starts = new WeakMap(); // by request

function headersOf(message) {
  return message.headers ?? message.getHeaders();
}

// Calls `report(name, startTime, duration, detail)` for every exchange that begins from now on.
function follow(now, report) {
  const onStart = ({ request }) => { starts.set(request, now()); };
  const finish = (name, urlOf) => ({ request, response }) => {
    const start = starts.get(request);
    if (start === undefined) return;
    starts.delete(request);
    report(name, start, now() - start, {
      req: { method: request.method, url: urlOf(request), headers: headersOf(request) },
      res: { statusCode: response.statusCode, statusMessage: response.statusMessage, headers: headersOf(response) },
    });
  };
  subscribe('http.server.request.start', onStart);
  subscribe('http.server.response.finish', finish('HttpRequest', (request) => request.url));
  subscribe('http.client.request.start', onStart);
  subscribe('http.client.response.finish', finish('HttpClient', (request) =>
    `${request.protocol}//${request.host}${request.path}`));
}

module.exports = { follow };
