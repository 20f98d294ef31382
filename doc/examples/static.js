// Serves the files of a folder: ranges, conditional requests, listings. Nothing outside the folder
// is served, be it by "..", by encoded slashes or by links. Try: node static.js 8126 /usr/share/doc
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');
const { pipeline } = require('stream');

const port = Number(process.argv[2] || 8126);
const root = fs.realpathSync(process.argv[3] || '.');

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.gif': 'image/gif', '.htm': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8', '.ico': 'image/x-icon', '.jpeg': 'image/jpeg', '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.mp4': 'video/mp4', '.pdf': 'application/pdf', '.png': 'image/png',
  '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
  '.webp': 'image/webp', '.xml': 'application/xml', '.zip': 'application/zip',
};

function answer(request, response, status, text, headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': Buffer.byteLength(text), ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function fail(request, response, error) {
  if (response.headersSent) return response.destroy();
  const status = { ENOENT: 404, ENOTDIR: 404, ELOOP: 404, ENAMETOOLONG: 414, EACCES: 403, EPERM: 403 }[error.code];
  answer(request, response, status || 500, `${http.STATUS_CODES[status || 500]}\n`);
}

// The path that a URL names below the root, or null when it is none that may be served.
function decodePath(url) {
  let name;
  try {
    name = decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return null;
  }
  if (!name.startsWith('/') || name.includes('\0') || name.split('/').includes('..')) return null;
  return name;
}

function isInside(file) {
  return file === root || file.startsWith(root === '/' ? root : `${root}/`);
}

// ---- Conditional requests and ranges (RFC 9110, 13 and 14) -----------------------------------

function isUnchanged(headers, etag, modified) {
  if (headers['if-none-match'] !== undefined) {
    return headers['if-none-match'].split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
  }
  // Dates in headers count whole seconds.
  const since = Date.parse(headers['if-modified-since']);
  return !Number.isNaN(since) && Math.floor(modified / 1000) * 1000 <= since;
}

// The one range that is asked for: { start, end }, inclusive; undefined for all of the file; null for
// a range that the file does not have. Several ranges at once are answered with all of it.
function findRange(headers, size, etag, modified) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range || '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag && condition !== new Date(modified).toUTCString()) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? null : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return undefined;
  return start >= size ? null : { start, end };
}

// ---- Files and directories -------------------------------------------------------------------

function sendFile(request, response, file, fd, stats) {
  const etag = `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs * 1000).toString(16)}"`;
  const headers = {
    'Accept-Ranges': 'bytes', 'ETag': etag, 'Last-Modified': stats.mtime.toUTCString(),
  };
  const stop = (status, more) => {
    fs.close(fd);
    response.writeHead(status, { ...headers, ...more });
    response.end();
  };
  if (isUnchanged(request.headers, etag, stats.mtimeMs)) return stop(304);
  const range = request.method === 'GET' ? findRange(request.headers, stats.size, etag, stats.mtimeMs) : undefined;
  if (range === null) return stop(416, { 'Content-Range': `bytes */${stats.size}`, 'Content-Length': 0 });
  headers['Content-Type'] = TYPES[path.extname(file).toLowerCase()] || 'application/octet-stream';
  headers['X-Content-Type-Options'] = 'nosniff';
  headers['Content-Length'] = range ? range.end - range.start + 1 : stats.size;
  if (range) headers['Content-Range'] = `bytes ${range.start}-${range.end}/${stats.size}`;
  if (request.method === 'HEAD' || headers['Content-Length'] === 0) return stop(200, headers);
  response.writeHead(range ? 206 : 200, headers);
  // Never more than was promised, should the file grow meanwhile.
  const { start, end } = range || { start: 0, end: stats.size - 1 };
  pipeline(fs.createReadStream(null, { fd, start, end }), response, (error) => {
    if (error) response.destroy();
  });
}

function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function sendListing(request, response, dir, name) {
  fs.readdir(dir, { withFileTypes: true }, (error, entries) => {
    if (error) return fail(request, response, error);
    const items = entries.map((entry) => {
      const shown = entry.isDirectory() ? `${entry.name}/` : entry.name;
      // "./" keeps names such as "javascript:x" names.
      return `<li><a href="./${escapeHtml(encodeURIComponent(entry.name))}${entry.isDirectory() ? '/' : ''}">` +
        `${escapeHtml(shown)}</a></li>`;
    });
    const title = escapeHtml(name);
    const up = name === '/' ? '' : '<li><a href="../">../</a></li>\n';
    answer(request, response, 200,
           `<!DOCTYPE html>\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n` +
           `<ul>\n${up}${items.join('\n')}\n</ul>\n`,
           { 'Content-Type': 'text/html; charset=utf-8' });
  });
}

function sendDirectory(request, response, dir, name) {
  if (!name.endsWith('/')) {
    // One slash at the front: "//host" would lead elsewhere.
    const location = `/${name.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/')}/`;
    return answer(request, response, 301, '', { Location: location });
  }
  fs.access(path.join(dir, 'index.html'), (error) => {
    if (error) sendListing(request, response, dir, name);
    else serve(request, response, `${name}index.html`);
  });
}

function serve(request, response, name) {
  // Links are followed first: what counts is where they lead.
  fs.realpath(path.join(root, name), (error, file) => {
    if (error) return fail(request, response, error);
    if (!isInside(file)) return answer(request, response, 403, 'Forbidden\n');
    // What is stat'ed is what is sent: the same open file. Without waiting, should it be a pipe.
    fs.open(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK, (error, fd) => {
      if (error) return fail(request, response, error);
      fs.fstat(fd, (error, stats) => {
        if (!error && stats.isFile() && !name.endsWith('/')) return sendFile(request, response, file, fd, stats);
        fs.close(fd);
        if (error) fail(request, response, error);
        else if (stats.isDirectory()) sendDirectory(request, response, file, name);
        else answer(request, response, stats.isFile() ? 404 : 403, 'No file to serve\n');
      });
    });
  });
}

const server = http.createServer((request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answer(request, response, 405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
  }
  const name = decodePath(request.url);
  if (name === null) return answer(request, response, 400, 'Bad Request\n');
  serve(request, response, name);
});

server.listen(port, '127.0.0.1', () => {
  console.log(`Serving ${root} at http://127.0.0.1:${server.address().port}/`);
});
