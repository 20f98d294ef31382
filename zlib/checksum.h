// The checksums of the two containers.
#pragma once

#include "zlib/codes.h"

namespace node::zlib {

// Continues a checksum over `bytes`; they begin with kAdlerStart and kCrcStart.
constexpr uint32_t kAdlerStart = 1;
constexpr uint32_t kCrcStart = 0;
uint32_t adler32(uint32_t adler, ByteSpan bytes);  // RFC 1950, 8.2
uint32_t crc32(uint32_t crc, ByteSpan bytes);      // RFC 1952, 8

}  // namespace node::zlib
