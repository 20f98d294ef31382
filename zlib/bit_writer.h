// Compressed output that waits to be handed out, written bit by bit, the lowest bit first.
#pragma once

#include <algorithm>
#include <vector>

#include "zlib/codes.h"

namespace node::zlib {

class BitWriter {
 public:
  // Room for so many bytes more; write() needs it and does not look.
  void reserve(size_t bytes) {
    if (bytes_.size() < end_ + bytes + 16) bytes_.resize(end_ + bytes + 16);
  }
  // At most 56 bits at a time.
  void write(uint64_t bits, unsigned count) {
    bits_ |= bits << count_;
    count_ += count;
    store_le64(&bytes_[end_], bits_);
    end_ += count_ >> 3;
    bits_ >>= count_ & ~7u;
    count_ &= 7;
  }
  // Fills the last byte with zeros.
  void align() {
    if (count_ > 0) write(0, 8 - count_);
  }
  // Whole bytes; after align().
  void write_bytes(ByteSpan bytes) {
    reserve(bytes.size());
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<ptrdiff_t>(end_));
    end_ += bytes.size();
  }
  // Moves finished bytes out.
  void drain(Buffers* io) {
    size_t len = std::min(io->out_len, end_ - begin_);
    if (len == 0) return;
    std::memcpy(io->out, &bytes_[begin_], len);
    io->out += len;
    io->out_len -= len;
    begin_ += len;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  bool empty() const { return begin_ == end_; }
  unsigned loose_bits() const { return count_; }
  void clear() {
    begin_ = end_ = 0;
    bits_ = count_ = 0;
  }

 private:
  std::vector<uint8_t> bytes_;
  size_t begin_ = 0, end_ = 0;
  uint64_t bits_ = 0;
  unsigned count_ = 0;
};

}  // namespace node::zlib
