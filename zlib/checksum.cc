// Adler-32 and CRC-32.
#include "zlib/checksum.h"

#include <algorithm>
#include <array>

namespace node::zlib {

namespace {

constexpr uint32_t kAdlerModulus = 65521;
// As many bytes as can be added before the second sum leaves 32 bits.
constexpr size_t kAdlerRun = 5552;

// kCrcTables[k][b]: the effect of the byte b with k bytes after it, so that sixteen bytes are
// sixteen look-ups that do not wait for each other.
constexpr size_t kCrcStep = 16;
constexpr auto make_crc_tables() {
  std::array<std::array<uint32_t, 256>, kCrcStep> tables{};
  for (uint32_t b = 0; b < 256; b++) {
    uint32_t crc = b;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
    tables[0][b] = crc;
  }
  for (size_t k = 1; k < kCrcStep; k++)
    for (size_t b = 0; b < 256; b++)
      tables[k][b] = (tables[k - 1][b] >> 8) ^ tables[0][tables[k - 1][b] & 0xff];
  return tables;
}
constexpr auto kCrcTables = make_crc_tables();

// The effect of eight bytes with `after` more behind them.
inline uint32_t crc_of_eight(uint64_t x, size_t after) {
  const auto* k = &kCrcTables[after];
  return k[7][x & 0xff] ^ k[6][(x >> 8) & 0xff] ^ k[5][(x >> 16) & 0xff] ^ k[4][(x >> 24) & 0xff] ^
         k[3][(x >> 32) & 0xff] ^ k[2][(x >> 40) & 0xff] ^ k[1][(x >> 48) & 0xff] ^ k[0][x >> 56];
}

}  // namespace

uint32_t adler32(uint32_t adler, ByteSpan bytes) {
  uint32_t a = adler & 0xffff, b = adler >> 16;
  const uint8_t* at = bytes.data();
  for (size_t left = bytes.size(); left > 0;) {
    size_t run = std::min(left, kAdlerRun);
    left -= run;
    // Sixteen at a time: b grows by 16 times the old a, and by each byte as often as it counts; the
    // compiler makes vectors of the inner loop.
    for (; run >= 16; run -= 16, at += 16) {
      uint32_t sum = 0, weighted = 0;
      for (uint32_t i = 0; i < 16; i++) {
        sum += at[i];
        weighted += (16 - i) * at[i];
      }
      b += 16 * a + weighted;
      a += sum;
    }
    for (; run > 0; run--) {
      a += *at++;
      b += a;
    }
    a %= kAdlerModulus;
    b %= kAdlerModulus;
  }
  return (b << 16) | a;
}

uint32_t crc32(uint32_t crc, ByteSpan bytes) {
  const uint8_t* at = bytes.data();
  size_t left = bytes.size();
  crc = ~crc;
  for (; left >= kCrcStep; left -= kCrcStep, at += kCrcStep)
    crc = crc_of_eight(load_le64(at) ^ crc, 8) ^ crc_of_eight(load_le64(at + 8), 0);
  for (; left > 0; left--) crc = (crc >> 8) ^ kCrcTables[0][(crc ^ *at++) & 0xff];
  return ~crc;
}

}  // namespace node::zlib
