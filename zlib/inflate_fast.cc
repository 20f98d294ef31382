// Decompressing raw DEFLATE where there is plenty of input: the loop that all the time goes into.
#include "zlib/inflate.h"

namespace node::zlib {

namespace {

// `len` bytes from `distance` before `to`, where both may overlap; writes up to 15 bytes more.
inline uint8_t* copy_back(uint8_t* to, size_t distance, size_t len) {
  uint8_t* const end = to + len;
  const uint8_t* from = to - distance;
  if (distance >= 16) {
    do {
      std::memcpy(to, from, 16);
      to += 16;
      from += 16;
    } while (to < end);
  } else if (distance >= 8) {
    do {
      std::memcpy(to, from, 8);
      to += 8;
      from += 8;
    } while (to < end);
  } else if (distance == 1) {
    std::memset(to, *from, len);
  } else {
    while (to < end) *to++ = *from++;
  }
  return end;
}

inline uint64_t low_bits(uint64_t bits, unsigned count) {
  return bits & ((uint64_t{1} << count) - 1);
}

}  // namespace

// Needs 16 bytes of input at a time: a turn refills the bit buffer at most twice, by eight bytes of
// which it counts at most seven. What lies above the counted bits is what comes next in the input,
// so a refill may set it again.
Inflate::Step Inflate::decode_fast(Buffers* io, size_t limit) {
  const uint8_t* in = io->in;
  const uint8_t* const in_last = in + io->in_len - 16;
  const uint8_t* const in_end = in + io->in_len;
  uint8_t* const base = buffer_.get();
  uint8_t* out = base + end_;
  const uint8_t* const out_limit = base + limit;
  const size_t window = window_size();
  const Entry* const literals = literal_table_;
  const Entry* const distances = distance_table_;
  constexpr uint64_t kLiteralMask = (1u << kLiteralRootBits) - 1;
  constexpr uint64_t kDistanceMask = (1u << kDistanceRootBits) - 1;
  uint64_t bits = bits_;
  unsigned count = bit_count_;
  const char* failure = nullptr;
  bool block_ended = false;

  auto refill = [&] {
    bits |= load_le64(in) << count;
    in += (63 - count) >> 3;
    count |= 56;
  };
  auto consume = [&](unsigned n) {
    bits >>= n;
    count -= n;
  };

  while (in <= in_last && out < out_limit) {
    refill();
    Entry e = literals[bits & kLiteralMask];
    // Three literals of the first table take 33 bits of 56.
    if ((e & kLiteral) != 0) {
      consume(entry_bits(e));
      *out++ = static_cast<uint8_t>(entry_value(e));
      e = literals[bits & kLiteralMask];
      if ((e & kLiteral) != 0) {
        consume(entry_bits(e));
        *out++ = static_cast<uint8_t>(entry_value(e));
        e = literals[bits & kLiteralMask];
        if ((e & kLiteral) != 0) {
          consume(entry_bits(e));
          *out++ = static_cast<uint8_t>(entry_value(e));
          continue;
        }
      }
      // Length and distance take up to 48 bits.
      refill();
    }
    if ((e & kSpecial) != 0) {
      if ((e & kSubtable) != 0) {
        e = literals[entry_value(e) + low_bits(bits >> kLiteralRootBits, entry_bits(e))];
        if ((e & kLiteral) != 0) {
          consume(entry_bits(e));
          *out++ = static_cast<uint8_t>(entry_value(e));
          continue;
        }
      }
      if ((e & kEnd) != 0) {
        consume(entry_bits(e));
        block_ended = true;
        break;
      }
      if ((e & kInvalid) != 0) {
        failure = "invalid literal/length code";
        break;
      }
    }
    size_t len = entry_value(e) + (low_bits(bits, entry_bits(e)) >> entry_code_bits(e));
    consume(entry_bits(e));
    Entry d = distances[bits & kDistanceMask];
    if ((d & kSubtable) != 0)
      d = distances[entry_value(d) + low_bits(bits >> kDistanceRootBits, entry_bits(d))];
    if ((d & kInvalid) != 0) {
      failure = "invalid distance code";
      break;
    }
    size_t distance = entry_value(d) + (low_bits(bits, entry_bits(d)) >> entry_code_bits(d));
    consume(entry_bits(d));
    if (distance > static_cast<size_t>(out - base) || distance > window) {
      failure = "invalid distance too far back";
      break;
    }
    out = copy_back(out, distance, len);
  }

  bits_ = low_bits(bits, count);
  bit_count_ = count;
  io->in = in;
  io->in_len = static_cast<size_t>(in_end - in);
  end_ = static_cast<size_t>(out - base);
  if (failure != nullptr) return fail(failure);
  if (block_ended) state_ = State::kBlock;
  return Step::kEnd;
}

}  // namespace node::zlib
