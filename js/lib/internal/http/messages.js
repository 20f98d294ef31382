// The message objects of a server. Frameworks give them another prototype (express does), and before version 12
// V8 then makes a new hidden class for each property of each object that follows, a microsecond each. It does so
// for objects of the ordinary kind only (Map::IsDetached), so a server that sees this done goes on with objects that
// V8 counts as generators. They cost as little, and differ in nothing but `util.types.isGeneratorObject()`.
'use strict';

const { IncomingMessage } = require('internal/http/incoming');
const { ServerResponse } = require('internal/http/response');

class Messages {
  #Request;
  #Response;
  #allocateRequest = undefined;
  #allocateResponse = undefined;
  // Whether both are of the usual classes.
  #usual;
  // Whether requests are: then they find their sockets themselves.
  lazy;

  constructor(Request = IncomingMessage, Response = ServerResponse) {
    this.#Request = Request;
    this.#Response = Response;
    this.lazy = Request === IncomingMessage;
    this.#usual = this.lazy && Response === ServerResponse;
  }

  request(socket) {
    if (this.#allocateRequest === undefined) return new this.#Request(socket);
    const req = this.#allocateRequest();
    IncomingMessage.call(req, socket);
    return req;
  }

  response(req) {
    if (this.#allocateResponse === undefined) return new this.#Response(req);
    const res = this.#allocateResponse();
    ServerResponse.call(res, req);
    return res;
  }

  // What listeners have made of a request.
  look(req) {
    if (!this.#usual || this.#allocateRequest !== undefined) return;
    if (Object.getPrototypeOf(req) === IncomingMessage.prototype) return;
    this.#allocateRequest = allocatorOf(IncomingMessage);
    this.#allocateResponse = allocatorOf(ServerResponse);
  }
}

// Of objects that its constructor is still to be called on.
function allocatorOf({ prototype }) {
  function* allocate() {
    // Never runs: V8 sees how many properties to leave room for.
    this.a = this.b = this.c = this.d = this.e = this.f = this.g = this.h = this.i = this.j = this.k = this.l = this.m = this.n =
      this.o = this.p = this.q = this.r = this.s = this.t = this.u = this.v = this.w = this.x = this.y = this.z = undefined;
  }
  allocate.prototype = prototype;
  return allocate;
}

module.exports = { Messages };
