// Response of the Fetch standard: status, headers and a body that is read once.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { Headers } = require('internal/fetch/headers');
const { types } = require('util');

const kNullBody = new Set([101, 204, 205, 304]);
const kRedirects = new Set([301, 302, 303, 307, 308]);

// [stream or null, content type or null] of what a program gives as a body.
function extractBody(body) {
  if (body === undefined || body === null) return [null, null];
  if (body instanceof ReadableStream) {
    if (body.locked) throw new ERR_INVALID_STATE.TypeError('the stream of the body is locked');
    return [body, null];
  }
  if (body instanceof Blob) return [body.stream(), body.type || null];
  if (types.isAnyArrayBuffer(body)) return [streamOf(new Uint8Array(body.slice(0))), null];
  if (ArrayBuffer.isView(body)) {
    return [streamOf(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()), null];
  }
  if (body instanceof URLSearchParams) {
    return [streamOf(Buffer.from(`${body}`)), 'application/x-www-form-urlencoded;charset=UTF-8'];
  }
  return [streamOf(new TextEncoder().encode(`${body}`)), 'text/plain;charset=UTF-8'];
}

function streamOf(bytes) {
  return new ReadableStream({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

class Response {
  #body;
  #headers;
  #status;
  #statusText;
  #type = 'default';
  #used = false;

  constructor(body = null, init = {}) {
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('init', 'Object', init);
    }
    const { status = 200, statusText = '', headers } = init;
    if (!(Number(status) >= 200 && Number(status) <= 599)) {
      throw new ERR_OUT_OF_RANGE('init.status', '>= 200 && <= 599', status);
    }
    // eslint-disable-next-line no-control-regex
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(`${statusText}`)) {
      throw new ERR_INVALID_ARG_VALUE('init.statusText', statusText, 'must be a reason phrase');
    }
    this.#status = Math.trunc(Number(status));
    this.#statusText = `${statusText}`;
    this.#headers = new Headers(headers);
    const [stream, type] = extractBody(body);
    if (stream !== null && kNullBody.has(this.#status)) {
      throw new ERR_INVALID_ARG_VALUE('init.status', status, 'must be one that may have a body');
    }
    this.#body = stream;
    if (type !== null && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
  }

  static error() {
    const response = new Response();
    response.#status = 0;
    response.#type = 'error';
    return response;
  }

  static json(data, init = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new ERR_INVALID_ARG_VALUE('data', data, 'must have a JSON form');
    const response = new Response(text, init);
    if (!new Headers(init.headers).has('content-type')) response.#headers.set('content-type', 'application/json');
    return response;
  }

  static redirect(url, status = 302) {
    if (!kRedirects.has(status)) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('status', status, 'must be one of a redirect');
    };
    const response = new Response(null, { status });
    response.#headers.set('location', new URL(`${url}`).href);
    return response;
  }

  get type() { return this.#type; }
  get url() { return ''; }
  get redirected() { return false; }
  get status() { return this.#status; }
  get ok() { return this.#status >= 200 && this.#status <= 299; }
  get statusText() { return this.#statusText; }
  get headers() { return this.#headers; }
  get body() { return this.#body; }
  get bodyUsed() { return this.#used; }

  clone() {
    if (this.#used || this.#body?.locked) throw new ERR_INVALID_STATE.TypeError('the body has been used');
    const copy = new Response(null, { status: this.#status || 200, statusText: this.#statusText, headers: this.#headers });
    copy.#status = this.#status;
    copy.#type = this.#type;
    if (this.#body !== null) [this.#body, copy.#body] = this.#body.tee();
    return copy;
  }

  async #bytes() {
    if (this.#used || this.#body?.locked) throw new ERR_INVALID_STATE.TypeError('the body has been used');
    if (this.#body === null) return Buffer.alloc(0);
    this.#used = true;
    const chunks = [];
    for await (const chunk of this.#body) {
      if (!types.isUint8Array(chunk)) throw new ERR_INVALID_ARG_TYPE('chunk', 'Uint8Array', chunk);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async arrayBuffer() {
    const bytes = await this.#bytes();
    // Small Buffers share their memory with others.
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }

  async blob() {
    return new Blob([await this.#bytes()], { type: this.#headers.get('content-type') ?? '' });
  }

  async json() {
    return JSON.parse(await this.text());
  }

  async text() {
    return new TextDecoder().decode(await this.#bytes());
  }
}

Object.defineProperty(Response.prototype, Symbol.toStringTag, { configurable: true, value: 'Response' });

module.exports = { Response };
