// process.binding('http_parser'): HTTPParser as programs drove it by hand. `new HTTPParser('request')` calls back
// as in 0.3.1 (onMessageBegin, onURL, ...), `new HTTPParser(HTTPParser.REQUEST)` as today (kOnHeadersComplete, ...).
'use strict';

const { methods, head, event, splitHead, splitFields } = require('internal/http/common');
const { maxHeaderSize } = require('internal/http/limits');
const { Parser } = internalBinding('http');

const kOnMessageBegin = 0;
const kOnHeaders = 1;
const kOnHeadersComplete = 2;
const kOnBody = 3;
const kOnMessageComplete = 4;
const kOnExecute = 5;

function HTTPParser(type) {
  if (!(this instanceof HTTPParser)) return new HTTPParser(type);
  if (type !== undefined) this.initialize(type);
}
HTTPParser.REQUEST = 1;
HTTPParser.RESPONSE = 2;
Object.assign(HTTPParser, {
  kOnMessageBegin, kOnHeaders, kOnHeadersComplete, kOnBody, kOnMessageComplete, kOnExecute,
  kLenientNone: 0,
});

HTTPParser.prototype.initialize = HTTPParser.prototype.reinitialize = function initialize(type) {
  this._old = typeof type === 'string';
  this._kind = type === 'response' || type === HTTPParser.RESPONSE ? 1 : 0;
  this._parser = new Parser(this._kind, maxHeaderSize());
};

function fail(parser, parsed) {
  const error = new Error(`Parse Error: ${parser.errorReason()}`);
  error.code = parser.errorCode();
  error.reason = parser.errorReason();
  error.bytesParsed = parsed;
  return error;
}

// Bytes that were used, or an Error.
HTTPParser.prototype.execute = function execute(buffer, start = 0, length = buffer.length - start) {
  const bytes = buffer.subarray(start, start + length);
  const parser = this._parser;
  let at = 0;
  for (;;) {
    const answer = parser.next(bytes, at);
    at = parser.position();
    switch (answer & 7) {
      case event.kMore:
        return at;
      case event.kHead:
        if (this._old ? tellOldHead(this, answer >> 3) : tellHead(this, answer >> 3)) return at;
        break;
      case event.kBody:
        tellBody(this, bytes, parser.bodyStart(), parser.bodyLength());
        break;
      case event.kEnd:
        tellEnd(this, splitFields(parser.headText(), 0, []));
        break;
      default:
        return fail(parser, at);
    }
  }
};

HTTPParser.prototype.finish = function finish() {
  const answer = this._parser.finish();
  if (answer === event.kEnd) tellEnd(this, []);
  if (answer !== event.kError) return undefined;
  if (this._old) throw fail(this._parser, 0);
  return fail(this._parser, 0);
};

for (const name of ['close', 'free', 'remove', 'pause', 'resume', 'consume', 'unconsume']) {
  HTTPParser.prototype[name] = function() {};
}

function call(parser, name, ...args) {
  return typeof parser[name] === 'function' ? parser[name](...args) : undefined;
}

function upgraded(flags) {
  return (flags & head.kUpgrade) !== 0;
}

// True when the rest of the input is no longer HTTP.
function tellHead(self, flags) {
  const parser = self._parser;
  const skip = call(self, kOnHeadersComplete, 1, flags & head.kMinor, splitHead(parser.headText()),
                    self._kind === 0 ? parser.method() : undefined, self._kind === 0 ? parser.target() : undefined,
                    self._kind === 1 ? parser.status() : undefined, self._kind === 1 ? parser.reason() : undefined,
                    upgraded(flags), (flags & head.kKeepAlive) !== 0);
  return settle(self, flags, skip);
}

function tellOldHead(self, flags) {
  const parser = self._parser;
  const tell = (name, text) => {
    const bytes = Buffer.from(text, 'latin1');
    call(self, name, bytes, 0, bytes.length);
  };
  call(self, 'onMessageBegin');
  if (self._kind === 0) tell('onURL', parser.target());
  const list = splitHead(parser.headText());
  for (let i = 0; i < list.length; i += 2) {
    tell('onHeaderField', list[i]);
    tell('onHeaderValue', list[i + 1]);
  }
  const info = {
    method: self._kind === 0 ? methods[parser.method()] : undefined,
    statusCode: self._kind === 1 ? parser.status() : undefined,
    versionMajor: 1,
    versionMinor: flags & head.kMinor,
    upgrade: upgraded(flags),
    shouldKeepAlive: (flags & head.kKeepAlive) !== 0,
  };
  return settle(self, flags, call(self, 'onHeadersComplete', info));
}

function settle(self, flags, skip) {
  if (skip === 2 || upgraded(flags)) {
    self._parser.handOver();
    tellEnd(self, []);
    return true;
  }
  if (skip) self._parser.skipBody();
  return false;
}

function tellBody(self, bytes, start, length) {
  if (self._old) call(self, 'onBody', bytes, start, length);
  else call(self, kOnBody, bytes.subarray(start, start + length));
}

function tellEnd(self, trailers) {
  if (self._old) {
    for (let i = 0; i < trailers.length; i++) {
      const text = Buffer.from(trailers[i], 'latin1');
      call(self, i % 2 === 0 ? 'onHeaderField' : 'onHeaderValue', text, 0, text.length);
    }
    call(self, 'onMessageComplete');
    return;
  }
  if (trailers.length > 0) call(self, kOnHeaders, trailers, '');
  call(self, kOnMessageComplete);
}

module.exports = { HTTPParser, methods, allMethods: methods };
