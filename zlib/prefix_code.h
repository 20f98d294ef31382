// Makes prefix codes from how often symbols occur.
#pragma once

#include "zlib/codes.h"

namespace node::zlib {

// A symbol's code with its first bit lowest, and how many bits it has; 0 where the symbol is
// unused.
struct Code {
  uint16_t bits;
  uint16_t len;
};

// Sets `lens` to a shortest prefix code for symbols with these counts (at most 320 of them, their
// sum below 2^20) in which no code has more than `max_len` bits. There are always two codes at
// least: some decoders refuse less.
void make_code_lengths(std::span<const uint32_t> counts, unsigned max_len, std::span<uint8_t> lens);

// The codes that belong to these lengths (RFC 1951, 3.2.2).
void make_codes(ByteSpan lens, std::span<Code> codes);

}  // namespace node::zlib
