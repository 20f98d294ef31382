// What all parts of http share: tables, header checks, the bits that C++ and JavaScript agree on.
'use strict';

const { codes } = require('internal/errors');
const { validateArray } = require('internal/validators');

// The order is that of http::Method.
const methods = [
  'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK',
  'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH',
  'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE',
  'SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
];

const STATUS_CODES = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: 'I\'m a Teapot',
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

// Bits of a parsed head; bind_http.cc has the same.
const head = {
  kMinor: 1, // HTTP/1.1 rather than 1.0
  kKeepAlive: 2,
  kUpgrade: 4,
  kExpectContinue: 8,
  kExpectOther: 16,
  kHasHost: 32,
  kBodyless: 64,
  kChunked: 128,
};

// Bits of a response head that C++ completes; http/writer.h and bind_http.cc have the same.
const add = {
  kDate: 1,
  kKeepAlive: 2,
  kClose: 4,
  kKeepAliveTimeout: 8,
  kContentLength: 16,
  kChunked: 32,
  kMaxRequests: 64,
  kLast: 256, // the response is complete with this call
  kLatin1: 512, // the body is a string to be written as one byte a character
  kCloseAfter: 1024,
  kFramed: 2048, // the body goes out in chunks, whoever said so in the head
};

// Events of Parser.next(): the low three bits of its answer.
const event = { kMore: 0, kHead: 1, kBody: 2, kEnd: 3, kError: 4 };

// What a header does to the message that carries it.
const seen = {
  kConnection: 1,
  kConnectionClose: 2,
  kConnectionUpgrade: 4,
  kContentLength: 8,
  kTransferEncoding: 16,
  kChunked: 32,
  kDate: 64,
  kExpect: 128,
  kTrailer: 256,
  kKeepAlive: 512,
  kUpgrade: 1024,
};

const special = new Map([
  ['connection', seen.kConnection],
  ['content-length', seen.kContentLength],
  ['transfer-encoding', seen.kTransferEncoding],
  ['date', seen.kDate],
  ['expect', seen.kExpect],
  ['trailer', seen.kTrailer],
  ['keep-alive', seen.kKeepAlive],
  ['upgrade', seen.kUpgrade],
]);

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const badValuePattern = /[^\t\x20-\x7e\x80-\xff]/;

// Names that passed the check, with their lower case. Bounded: a program may make names up.
const knownNames = new Map();
const kMostKnownNames = 500;

function checkIsHttpToken(text) {
  return tokenPattern.test(text);
}

function checkInvalidHeaderChar(text) {
  return badValuePattern.test(text);
}

// The lower-case form of a header name that has been checked.
function lowerName(name, label) {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (typeof name !== 'string' || !tokenPattern.test(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
  const lower = name.toLowerCase();
  if (knownNames.size < kMostKnownNames) knownNames.set(name, lower);
  return lower;
}

// The lower-case names of the option `uniqueHeaders`: several values of these leave as one field.
function uniqueNames(names) {
  validateArray(names, 'options.uniqueHeaders');
  return new Set(names.map((name) => String(name).toLowerCase()));
}

function validateHeaderName(name, label) {
  lowerName(name, label);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (typeof value === 'number') return;
  if (badValuePattern.test(String(value))) throw new codes.ERR_INVALID_CHAR('header content', name);
}

// The bits of `seen` for one header.
function headerBits(lower, value) {
  const bit = special.get(lower);
  if (bit === undefined) return 0;
  if (bit === seen.kConnection) {
    const text = String(value).toLowerCase();
    return bit | (/(?:^|[\s,])close(?:$|[\s,])/.test(text) ? seen.kConnectionClose : 0) |
        (/(?:^|[\s,])upgrade(?:$|[\s,])/.test(text) ? seen.kConnectionUpgrade : 0);
  }
  if (bit === seen.kTransferEncoding && /(?:^|[\s,])chunked\s*$/i.test(value)) return bit | seen.kChunked;
  return bit;
}

// The fields of a head text as a flat list: name, value, name, value.
function splitFields(text, pos, list) {
  for (;;) {
    const end = text.indexOf('\r\n', pos);
    if (end <= pos) return list;
    const colon = text.indexOf(':', pos);
    let from = colon + 1;
    let to = end;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    list.push(text.slice(pos, colon), text.slice(from, to));
    pos = end + 2;
  }
}

function isBlank(code) {
  return code === 32 || code === 9;
}

function splitHead(text) {
  return splitFields(text, text.indexOf('\r\n') + 2, []);
}

const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function isUint8Array(value) {
  return tagOf.call(value) === 'Uint8Array';
}

// An Error for what the parser refused, as programs know it.
function parseError(code, reason, rawPacket, bytesParsed) {
  const error = new Error(reason ? `Parse Error: ${reason}` : 'Parse Error');
  error.code = code;
  error.reason = reason;
  if (bytesParsed !== undefined) error.bytesParsed = bytesParsed;
  if (rawPacket !== undefined) error.rawPacket = rawPacket;
  return error;
}

function connectionReset(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

module.exports = {
  methods,
  STATUS_CODES,
  head,
  add,
  event,
  seen,
  checkIsHttpToken,
  checkInvalidHeaderChar,
  lowerName,
  validateHeaderName,
  validateHeaderValue,
  headerBits,
  uniqueNames,
  splitFields,
  splitHead,
  isUint8Array,
  parseError,
  connectionReset,
  badValuePattern,
  kStatus: Symbol('kStatus'), // of a response, once its head is fixed
  kReason: Symbol('kReason'), // if it is not the usual one of that status
  kConn: Symbol('kConn'),
  kSocket: Symbol('kSocket'),
  kNeedDrain: Symbol('kNeedDrain'),
  kOutHeaders: Symbol('kOutHeaders'),
};
