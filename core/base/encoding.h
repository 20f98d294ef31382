// Text encodings of bytes: hexadecimal, base64, and questions about UTF-8. Pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace node {

// Writes 2 * bytes.size() lower-case digits to `out`.
void hex_encode(std::string_view bytes, char* out);
// Decodes pairs of digits until the first that is none; returns the bytes written, at most `capacity`.
size_t hex_decode(std::string_view text, char* out, size_t capacity);

// Characters that base64_encode writes for `bytes`: padded with '=' unless `url` (RFC 4648, sections 4 and 5).
size_t base64_encoded_size(size_t bytes, bool url);
void base64_encode(std::string_view bytes, bool url, char* out);

// Upper bound of the bytes that `text` decodes to.
size_t base64_decoded_size(std::string_view text);
// Decodes both alphabets alike; skips what belongs to neither, ends at '='. Returns the bytes written, at most `capacity`.
size_t base64_decode(std::string_view text, char* out, size_t capacity);

bool is_ascii(std::string_view bytes);
// Well-formed UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing beyond U+10FFFF.
bool is_utf8(std::string_view bytes);

}  // namespace node
