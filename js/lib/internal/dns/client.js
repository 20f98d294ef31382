// The DNS client: asks name servers over UDP, with EDNS and then over TCP when the answer does not fit, and believes only what it has
// asked for.
'use strict';

const { isIP } = require('internal/net');
const { BadMessage, decodeMessage, encodeQuestion, toLabels, types } = require('internal/dns/message');
const { readResolvConf } = require('internal/dns/config');

const kMostAliases = 16;
const kPort = 53;

// What rcode (RFC 1035 section 4.1.1) means to programs.
const rcodes = { 1: 'EFORMERR', 2: 'ESERVFAIL', 3: 'ENOTFOUND', 4: 'ENOTIMP', 5: 'EREFUSED' };
const kFormatError = 1;
// Another server may know better than one that says these.
const passOn = new Set(['ESERVFAIL', 'ENOTIMP', 'EREFUSED', 'EFORMERR', 'EBADRESP', 'ECONNREFUSED']);

function failure(code) {
  return { code };
}

// Not to be guessed, or others could answer.
function randomId() {
  if (process.versions.openssl !== undefined) return require('internal/crypto/random').randomInt(0x10000);
  const fs = require('fs');
  const fd = fs.openSync('/dev/urandom');
  try {
    const bytes = Buffer.alloc(2);
    fs.readSync(fd, bytes);
    return bytes.readUInt16LE();
  } finally {
    fs.closeSync(fd);
  }
}

// { address, port } of "1.2.3.4:53", "[::1]:53", "::1"; null when it is no server.
function parseServer(text) {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  const v4 = /^([\d.]+)(?::(\d{1,5}))?$/.exec(text);
  const [, address, port] = bracketed ?? v4 ?? [undefined, text];
  const number = port === undefined ? kPort : Number(port);
  if (isIP(address) === 0 || number > 65535) return null;
  return { address, port: number };
}

function showServer({ address, port }) {
  if (port === kPort) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

// One question to one server. callback(failure or null, message), once; returns a function that gives up.
class Exchange {
  #server;
  #id = randomId();
  #name;
  #type;
  #edns = false;
  #callback;
  #timer;
  #socket = null;
  #local;
  #done = false;

  constructor(server, name, type, timeout, local, callback) {
    this.#server = server;
    this.#name = name;
    this.#type = type;
    this.#local = local;
    this.#callback = callback;
    this.#timer = setTimeout(() => this.finish(failure('ETIMEOUT')), timeout);
    this.#overUdp();
  }

  finish(error, message) {
    if (this.#done) return;
    this.#done = true;
    clearTimeout(this.#timer);
    this.#drop();
    this.#callback(error, message);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.on('error', () => {});
    if (typeof socket.destroy === 'function') socket.destroy();
    else socket.close();
  }

  // A socket of its own for each question: its port is one more thing that a forger has to guess. It is connected, so that the system
  // passes on only what comes from the server, and its refusal.
  #overUdp() {
    const v6 = isIP(this.#server.address) === 6;
    const socket = this.#socket = require('dgram').createSocket({ type: v6 ? 'udp6' : 'udp4', lookup: (name, family, back) => back(null, name) });
    socket.on('error', (error) => this.finish(failure(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ETIMEOUT')));
    socket.on('message', (bytes) => this.#onDatagram(bytes));
    const ask = () => {
      socket.connect(this.#server.port, this.#server.address, (error) => {
        if (error) return this.finish(failure('ECONNREFUSED'));
        if (!this.#done) socket.send(encodeQuestion(this.#id, this.#name, this.#type, this.#edns));
      });
    };
    const local = v6 ? this.#local.v6 : this.#local.v4;
    if (local === undefined) ask();
    else socket.bind({ port: 0, address: local, exclusive: true }, ask);
  }

  // Forged or stray datagrams are as if they had not come: the true answer may follow.
  #onDatagram(bytes) {
    if (this.#done || bytes.length < 12 || bytes.readUInt16BE(0) !== this.#id) return;
    let message;
    try {
      message = decodeMessage(bytes);
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      // A server that cannot read our question may not repeat it.
      if ((bytes[3] & 15) === kFormatError) this.#onFormatError();
      else this.finish(failure('EBADRESP'));
      return;
    }
    if (!this.#isOurs(message)) return;
    if (message.truncated) {
      this.#drop();
      if (this.#edns) this.#overTcp();
      else this.#askForMore();
    } else {
      if (message.rcode === kFormatError) this.#onFormatError();
      else this.finish(null, message);
    }
  }

  // Very old servers know no EDNS (RFC 6891 section 7).
  #onFormatError() {
    if (!this.#edns) return this.finish(null, { rcode: kFormatError, answers: [] });
    this.#drop();
    this.#overTcp();
  }

  // Most answers fit into 512 bytes, and every server understands a question without EDNS; what does not fit is asked for again with
  // the news that more is welcome (RFC 6891), and over TCP when even that is too little.
  #askForMore() {
    this.#edns = true;
    this.#overUdp();
  }

  #isOurs(message) {
    return message.isAnswer && message.id === this.#id && message.question.type === this.#type &&
        sameName(message.question.name, this.#name);
  }

  #overTcp() {
    const net = require('net');
    const question = encodeQuestion(this.#id, this.#name, this.#type, false);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(question.length);
    const socket = this.#socket = net.connect({ host: this.#server.address, port: this.#server.port });
    let bytes = Buffer.alloc(0);
    socket.on('connect', () => socket.write(Buffer.concat([size, question])));
    socket.on('error', (error) => this.finish(failure(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ETIMEOUT')));
    socket.on('end', () => this.finish(failure('EBADRESP')));
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return;
      try {
        const message = decodeMessage(bytes.subarray(2, 2 + bytes.readUInt16BE(0)));
        if (this.#isOurs(message) && !message.truncated) this.finish(null, message);
        else this.finish(failure('EBADRESP'));
      } catch (error) {
        if (!(error instanceof BadMessage)) throw error;
        this.finish(failure('EBADRESP'));
      }
    });
  }
}

// DNS names ignore case (RFC 4343).
function sameName(a, b) {
  const bare = (name) => (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
  return bare(a) === bare(b);
}

// The records of the asked type that the aliases in `message` lead to: { records, alias }. `alias` is where they lead when no record
// stands there. Null when they lead in a circle.
function followAliases(message, name, type) {
  const seen = new Set();
  let at = name;
  for (;;) {
    const key = at.toLowerCase();
    if (seen.has(key) || seen.size > kMostAliases) return null;
    seen.add(key);
    const here = message.answers.filter((record) => sameName(record.name, at));
    const records = here.filter((record) => type === types.ANY || types[record.data.type] === type);
    if (records.length > 0) return { records, alias: at };
    const alias = here.find((record) => record.data.type === 'CNAME');
    if (alias === undefined) return { records: [], alias: at };
    at = alias.data.value;
  }
}

class Client {
  #servers = null;
  #local = {};
  #timeout;
  #tries;
  #pending = new Set();
  #turn = 0;

  // timeout: ms for the first round, -1: the system's. tries: rounds over all servers.
  constructor({ timeout = -1, tries } = {}) {
    this.#timeout = timeout;
    this.#tries = tries;
  }

  get servers() {
    return this.#servers ?? readResolvConf().servers.map((address) => ({ address, port: kPort }));
  }
  set servers(list) {
    this.#servers = list;
  }
  get busy() {
    return this.#pending.size > 0;
  }
  setLocalAddress(v4, v6) {
    this.#local = { v4, v6 };
  }

  // callback(code or null, records); the records have name, ttl and data.
  query(name, type, callback) {
    if (toLabels(name) === null || name === '') return process.nextTick(callback, 'EBADNAME');
    const config = readResolvConf();
    const question = { give: null, cancelled: false };
    this.#pending.add(question);
    const finish = (code, records) => {
      if (!this.#pending.delete(question)) return;
      callback(code, records);
    };
    question.cancel = () => {
      question.cancelled = true;
      const { give } = question;
      finish('ECANCELLED');
      give?.();
    };
    const names = candidates(name, config);
    const next = (worst) => {
      if (question.cancelled) return;
      const candidate = names.shift();
      if (candidate === undefined) return finish(worst);
      this.#resolve(question, config, candidate, type, 0, (code, records) => {
        if (code === null) finish(null, records);
        else if ((code === 'ENOTFOUND' || code === 'ENODATA') && names.length > 0) next(worst === 'ENODATA' ? worst : code);
        else finish(worst === 'ENODATA' && code === 'ENOTFOUND' ? worst : code);
      });
    };
    return process.nextTick(next, undefined);
  }

  #resolve(question, config, name, type, depth, callback) {
    this.#ask(question, config, name, type, (code, message) => {
      if (code !== null) return callback(code);
      const found = followAliases(message, name, type);
      if (found === null || depth > kMostAliases) return callback('EBADRESP');
      if (found.records.length > 0) return callback(null, found.records);
      // An alias whose target the server has not looked up.
      if (!sameName(found.alias, name)) return this.#resolve(question, config, found.alias, type, depth + 1, callback);
      callback('ENODATA');
    });
  }

  // Goes round the servers until one answers.
  #ask(question, config, name, type, callback) {
    const { servers } = this;
    if (servers.length === 0) return callback('ECONNREFUSED');
    const tries = this.#tries ?? config.tries;
    const first = config.rotate && this.#servers === null ? this.#turn++ % servers.length : 0;
    let attempt = 0;
    const next = (worst) => {
      if (question.cancelled) return;
      if (attempt >= tries * servers.length) return callback(worst);
      const round = Math.floor(attempt / servers.length);
      const server = servers[(first + attempt) % servers.length];
      attempt++;
      const timeout = (this.#timeout >= 0 ? this.#timeout : config.timeout) * 2 ** round;
      const exchange = new Exchange(server, name, type, timeout, this.#local, (error, message) => {
        question.give = null;
        if (question.cancelled) return;
        if (error !== null) {
          // A round of refusals is enough.
          if (error.code !== 'ETIMEOUT' && attempt >= servers.length) return callback(error.code);
          return next(error.code);
        }
        const code = message.rcode === 0 ? null : rcodes[message.rcode] ?? 'ESERVFAIL';
        if (code !== null && passOn.has(code) && attempt < servers.length) return next(code);
        callback(code, message);
      });
      question.give = () => exchange.finish(failure('ECANCELLED'));
    };
    next('ETIMEOUT');
  }

  cancel() {
    for (const question of [...this.#pending]) question.cancel();
  }
}

// The names to try: a short one first within each domain of the search list, then as it is.
function candidates(name, { search, ndots }) {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const within = dots < ndots ? search.filter((domain) => domain !== '.').map((domain) => `${name}.${domain}`) : [];
  return [...within, name].filter((one) => toLabels(one) !== null);
}

module.exports = { Client, parseServer, showServer };
