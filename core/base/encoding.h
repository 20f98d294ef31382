// Bytes to text and back: UTF-8 checks, hex, base64, Latin-1. Pure functions; knows nothing of V8.
//
// Texts come as uint8_t units (Latin-1 strings of JavaScript) or uint16_t units (all others).
#pragma once

#include <cstddef>
#include <cstdint>

namespace node {

// Whether all bytes are below 0x80.
bool is_ascii(const void* data, size_t len);

// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong
// forms).
bool is_utf8(const void* data, size_t len);

// Bytes that the text needs as UTF-8; a lone surrogate counts as U+FFFD, three bytes.
size_t utf8_length(const uint8_t* text, size_t len);
size_t utf8_length(const uint16_t* text, size_t len);

// Turns `len` Latin-1 characters at `data` into UTF-8 in place; `capacity` bytes are there. Returns
// the bytes of the result; characters that do not fit whole are left out.
size_t latin1_to_utf8_in_place(uint8_t* data, size_t len, size_t capacity);

// Writes 2 * len lower-case digits.
void hex_encode(const uint8_t* data, size_t len, char* out);
// Decodes pairs of digits until the first pair that is none, an odd digit at the end, or
// `capacity`. Returns the bytes written.
size_t hex_decode(const uint8_t* text, size_t len, uint8_t* out, size_t capacity);
size_t hex_decode(const uint16_t* text, size_t len, uint8_t* out, size_t capacity);

enum class Base64 : uint8_t { kStandard, kUrl };

// Characters that encoding `len` bytes makes: padded for kStandard, bare for kUrl (RFC 4648).
constexpr size_t base64_encoded_size(size_t len, Base64 kind) {
  return kind == Base64::kStandard ? (len + 2) / 3 * 4 : len / 3 * 4 + (len % 3 * 4 + 2) / 3;
}
void base64_encode(const uint8_t* data, size_t len, char* out, Base64 kind);

// Bytes that decoding gives at the most, from the length and the padding alone.
size_t base64_decoded_size(const uint8_t* text, size_t len);
size_t base64_decoded_size(const uint16_t* text, size_t len);
// Decodes both alphabets, also mixed; skips every character outside them and stops at the first
// '='. Bits that make no whole byte are dropped. Writes at most `capacity` bytes and returns how
// many.
size_t base64_decode(const uint8_t* text, size_t len, uint8_t* out, size_t capacity);
size_t base64_decode(const uint16_t* text, size_t len, uint8_t* out, size_t capacity);

enum class Base64Error : uint8_t { kNone, kCharacter, kLength };
// The strict form of https://infra.spec.whatwg.org/#forgiving-base64-decode: white space is
// skipped, anything else outside the standard alphabet is an error. `out` has room for len / 4 * 3
// + 3.
Base64Error base64_decode_forgiving(const uint8_t* text, size_t len, uint8_t* out, size_t* written);

// First (or last, when `backwards`) place of `needle` in `hay` that starts at or after (at or
// before) `from` and lies on a multiple of `step`; -1 when there is none. `needle_len` is at
// least 1.
int64_t find_bytes(const uint8_t* hay, size_t hay_len, const uint8_t* needle, size_t needle_len,
                   size_t from, bool backwards, size_t step);

// Reverses the bytes of each `width` (2, 4, 8) of them; `len` is a multiple of it.
void swap_bytes(uint8_t* data, size_t len, size_t width);

}  // namespace node
