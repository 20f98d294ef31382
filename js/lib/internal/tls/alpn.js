// tls: lists of application protocols (RFC 7301), each after a byte with its length.
'use strict';

const { codes } = require('internal/errors');

function encode(protocols) {
  return Buffer.concat(protocols.map((name, i) => {
    const bytes = Buffer.from(name);
    if (bytes.length > 255) {
      throw new codes.ERR_OUT_OF_RANGE(`The byte length of the protocol at index ${i} exceeds the maximum length.`, '<= 255', bytes.length,
                                       true);
    }
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  }));
}

function decode(list) {
  const names = [];
  for (let at = 0; at < list.length; at += list[at] + 1) names.push(list.toString('latin1', at + 1, at + 1 + list[at]));
  return names;
}

// Puts the list into out.ALPNProtocols as bytes.
function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) out.ALPNProtocols = encode(protocols);
  else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(new Uint8Array(protocols.buffer, protocols.byteOffset, protocols.byteLength));
  }
}

module.exports = { convertALPNProtocols, decode };
