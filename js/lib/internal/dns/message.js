// DNS messages: questions to bytes, bytes to answers (RFC 1035, 2782, 3403, 3596, 6844, 6891). Pure.
'use strict';

const types = {
  A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, OPT: 41, ANY: 255, CAA: 257,
};
const kInternet = 1;
// What we can take in one datagram: below it paths do not fragment (the DNS flag day of 2020).
const kUdpPayload = 1232;

class BadMessage extends Error {}

// ---- Names ---------------------------------------------------------------------------------------

// The labels of a name as text; "\." and "\DDD" stand for bytes that text has other uses for. Null when it is no name.
function toLabels(name) {
  if (name.endsWith('.') && !name.endsWith('\\.')) name = name.slice(0, -1);
  if (name === '') return [];
  const labels = [];
  let label = [];
  for (let i = 0; i < name.length; i++) {
    const char = name[i];
    if (char === '\\') {
      const digits = /^\d{3}/.exec(name.slice(i + 1, i + 4));
      if (digits !== null) {
        if (Number(digits[0]) > 255) return null;
        label.push(Number(digits[0]));
        i += 3;
      } else if (i + 1 < name.length) {
        label.push(name.charCodeAt(++i));
      } else {
        return null;
      }
    } else if (char === '.') {
      labels.push(label);
      label = [];
    } else {
      label.push(name.charCodeAt(i));
    }
  }
  labels.push(label);
  const bytes = labels.reduce((sum, one) => sum + one.length + 1, 1);
  if (bytes > 255 || labels.some((one) => one.length === 0 || one.length > 63 || one.some((code) => code > 255))) return null;
  return labels;
}

function showByte(code) {
  if (code === 0x2e || code === 0x5c) return `\\${String.fromCharCode(code)}`;
  if (code > 0x20 && code < 0x7f) return String.fromCharCode(code);
  return `\\${String(code).padStart(3, '0')}`;
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  need(count) {
    if (this.at + count > this.bytes.length) throw new BadMessage('truncated');
  }
  u8() {
    this.need(1);
    return this.bytes[this.at++];
  }
  u16() {
    this.need(2);
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }
  u32() {
    this.need(4);
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }
  take(count) {
    this.need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
  // A string of up to 255 bytes with its length in front.
  string() {
    return this.take(this.u8()).toString('utf8');
  }

  // A name. Pointers may only lead to what stands before them, so that no two can lead to each other.
  name() {
    let at = this.at;
    let limit = at;
    let end = -1;
    let text = '';
    let total = 0;
    for (;;) {
      if (at >= this.bytes.length) throw new BadMessage('a name runs over the end');
      const size = this.bytes[at];
      if (size >= 0xc0) {
        if (at + 1 >= this.bytes.length) throw new BadMessage('a pointer runs over the end');
        const target = (size & 0x3f) << 8 | this.bytes[at + 1];
        if (end < 0) end = at + 2;
        if (target >= limit) throw new BadMessage('a pointer leads forward');
        at = limit = target;
        continue;
      }
      if (size > 63) throw new BadMessage('a label of an unknown kind');
      if (size === 0) break;
      if (at + 1 + size > this.bytes.length) throw new BadMessage('a label runs over the end');
      total += size + 1;
      if (total > 254) throw new BadMessage('a name is too long');
      if (text !== '') text += '.';
      for (let i = at + 1; i <= at + size; i++) text += showByte(this.bytes[i]);
      at += size + 1;
    }
    this.at = end < 0 ? at + 1 : end;
    return text;
  }
}

// ---- Questions -----------------------------------------------------------------------------------

// The bytes of one question, recursion desired. `edns`: says that larger datagrams are welcome. Null when `name` is no name.
function encodeQuestion(id, name, type, edns) {
  const labels = toLabels(name);
  if (labels === null) return null;
  const parts = [id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, edns ? 1 : 0];
  for (const label of labels) parts.push(label.length, ...label);
  parts.push(0, type >> 8, type & 255, 0, kInternet);
  if (edns) parts.push(0, 0, types.OPT, kUdpPayload >> 8, kUdpPayload & 255, 0, 0, 0, 0, 0, 0);
  return Buffer.from(parts);
}

// ---- Answers -------------------------------------------------------------------------------------

function ipv6(bytes) {
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push(bytes.readUInt16BE(i).toString(16));
  // The longest run of zeros is left out (RFC 5952).
  let best = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === '0') length++;
    if (length > best[1]) best = [i, length];
  }
  if (best[0] < 0) return groups.join(':');
  return `${groups.slice(0, best[0]).join(':')}::${groups.slice(best[0] + best[1]).join(':')}`;
}

const readers = {
  [types.A](reader, size) {
    if (size !== 4) throw new BadMessage('an address of a wrong size');
    return { type: 'A', address: reader.take(4).join('.') };
  },
  [types.AAAA](reader, size) {
    if (size !== 16) throw new BadMessage('an address of a wrong size');
    return { type: 'AAAA', address: ipv6(reader.take(16)) };
  },
  [types.CNAME]: (reader) => ({ type: 'CNAME', value: reader.name() }),
  [types.NS]: (reader) => ({ type: 'NS', value: reader.name() }),
  [types.PTR]: (reader) => ({ type: 'PTR', value: reader.name() }),
  [types.MX]: (reader) => ({ type: 'MX', priority: reader.u16(), exchange: reader.name() }),
  [types.SRV](reader) {
    const [priority, weight, port] = [reader.u16(), reader.u16(), reader.u16()];
    return { type: 'SRV', name: reader.name(), port, priority, weight };
  },
  [types.TXT](reader, size) {
    const end = reader.at + size;
    const entries = [];
    while (reader.at < end) entries.push(reader.string());
    return { type: 'TXT', entries };
  },
  [types.SOA](reader) {
    return {
      type: 'SOA', nsname: reader.name(), hostmaster: reader.name(), serial: reader.u32(), refresh: reader.u32(), retry: reader.u32(),
      expire: reader.u32(), minttl: reader.u32(),
    };
  },
  [types.NAPTR](reader) {
    const [order, preference] = [reader.u16(), reader.u16()];
    return {
      type: 'NAPTR', flags: reader.string(), service: reader.string(), regexp: reader.string(), replacement: reader.name(), order, preference,
    };
  },
  [types.CAA](reader, size) {
    const end = reader.at + size;
    const critical = reader.u8();
    const tag = reader.string();
    if (reader.at > end) throw new BadMessage('a tag runs over its record');
    return { type: 'CAA', critical, [tag]: reader.take(end - reader.at).toString('utf8') };
  },
};

// A message taken apart: { id, isAnswer, truncated, rcode, question: { name, type }, answers: [{ name, ttl, data }] }. Records of kinds
// that nobody asks for are left out. Throws BadMessage.
function decodeMessage(bytes) {
  const reader = new Reader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const [questions, answerCount] = [reader.u16(), reader.u16()];
  reader.take(4);
  if (questions !== 1) throw new BadMessage('not one question');
  const question = { name: reader.name(), type: reader.u16() };
  if (reader.u16() !== kInternet) throw new BadMessage('another class');
  const message = { id, isAnswer: (flags & 0x8000) !== 0, truncated: (flags & 0x0200) !== 0, rcode: flags & 15, question, answers: [] };
  // What is cut off is asked for again anyway.
  if (message.truncated) return message;
  for (let i = 0; i < answerCount; i++) {
    const name = reader.name();
    const [type, klass, ttl, size] = [reader.u16(), reader.u16(), reader.u32(), reader.u16()];
    reader.need(size);
    const end = reader.at + size;
    const read = klass === kInternet ? readers[type] : undefined;
    if (read !== undefined) {
      const data = read(reader, size);
      if (reader.at > end) throw new BadMessage('a record runs over its end');
      message.answers.push({ name, ttl, data });
    }
    reader.at = end;
  }
  return message;
}

module.exports = { BadMessage, decodeMessage, encodeQuestion, toLabels, types };
