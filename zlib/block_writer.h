// Gathers the symbols of a block and writes it in the shortest of three ways (RFC 1951, 3.2.3).
#pragma once

#include <memory>

#include "zlib/bit_writer.h"
#include "zlib/prefix_code.h"

namespace node::zlib {

class BlockWriter {
 public:
  explicit BlockWriter(size_t max_symbols);

  // Both say whether the block is full now and must be written.
  bool add_literal(uint8_t byte) {
    literal_counts_[byte]++;
    symbols_[len_++] = byte;
    return len_ == max_symbols_;
  }
  bool add_match(size_t len, size_t distance) {
    literal_counts_[kEndOfBlock + 1 + length_symbol(len)]++;
    distance_counts_[distance_symbol(distance)]++;
    symbols_[len_++] = static_cast<uint32_t>(distance << 9 | len);
    return len_ == max_symbols_;
  }
  bool empty() const { return len_ == 0; }

  // Writes the block and begins another. `stored`: the bytes that the symbols stand for, if they
  // are still there (data() is not null). The codes of RFC 1951 alone, if `only_fixed`.
  void write_block(BitWriter* out, ByteSpan stored, bool last, bool only_fixed);
  // These bytes as they are, in as many blocks as it takes.
  static void write_stored(BitWriter* out, ByteSpan bytes, bool last);
  // A block of ten bits with nothing in it.
  static void write_empty_fixed(BitWriter* out, bool last);
  void clear();

 private:
  // A run of code lengths as RFC 1951, 3.2.7 sends it.
  struct Run {
    uint8_t symbol;
    uint8_t extra;
  };
  static unsigned length_symbol(size_t len);
  static unsigned distance_symbol(size_t distance);
  size_t plan_dynamic();
  size_t fixed_bits() const;
  size_t content_bits(const uint8_t* literal_lens, const uint8_t* distance_lens) const;
  void plan_runs();
  void write_dynamic_head(BitWriter* out);
  void write_symbols(BitWriter* out);

  const size_t max_symbols_;
  size_t len_ = 0;
  std::unique_ptr<uint32_t[]> symbols_;  // literals, or distance << 9 | length
  uint32_t literal_counts_[kLiteralLengthSymbols] = {};
  uint32_t distance_counts_[kDistanceSymbols] = {};

  // What plan_dynamic() found.
  uint8_t lens_[kLiteralLengthSymbols + kDistanceSymbols];
  uint8_t literal_lens_[288], distance_lens_[kDistanceSymbols];
  size_t literals_used_ = 0, distances_used_ = 0, headers_used_ = 0, run_count_ = 0;
  Run runs_[kLiteralLengthSymbols + kDistanceSymbols];
  uint8_t header_lens_[19];

  Code literal_codes_[288], distance_codes_[kDistanceSymbols];
};

}  // namespace node::zlib
