// How many columns of a terminal text takes.
'use strict';

// First and last of the ranges that Unicode's EastAsianWidth calls wide or fullwidth. Emoji are found by their property.
const kWide = new Uint32Array([
  0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4C6, 0xA960, 0xA97C,
  0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18D08,
  0x1AFF0, 0x1B2FB, 0x1F200, 0x1F265, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD,
]);
const kEmoji = /^\p{Emoji_Presentation}/u;
// Marks above and below letters and signs that only join, and the vowels and finals of Hangul.
const kNoWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF]/u;
const kSoftHyphen = 0xAD;

// CSI ... final, OSC ... BEL, and the short ones.
const kControlSequence =
  /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?\u0007)|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;

function stripControlSequences(text) {
  return /[\u001B\u009B]/.test(text) ? text.replace(kControlSequence, '') : text;
}

function isWide(code) {
  let low = 0;
  let high = kWide.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (code > kWide[2 * middle + 1]) low = middle + 1;
    else if (code < kWide[2 * middle]) high = middle;
    else return true;
  }
  return false;
}

// The columns of one character (a string of one code point): 0, 1 or 2.
function charWidth(character) {
  const code = character.codePointAt(0);
  if (code < 0x7F) return code < 0x20 ? 0 : 1;
  if (code < 0x300) return code < 0xA0 ? 0 : 1;
  if (code !== kSoftHyphen && kNoWidth.test(character)) return 0;
  return isWide(code) || (code >= 0x231A && kEmoji.test(character)) ? 2 : 1;
}

function getStringWidth(text, removeControlChars = true) {
  if (removeControlChars) text = stripControlSequences(text);
  let width = 0;
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x7F) {
      plain = false;
      break;
    }
    if (code >= 0x20) width++;
  }
  if (plain) return width;
  width = 0;
  for (const character of text.normalize('NFC')) width += charWidth(character);
  return width;
}

module.exports = { charWidth, getStringWidth, stripControlSequences };
