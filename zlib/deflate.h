// Compresses to raw DEFLATE (RFC 1951): finds what repeats within the window, by chains of
// positions that begin alike, and gives literals and matches to the writer of blocks.
#pragma once

#include <memory>

#include "zlib/block_writer.h"

namespace node::zlib {

// How much is tried for a shorter result.
struct Effort {
  uint16_t good_len;  // a match so long: a quarter of the chain will do for a better one
  uint16_t lazy_len;  // shorter ones wait for what begins at the next byte; eager levels: longer
                      // matches are not entered into the chains
  uint16_t nice_len;  // long enough to stop
  uint16_t chain;     // positions that are looked at
  bool lazy;
};

struct DeflateOptions {
  int level = 6;  // 0 to 9
  unsigned window_bits = kMaxWindowBits;
  unsigned memory_level = 8;  // 1 to 9: chains' heads and symbols a block
  Strategy strategy = Strategy::kDefault;
};

class Deflate {
 public:
  explicit Deflate(const DeflateOptions& options);

  void reset();
  // Text that is likely to occur; before any input.
  void set_dictionary(ByteSpan bytes);
  // From the next byte of input on; what was given before is written in the old manner.
  void set_params(int level, Strategy strategy);
  // Takes all input that there is room for, and hands out what is written. True when all input has
  // been taken, and all that `flush` demands is out.
  bool run(Buffers* io, Flush flush);

  // Written next; for heads and trailers, outside of run()'s blocks.
  BitWriter& writer() { return writer_; }
  size_t memory_bytes() const;

 private:
  bool fill_window(Buffers* io);
  void slide();
  void compress(bool all);
  void store_all();
  void match_eagerly(bool all);
  void match_lazily(bool all);
  void match_runs(bool all);
  void code_literals();
  // Unless there will be no more input, a match is not looked for with less than this ahead.
  static constexpr size_t kMinAhead = kMaxMatch + kMinMatch + 1;
  bool enough(bool all) const { return ahead_ >= (all ? 1 : kMinAhead); }
  void write_block(size_t end, bool last);
  void write_rest(bool last);
  void write_flush(Flush flush);

  unsigned hash_at(size_t at) const;
  size_t insert(size_t at);
  void insert_missed();
  void insert_up_to(size_t end);
  bool code_literal(uint8_t byte);
  bool code_match(size_t len, size_t distance);
  size_t longest_match(const Effort& effort, size_t candidate, size_t best_len);

  const DeflateOptions options_;
  int level_;
  Strategy strategy_;
  const size_t window_size_;
  const size_t window_mask_;
  const unsigned hash_bits_;

  // Two windows in a row, so that what is compressed always has a whole one before it.
  std::unique_ptr<uint8_t[]> window_;
  // The last position with a hash, and the one before each position; 0: none.
  std::unique_ptr<uint16_t[]> heads_, previous_;
  size_t at_ = 0;              // what is compressed next
  size_t ahead_ = 0;           // bytes from there on
  size_t next_insert_ = 0;     // all positions before are in the chains, or are not meant to be
  ptrdiff_t block_start_ = 0;  // negative when it has left the window

  // Of match_lazily(): what the byte before at_ begins with.
  size_t match_len_ = 2;
  size_t match_at_ = 0;
  bool literal_waits_ = false;

  bool finished_ = false;
  int flushed_ = -1;  // the strongest flush since the last input
  BlockWriter block_;
  BitWriter writer_;
};

}  // namespace node::zlib
