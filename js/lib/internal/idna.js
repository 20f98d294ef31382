// Names of hosts in other scripts, as ASCII (UTS 46, non-transitional, with the checks that URLs ask for). The tables
// are those of the engine: normal forms, case, and the properties that regular expressions know.
'use strict';

const punycode = require('punycode');

const failure = Symbol('failure');

// Characters that vanish: soft hyphen, joiners of words, variation selectors and the like.
const ignored = /[\u00ad\u034f\u180b-\u180d\u180f\u200b\u2060\u2064\ufe00-\ufe0f\ufeff\u{1bca0}-\u{1bca3}\u{e0100}-\u{e01ef}]/gu;
const dots = /[\u3002\uff0e\uff61]/g;
const notAllowed = new RegExp('[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u206f\\ufff9-\\uffff' +
  '\\u2ff0-\\u2fff\\u{e0001}-\\u{e007f}\\u06dd\\u180e\\p{Zs}\\u2183\\u3164\\uffa0\\u115f\\u1160\\u17b4\\u17b5]', 'u');
const rightToLeft = new RegExp('[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}' +
  '\\p{Script=Samaritan}\\p{Script=Mandaic}\\p{Script=Adlam}]', 'u');
// The signs that kill a vowel: a joiner may follow them.
const virama = '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u0e3a\\u0f84\\u1039\\u103a\\u1714\\u17d2\\ua9c0\\ua953';
const goodJoiner = new RegExp(`(?<=[${virama}])[\\u200c\\u200d]|(?<=[\\p{Script=Arabic}\\p{Script=Syriac}]\\p{M}*)\\u200c` +
  '(?=\\p{M}*[\\p{Script=Arabic}\\p{Script=Syriac}])', 'gu');

// Case folding letter by letter: a sigma at the end of a word is a sigma.
function mapped(text) {
  return text.replace(ignored, '').normalize('NFKC').replace(/\u1e9e/g, 'ss').replace(/[^\0-\x7f]|[A-Z]/gu, (c) => c.toLowerCase())
    .normalize('NFKC').replace(dots, '.');
}

function isValidLabel(label) {
  if (/^\p{M}/u.test(label) || notAllowed.test(label) || label !== label.normalize('NFC')) return false;
  return !/[\u200c\u200d]/.test(label.replace(goodJoiner, ''));
}

// RFC 5893 as far as scripts tell directions: no label of both directions, none with a digit first.
function isValidBidi(labels) {
  if (!labels.some((label) => rightToLeft.test(label))) return true;
  return labels.every((label) => {
    if (!rightToLeft.test(label)) return !/^\d/.test(label);
    const letters = label.match(/\p{L}/gu) ?? [];
    return /^\p{L}/u.test(label) && letters.every((letter) => rightToLeft.test(letter));
  });
}

// What an "xn--" label stands for; failure unless it is what would be made of that again.
function decodeLabel(label) {
  let text;
  try {
    text = punycode.decode(label.slice(4));
  } catch {
    return failure;
  }
  if (/^[\0-\x7f]*$/.test(text) || mapped(text) !== text || /[\u1e9e]/.test(text)) return failure;
  return punycode.encode(text) === label.slice(4) && isValidLabel(text) ? text : failure;
}

// The name in ASCII, or failure.
function domainToAscii(domain) {
  const labels = mapped(domain).split('.');
  const texts = [];
  for (const label of labels) {
    const text = label.startsWith('xn--') ? decodeLabel(label) : label;
    if (text === failure || (text !== '' && !isValidLabel(text))) return failure;
    texts.push(text);
  }
  if (!isValidBidi(texts)) return failure;
  return texts.map((text) => (/^[\0-\x7f]*$/.test(text) ? text : `xn--${punycode.encode(text)}`)).join('.');
}

module.exports = { domainToAscii, failure };
