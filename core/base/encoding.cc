// Table-driven hexadecimal and base64; UTF-8 validation.
#include "core/base/encoding.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace node {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kBase64Url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr int8_t kNone = -1;

constexpr std::array<int8_t, 256> make_hex_values() {
  std::array<int8_t, 256> t{};
  t.fill(kNone);
  for (int i = 0; i < 16; ++i) t[static_cast<uint8_t>(kHexDigits[i])] = static_cast<int8_t>(i);
  for (int i = 10; i < 16; ++i) t[static_cast<uint8_t>(kHexDigits[i] - 32)] = static_cast<int8_t>(i);
  return t;
}

constexpr std::array<int8_t, 256> make_base64_values() {
  std::array<int8_t, 256> t{};
  t.fill(kNone);
  for (int i = 0; i < 64; ++i) {
    t[static_cast<uint8_t>(kBase64[i])] = static_cast<int8_t>(i);
    t[static_cast<uint8_t>(kBase64Url[i])] = static_cast<int8_t>(i);
  }
  return t;
}

constexpr std::array<int8_t, 256> kHexValues = make_hex_values();
constexpr std::array<int8_t, 256> kBase64Values = make_base64_values();

uint8_t byte(char c) { return static_cast<uint8_t>(c); }

}  // namespace

void hex_encode(std::string_view bytes, char* out) {
  for (char c : bytes) {
    *out++ = kHexDigits[byte(c) >> 4];
    *out++ = kHexDigits[byte(c) & 15];
  }
}

size_t hex_decode(std::string_view text, char* out, size_t capacity) {
  size_t n = 0;
  for (; n < capacity && 2 * n + 1 < text.size(); ++n) {
    int high = kHexValues[byte(text[2 * n])];
    int low = kHexValues[byte(text[2 * n + 1])];
    if (high < 0 || low < 0) break;
    out[n] = static_cast<char>(high << 4 | low);
  }
  return n;
}

size_t base64_encoded_size(size_t bytes, bool url) {
  return url ? (bytes * 4 + 2) / 3 : (bytes + 2) / 3 * 4;
}

void base64_encode(std::string_view bytes, bool url, char* out) {
  const char* digits = url ? kBase64Url : kBase64;
  size_t i = 0;
  for (; i + 2 < bytes.size(); i += 3) {
    uint32_t v = static_cast<uint32_t>(byte(bytes[i]) << 16 | byte(bytes[i + 1]) << 8 | byte(bytes[i + 2]));
    *out++ = digits[v >> 18];
    *out++ = digits[v >> 12 & 63];
    *out++ = digits[v >> 6 & 63];
    *out++ = digits[v & 63];
  }
  size_t left = bytes.size() - i;
  if (left == 0) return;
  uint32_t v = static_cast<uint32_t>(byte(bytes[i]) << 16 | (left == 2 ? byte(bytes[i + 1]) << 8 : 0));
  *out++ = digits[v >> 18];
  *out++ = digits[v >> 12 & 63];
  if (left == 2) *out++ = digits[v >> 6 & 63];
  if (!url) {
    if (left == 1) *out++ = '=';
    *out++ = '=';
  }
}

size_t base64_decoded_size(std::string_view text) {
  size_t n = text.size();
  while (n > 0 && text[n - 1] == '=') --n;
  return n / 4 * 3 + (n % 4 > 1 ? n % 4 - 1 : 0);
}

size_t base64_decode(std::string_view text, char* out, size_t capacity) {
  size_t n = 0;
  size_t i = 0;
  // Groups of four without anything to skip.
  while (i + 4 <= text.size() && n + 3 <= capacity) {
    int a = kBase64Values[byte(text[i])], b = kBase64Values[byte(text[i + 1])];
    int c = kBase64Values[byte(text[i + 2])], d = kBase64Values[byte(text[i + 3])];
    if ((a | b | c | d) < 0) break;
    uint32_t v = static_cast<uint32_t>(a << 18 | b << 12 | c << 6 | d);
    out[n++] = static_cast<char>(v >> 16);
    out[n++] = static_cast<char>(v >> 8);
    out[n++] = static_cast<char>(v);
    i += 4;
  }
  uint32_t bits = 0;
  int have = 0;
  for (; i < text.size() && n < capacity; ++i) {
    if (text[i] == '=') break;
    int v = kBase64Values[byte(text[i])];
    if (v < 0) continue;
    bits = bits << 6 | static_cast<uint32_t>(v);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out[n++] = static_cast<char>(bits >> have);
    }
  }
  return n;
}

bool is_ascii(std::string_view bytes) {
  const char* p = bytes.data();
  size_t n = bytes.size();
  for (; n >= 8; p += 8, n -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    if ((word & 0x8080808080808080u) != 0) return false;
  }
  for (; n > 0; ++p, --n) {
    if (byte(*p) >= 0x80) return false;
  }
  return true;
}

bool is_utf8(std::string_view bytes) {
  size_t i = 0;
  while (i < bytes.size()) {
    uint8_t lead = byte(bytes[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    size_t extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || i + extra >= bytes.size()) return false;
    uint8_t second = byte(bytes[i + 1]);
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) return false;
    for (size_t k = 2; k <= extra; ++k) {
      if ((byte(bytes[i + k]) & 0xC0) != 0x80) return false;
    }
    i += extra + 1;
  }
  return true;
}

}  // namespace node
