// Decompresses raw DEFLATE (RFC 1951): bytes in, bytes out, stopping and going on anywhere.
//
// Output is decoded into a buffer of its own, in which the window always lies before what is being
// decoded, and handed out from there: a copy more, but no match ever straddles two places.
#pragma once

#include <memory>

#include "zlib/decode_table.h"

namespace node::zlib {

class Inflate {
 public:
  enum class Step { kNeedInput, kOutputFull, kEnd, kError };

  // Back to the beginning of a stream, with an empty window of 2^`window_bits` bytes.
  void reset(unsigned window_bits);
  // Takes the end of `bytes` for what came before; only after reset().
  void set_dictionary(ByteSpan bytes);

  // Moves `io` on. kEnd: the last block has ended, all output is out and the input stands at the
  // byte after it. kError: message() says why; what came before the damage is out.
  Step run(Buffers* io);
  const char* message() const { return message_; }

  // Of such an object with a window of this size.
  static size_t memory_bytes(unsigned window_bits);

 private:
  enum class State { kBlock, kStored, kCodes, kEnd, kError };

  size_t window_size() const { return size_t{1} << window_bits_; }
  void allocate();
  void drain(Buffers* io);
  void slide();
  void give_back(Buffers* io, const uint8_t* from);
  bool need(unsigned bits, Buffers* io);
  void drop(unsigned bits);
  unsigned take(unsigned bits);

  Step decode(Buffers* io, size_t limit);
  Step fail(const char* message);
  Step begin_block(Buffers* io);
  Step begin_stored(Buffers* io);
  Step begin_dynamic(Buffers* io);
  void use_fixed_code();
  Step read_header_lengths(Buffers* io);
  Step read_code_lengths(Buffers* io);
  Step build_tables();
  Step copy_stored(Buffers* io, size_t limit);
  Step decode_fast(Buffers* io, size_t limit);
  Step decode_symbol(Buffers* io);
  Step copy_match(size_t distance, size_t len);

  State state_ = State::kBlock;
  // Where a block's head stands: its parts can be far apart in the input.
  enum class Head {
    kType,
    kStoredLength,
    kCounts,
    kHeaderLengths,
    kCodeLengths
  } head_ = Head::kType;
  bool last_block_ = false;
  unsigned window_bits_ = kMaxWindowBits;
  uint64_t bits_ = 0;
  unsigned bit_count_ = 0;
  unsigned literal_count_ = 0, distance_count_ = 0, header_count_ = 0;
  unsigned lens_read_ = 0;
  size_t stored_left_ = 0;
  const char* message_ = nullptr;

  std::unique_ptr<uint8_t[]> buffer_;
  unsigned buffer_window_bits_ = 0;
  size_t capacity_ =
      0;            // positions from here on are only for what a match or a few literals overshoot
  size_t end_ = 0;  // of what is decoded
  size_t drained_ = 0;  // what the caller has got

  uint8_t lens_[kLiteralLengthSymbols + 32];
  Entry literal_table_[kLiteralTableSize];
  Entry distance_table_[kDistanceTableSize];
  Entry length_table_[1 << kLengthRootBits];
};

}  // namespace node::zlib
