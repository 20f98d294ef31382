// DEFLATE (RFC 1951) and its containers zlib (RFC 1950) and gzip (RFC 1952): what the two
// directions share. Nothing here knows of JavaScript, threads or descriptors.
//
// Numbers of statuses, flushes and strategies are those that zlib's users know.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace node::zlib {

using ByteSpan = std::span<const uint8_t>;

// Input still to be read, and room still to be filled; both directions move them on.
struct Buffers {
  const uint8_t* in;
  size_t in_len;
  uint8_t* out;
  size_t out_len;
};

enum class Status : int {
  kOk = 0,
  kStreamEnd = 1,
  kNeedDictionary = 2,
  kStreamError = -2,
  kDataError = -3,
  kBufferError = -5,  // no progress was possible, or the input ended before the stream did
};

enum class Flush : int { kNone = 0, kPartial = 1, kSync = 2, kFull = 3, kFinish = 4, kBlock = 5 };

enum class Strategy : int { kDefault = 0, kFiltered = 1, kHuffmanOnly = 2, kRle = 3, kFixed = 4 };

// kGzipOrZlib: for reading, by what the first bytes say.
enum class Format { kRaw, kZlib, kGzip, kGzipOrZlib };

constexpr unsigned kMinWindowBits = 8;
constexpr unsigned kMaxWindowBits = 15;
constexpr size_t kMinMatch = 3;
constexpr size_t kMaxMatch = 258;
constexpr size_t kLiteralLengthSymbols = 286;  // those a stream may use
constexpr size_t kDistanceSymbols = 30;
constexpr unsigned kEndOfBlock = 256;
constexpr unsigned kMaxCodeBits = 15;

// RFC 1951, 3.2.5: the smallest length or distance of each symbol, and how many bits follow it.
constexpr uint16_t kLengthBase[29] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                      15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                      67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr uint8_t kLengthExtra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                      2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr uint16_t kDistanceBase[30] = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr uint8_t kDistanceExtra[30] = {0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                        6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
// 3.2.7: the order in which the lengths of the code of code lengths are sent.
constexpr uint8_t kCodeLengthOrder[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                          11, 4,  12, 3, 13, 2, 14, 1, 15};

// Code lengths of the fixed code (3.2.6).
constexpr unsigned fixed_code_bits(unsigned symbol) {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

constexpr uint64_t swap_bytes(uint64_t x) { return __builtin_bswap64(x); }

inline uint64_t load_le64(const uint8_t* at) {
  uint64_t x;
  std::memcpy(&x, at, sizeof x);
  return std::endian::native == std::endian::little ? x : swap_bytes(x);
}

inline void store_le64(uint8_t* at, uint64_t x) {
  if (std::endian::native != std::endian::little) x = swap_bytes(x);
  std::memcpy(at, &x, sizeof x);
}

}  // namespace node::zlib
