// A heap snapshot as the stream that v8 and workers give out.
'use strict';

// All of it is there at the first read().
function toStream(bytes) {
  const { Readable } = require('stream');
  const stream = new Readable({ read() {} });
  stream.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  stream.push(null);
  return stream;
}

module.exports = { toStream };
