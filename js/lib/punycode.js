// punycode: internationalized domain names in ASCII (RFC 3492).
'use strict';

const kBase = 36;
const kTMin = 1;
const kTMax = 26;
const kSkew = 38;
const kDamp = 700;
const kInitialBias = 72;
const kInitialN = 128;
const kMaxInt = 0x7FFFFFFF;

function overflow() {
  return new RangeError('Overflow: input needs wider integers to process');
}

// Code points of a text; lone surrogates stand for themselves.
function ucs2Decode(text) {
  return Array.from(text, (character) => character.codePointAt(0));
}

function ucs2Encode(points) {
  return points.map((point) => String.fromCodePoint(point)).join('');
}

function adapt(delta, count, isFirst) {
  delta = isFirst ? Math.floor(delta / kDamp) : delta >> 1;
  delta += Math.floor(delta / count);
  let k = 0;
  for (; delta > ((kBase - kTMin) * kTMax) >> 1; k += kBase) delta = Math.floor(delta / (kBase - kTMin));
  return Math.floor(k + (kBase - kTMin + 1) * delta / (delta + kSkew));
}

function threshold(k, bias) {
  return Math.min(Math.max(k - bias, kTMin), kTMax);
}

// 0 to 25 are letters, 26 to 35 digits.
function digitOf(code) {
  if (code >= 0x30 && code < 0x3A) return 26 + code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter < 0x7B ? letter - 0x61 : kBase;
}

function characterOf(digit) {
  return String.fromCharCode(digit < 26 ? digit + 0x61 : digit - 26 + 0x30);
}

function decode(input) {
  const output = [];
  const delimiter = input.lastIndexOf('-');
  for (let i = 0; i < delimiter; i++) {
    const code = input.charCodeAt(i);
    if (code >= 0x80) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    output.push(code);
  }
  let n = kInitialN;
  let bias = kInitialBias;
  let i = 0;
  for (let at = delimiter > 0 ? delimiter + 1 : 0; at < input.length;) {
    const before = i;
    for (let weight = 1, k = kBase; ; k += kBase) {
      if (at >= input.length) throw new RangeError('Invalid input');
      const digit = digitOf(input.charCodeAt(at++));
      if (digit >= kBase) throw new RangeError('Invalid input');
      if (digit > Math.floor((kMaxInt - i) / weight)) throw overflow();
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(kMaxInt / (kBase - t))) throw overflow();
      weight *= kBase - t;
    }
    const count = output.length + 1;
    bias = adapt(i - before, count, before === 0);
    if (Math.floor(i / count) > kMaxInt - n) throw overflow();
    n += Math.floor(i / count);
    i %= count;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

// The digits of `delta`, least significant first, in a base that varies with the place.
function encodeDelta(delta, bias) {
  let text = '';
  let rest = delta;
  for (let k = kBase; ; k += kBase) {
    const t = threshold(k, bias);
    if (rest < t) return text + characterOf(rest);
    text += characterOf(t + (rest - t) % (kBase - t));
    rest = Math.floor((rest - t) / (kBase - t));
  }
}

function encode(input) {
  const points = ucs2Decode(input);
  const basic = points.filter((point) => point < 0x80);
  let output = String.fromCharCode(...basic);
  let handled = basic.length;
  if (handled > 0) output += '-';
  let n = kInitialN;
  let delta = 0;
  let bias = kInitialBias;
  while (handled < points.length) {
    const next = points.reduce((least, point) => point >= n && point < least ? point : least, kMaxInt);
    if (next - n > Math.floor((kMaxInt - delta) / (handled + 1))) throw overflow();
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n && ++delta > kMaxInt) throw overflow();
      if (point !== n) continue;
      output += encodeDelta(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

// Applies `fn` to each label of a domain name; what is before an '@' stays.
function mapLabels(domain, fn) {
  const at = domain.indexOf('@');
  const local = at < 0 ? '' : domain.slice(0, at + 1);
  const labels = domain.slice(at + 1).replace(/[\x2E\u3002\uFF0E\uFF61]/g, '.').split('.');
  return local + labels.map(fn).join('.');
}

function toUnicode(input) {
  return mapLabels(input, (label) => label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label);
}

function toASCII(input) {
  return mapLabels(input, (label) => /[^\0-\x7F]/.test(label) ? `xn--${encode(label)}` : label);
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2Decode, encode: ucs2Encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};
