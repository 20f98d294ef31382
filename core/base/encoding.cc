// Table-driven encoders and decoders.
#include "core/base/encoding.h"

#include <array>
#include <cstring>

namespace node {

namespace {

constexpr uint64_t kHighBits = 0x8080808080808080u;

uint64_t load8(const uint8_t* p) {
  uint64_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

// Bytes of ASCII at the start.
size_t ascii_prefix(const uint8_t* p, size_t len) {
  size_t i = 0;
  while (i + 8 <= len && (load8(p + i) & kHighBits) == 0) i += 8;
  while (i < len && p[i] < 0x80) ++i;
  return i;
}

constexpr bool is_continuation(uint8_t c) { return (c & 0xC0) == 0x80; }

// Length of the well-formed sequence at `p`, whose first byte is not ASCII; 0 when there is none.
size_t utf8_sequence(const uint8_t* p, size_t len) {
  uint8_t c = p[0];
  if (c < 0xC2 || c > 0xF4 || len < 2) return 0;
  if (c < 0xE0) return is_continuation(p[1]) ? 2 : 0;
  // The second byte of longer sequences is limited where overlong forms, surrogates and code points
  // past U+10FFFF begin.
  uint8_t low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
  uint8_t high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
  if (p[1] < low || p[1] > high) return 0;
  size_t need = c < 0xF0 ? 3 : 4;
  if (len < need || !is_continuation(p[2])) return 0;
  return need == 3 || is_continuation(p[3]) ? need : 0;
}

constexpr char kHexDigits[] = "0123456789abcdef";

// Both digits of each byte.
constexpr std::array<char, 512> kHexPairs = [] {
  std::array<char, 512> table{};
  for (size_t i = 0; i < 256; ++i) {
    table[2 * i] = kHexDigits[i >> 4];
    table[2 * i + 1] = kHexDigits[i & 15];
  }
  return table;
}();

constexpr std::array<uint8_t, 256> kHexValues = [] {
  std::array<uint8_t, 256> table{};
  for (uint8_t& v : table) v = 0xFF;
  for (int i = 0; i < 10; ++i) table['0' + i] = static_cast<uint8_t>(i);
  for (int i = 0; i < 6; ++i) {
    table['a' + i] = table['A' + i] = static_cast<uint8_t>(10 + i);
  }
  return table;
}();

constexpr char kStandardAlphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrlAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Both characters of each 12 bits.
template <const char* kAlphabet>
constexpr std::array<char, 8192> kBase64Pairs = [] {
  std::array<char, 8192> table{};
  for (size_t i = 0; i < 4096; ++i) {
    table[2 * i] = kAlphabet[i >> 6];
    table[2 * i + 1] = kAlphabet[i & 63];
  }
  return table;
}();

// Values of both alphabets; 0xFF for all other characters.
constexpr std::array<uint8_t, 256> kBase64Values = [] {
  std::array<uint8_t, 256> table{};
  for (uint8_t& v : table) v = 0xFF;
  for (uint8_t i = 0; i < 64; ++i) {
    table[static_cast<uint8_t>(kStandardAlphabet[i])] = i;
    table[static_cast<uint8_t>(kUrlAlphabet[i])] = i;
  }
  return table;
}();

template <typename Unit>
uint8_t lookup(const std::array<uint8_t, 256>& table, Unit unit) {
  if constexpr (sizeof(Unit) > 1) {
    if (unit > 0xFF) return 0xFF;
  }
  return table[static_cast<uint8_t>(unit)];
}

template <typename Unit>
size_t hex_decode_units(const Unit* text, size_t len, uint8_t* out, size_t capacity) {
  size_t n = len / 2 < capacity ? len / 2 : capacity;
  for (size_t i = 0; i < n; ++i) {
    uint8_t high = lookup(kHexValues, text[2 * i]);
    uint8_t low = lookup(kHexValues, text[2 * i + 1]);
    if ((high | low) > 15) return i;
    out[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return n;
}

template <typename Unit>
size_t base64_size_of(const Unit* text, size_t len) {
  if (len > 0 && text[len - 1] == '=') {
    --len;
    if (len > 0 && text[len - 1] == '=') --len;
  }
  return len / 4 * 3 + len % 4 * 3 / 4;
}

template <typename Unit>
size_t base64_decode_units(const Unit* text, size_t len, uint8_t* out, size_t capacity) {
  size_t i = 0;
  size_t n = 0;
  // Whole groups of good characters, until something else comes.
  while (i + 4 <= len && n + 3 <= capacity) {
    uint8_t a = lookup(kBase64Values, text[i]);
    uint8_t b = lookup(kBase64Values, text[i + 1]);
    uint8_t c = lookup(kBase64Values, text[i + 2]);
    uint8_t d = lookup(kBase64Values, text[i + 3]);
    if ((a | b | c | d) > 63) break;
    uint32_t group = static_cast<uint32_t>(a) << 18 | b << 12 | c << 6 | d;
    out[n] = static_cast<uint8_t>(group >> 16);
    out[n + 1] = static_cast<uint8_t>(group >> 8);
    out[n + 2] = static_cast<uint8_t>(group);
    n += 3;
    i += 4;
  }
  uint32_t bits = 0;
  int count = 0;
  for (; i < len && n < capacity; ++i) {
    if (text[i] == '=') break;
    uint8_t v = lookup(kBase64Values, text[i]);
    if (v > 63) continue;
    bits = bits << 6 | v;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[n++] = static_cast<uint8_t>(bits >> count);
  }
  return n;
}

}  // namespace

bool is_ascii(const void* data, size_t len) {
  const uint8_t* p = static_cast<const uint8_t*>(data);
  uint64_t seen = 0;
  // Blocks of 64 without a branch between, which compilers turn into vector code.
  for (; len >= 64; p += 64, len -= 64) {
    for (size_t i = 0; i < 64; i += 8) seen |= load8(p + i);
    if ((seen & kHighBits) != 0) return false;
  }
  for (; len >= 8; p += 8, len -= 8) seen |= load8(p);
  for (; len > 0; ++p, --len) seen |= *p;
  return (seen & kHighBits) == 0;
}

bool is_utf8(const void* data, size_t len) {
  const uint8_t* p = static_cast<const uint8_t*>(data);
  size_t i = 0;
  for (;;) {
    i += ascii_prefix(p + i, len - i);
    if (i == len) return true;
    size_t n = utf8_sequence(p + i, len - i);
    if (n == 0) return false;
    i += n;
  }
}

size_t utf8_length(const uint8_t* text, size_t len) {
  size_t extra = 0;
  size_t i = 0;
  for (; i + 8 <= len; i += 8) {
    extra += static_cast<size_t>(__builtin_popcountll(load8(text + i) & kHighBits));
  }
  for (; i < len; ++i) extra += text[i] >> 7;
  return len + extra;
}

size_t utf8_length(const uint16_t* text, size_t len) {
  size_t total = 0;
  for (size_t i = 0; i < len; ++i) {
    uint16_t c = text[i];
    if (c < 0x80) {
      total += 1;
    } else if (c < 0x800) {
      total += 2;
    } else if ((c & 0xFC00) == 0xD800 && i + 1 < len && (text[i + 1] & 0xFC00) == 0xDC00) {
      total += 4;
      ++i;
    } else {
      total += 3;
    }
  }
  return total;
}

size_t latin1_to_utf8_in_place(uint8_t* data, size_t len, size_t capacity) {
  size_t keep = 0;
  size_t total = 0;
  while (keep < len) {
    size_t width = data[keep] < 0x80 ? 1 : 2;
    if (total + width > capacity) break;
    total += width;
    ++keep;
  }
  // From the back, so that nothing is overwritten before it is read.
  size_t to = total;
  for (size_t from = keep; from > 0 && to != from;) {
    uint8_t c = data[--from];
    if (c < 0x80) {
      data[--to] = c;
    } else {
      data[--to] = static_cast<uint8_t>(0x80 | (c & 0x3F));
      data[--to] = static_cast<uint8_t>(0xC0 | c >> 6);
    }
  }
  return total;
}

void hex_encode(const uint8_t* data, size_t len, char* out) {
  for (size_t i = 0; i < len; ++i) std::memcpy(out + 2 * i, &kHexPairs[2 * data[i]], 2);
}

size_t hex_decode(const uint8_t* text, size_t len, uint8_t* out, size_t capacity) {
  return hex_decode_units(text, len, out, capacity);
}
size_t hex_decode(const uint16_t* text, size_t len, uint8_t* out, size_t capacity) {
  return hex_decode_units(text, len, out, capacity);
}

void base64_encode(const uint8_t* data, size_t len, char* out, Base64 kind) {
  const char* alphabet = kind == Base64::kStandard ? kStandardAlphabet : kUrlAlphabet;
  const char* pairs = kind == Base64::kStandard ? kBase64Pairs<kStandardAlphabet>.data()
                                                : kBase64Pairs<kUrlAlphabet>.data();
  for (; len >= 3; data += 3, len -= 3, out += 4) {
    uint32_t group = static_cast<uint32_t>(data[0]) << 16 | data[1] << 8 | data[2];
    std::memcpy(out, pairs + 2 * (group >> 12), 2);
    std::memcpy(out + 2, pairs + 2 * (group & 4095), 2);
  }
  if (len == 0) return;
  uint32_t group = static_cast<uint32_t>(data[0]) << 16 | (len == 2 ? data[1] << 8 : 0);
  *out++ = alphabet[group >> 18];
  *out++ = alphabet[group >> 12 & 63];
  if (len == 2) *out++ = alphabet[group >> 6 & 63];
  if (kind == Base64::kUrl) return;
  if (len == 1) *out++ = '=';
  *out = '=';
}

size_t base64_decoded_size(const uint8_t* text, size_t len) { return base64_size_of(text, len); }
size_t base64_decoded_size(const uint16_t* text, size_t len) { return base64_size_of(text, len); }

size_t base64_decode(const uint8_t* text, size_t len, uint8_t* out, size_t capacity) {
  return base64_decode_units(text, len, out, capacity);
}
size_t base64_decode(const uint16_t* text, size_t len, uint8_t* out, size_t capacity) {
  return base64_decode_units(text, len, out, capacity);
}

Base64Error base64_decode_forgiving(const uint8_t* text, size_t len, uint8_t* out,
                                    size_t* written) {
  size_t n = 0;
  size_t digits = 0;
  size_t padding = 0;
  uint32_t bits = 0;
  int count = 0;
  *written = 0;
  for (size_t i = 0; i < len; ++i) {
    uint8_t c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    uint8_t v = kBase64Values[c];
    if (v > 63 || c == '-' || c == '_' || padding > 0) return Base64Error::kCharacter;
    ++digits;
    bits = bits << 6 | v;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[n++] = static_cast<uint8_t>(bits >> count);
  }
  if (padding > 2 || (padding > 0 && (digits + padding) % 4 != 0)) return Base64Error::kCharacter;
  if (digits % 4 == 1) return Base64Error::kLength;
  *written = n;
  return Base64Error::kNone;
}

int64_t find_bytes(const uint8_t* hay, size_t hay_len, const uint8_t* needle, size_t needle_len,
                   size_t from, bool backwards, size_t step) {
  if (needle_len > hay_len) return -1;
  size_t last = hay_len - needle_len;
  if (backwards) {
    for (size_t i = from < last ? from : last;; --i) {
      if (i % step == 0 && hay[i] == needle[0] && std::memcmp(hay + i, needle, needle_len) == 0) {
        return static_cast<int64_t>(i);
      }
      if (i == 0) return -1;
    }
  }
  while (from <= last) {
    const void* found = needle_len == 1 ? std::memchr(hay + from, needle[0], hay_len - from)
                                        : memmem(hay + from, hay_len - from, needle, needle_len);
    if (found == nullptr) return -1;
    size_t at = static_cast<size_t>(static_cast<const uint8_t*>(found) - hay);
    if (at % step == 0) return static_cast<int64_t>(at);
    from = at + 1;
  }
  return -1;
}

void swap_bytes(uint8_t* data, size_t len, size_t width) {
  for (size_t at = 0; at + width <= len; at += width) {
    for (size_t i = 0; i < width / 2; ++i) {
      uint8_t t = data[at + i];
      data[at + i] = data[at + width - 1 - i];
      data[at + width - 1 - i] = t;
    }
  }
}

}  // namespace node
