// Compressing: the window, flushes, and when a block ends.
#include "zlib/deflate.h"

#include <algorithm>

namespace node::zlib {

namespace {

// Behind the window, for comparisons in words of eight bytes.
constexpr size_t kSlack = kMaxMatch + 16;
// Partial and sync flushes do not repeat each other; a full one is more.
int rank(Flush flush) {
  constexpr int kRanks[] = {0, 2, 3, 4, 5, 1};
  return kRanks[static_cast<int>(flush)];
}

}  // namespace

// A window of 256 bytes is smaller than what must be ahead of it.
Deflate::Deflate(const DeflateOptions& options)
    : options_(options),
      level_(options.level),
      strategy_(options.strategy),
      window_size_(size_t{1} << std::max(options.window_bits, 9u)),
      window_mask_(window_size_ - 1),
      hash_bits_(options.memory_level + 7),
      block_(size_t{1} << (options.memory_level + 6)) {}

size_t Deflate::memory_bytes() const {
  return sizeof *this + window_size_ * 4 + (size_t{2} << hash_bits_) +
         (size_t{8} << (options_.memory_level + 6));
}

void Deflate::reset() {
  level_ = options_.level;
  strategy_ = options_.strategy;
  at_ = ahead_ = next_insert_ = 0;
  block_start_ = 0;
  match_len_ = 2;
  literal_waits_ = finished_ = false;
  flushed_ = -1;
  if (heads_ != nullptr) std::fill_n(heads_.get(), size_t{1} << hash_bits_, 0);
  block_.clear();
  writer_.clear();
}

void Deflate::set_dictionary(ByteSpan bytes) {
  bytes = bytes.last(std::min(bytes.size(), window_size_ - kMinAhead));
  Buffers io = {bytes.data(), bytes.size(), nullptr, 0};
  fill_window(&io);
  at_ += ahead_;
  ahead_ = 0;
  block_start_ = static_cast<ptrdiff_t>(at_);
  insert_missed();
}

void Deflate::set_params(int level, Strategy strategy) {
  if (level == level_ && strategy == strategy_) return;
  while (ahead_ > 0) compress(true);
  if (block_start_ != static_cast<ptrdiff_t>(at_)) write_rest(false);
  level_ = level;
  strategy_ = strategy;
  match_len_ = 2;
}

// ---- The window ----------------------------------------------------------------------------

// Takes input; true when there was any.
bool Deflate::fill_window(Buffers* io) {
  if (io->in_len == 0) return false;
  if (window_ == nullptr) {
    window_.reset(new uint8_t[2 * window_size_ + kSlack]());
    heads_.reset(new uint16_t[size_t{1} << hash_bits_]());
    previous_.reset(new uint16_t[window_size_]());
  }
  if (at_ >= 2 * window_size_ - kMinAhead) slide();
  size_t end = at_ + ahead_;
  size_t len = std::min(io->in_len, 2 * window_size_ - end);
  std::memcpy(window_.get() + end, io->in, len);
  io->in += len;
  io->in_len -= len;
  ahead_ += len;
  if (len > 0) flushed_ = -1;
  return len > 0;
}

void Deflate::slide() {
  auto back = static_cast<uint16_t>(window_size_);
  std::memmove(window_.get(), window_.get() + window_size_, window_size_);
  at_ -= window_size_;
  next_insert_ -= std::min(next_insert_, window_size_);
  match_at_ -= std::min(match_at_, window_size_);
  block_start_ -= static_cast<ptrdiff_t>(window_size_);
  // Both have multiples of 32 entries; the compiler makes vectors of the inner loop.
  auto move = [back](uint16_t* at, size_t count) {
    for (uint16_t* const end = at + count; at < end; at += 32)
      for (size_t i = 0; i < 32; i++)
        at[i] = static_cast<uint16_t>(at[i] >= back ? at[i] - back : 0);
  };
  move(heads_.get(), size_t{1} << hash_bits_);
  move(previous_.get(), window_size_);
}

// ---- Running -------------------------------------------------------------------------------

bool Deflate::run(Buffers* io, Flush flush) {
  for (;;) {
    writer_.drain(io);
    if (!writer_.empty()) return false;
    if (finished_) return true;
    bool filled = fill_window(io);
    if (ahead_ > 0) {
      size_t before = ahead_;
      compress(flush != Flush::kNone && io->in_len == 0);
      if (filled || ahead_ != before || !writer_.empty()) continue;
    }
    if (flush == Flush::kNone || rank(flush) <= flushed_) return true;
    write_flush(flush);
  }
}

void Deflate::write_flush(Flush flush) {
  flushed_ = rank(flush);
  finished_ = flush == Flush::kFinish;
  if (finished_ || block_start_ != static_cast<ptrdiff_t>(at_)) write_rest(finished_);
  switch (flush) {
    case Flush::kPartial:
      BlockWriter::write_empty_fixed(&writer_, false);
      break;
    case Flush::kFull:
      if (heads_ != nullptr) std::fill_n(heads_.get(), size_t{1} << hash_bits_, 0);
      next_insert_ = at_;
      [[fallthrough]];
    case Flush::kSync:
      BlockWriter::write_stored(&writer_, {}, false);
      break;
    case Flush::kFinish:
      writer_.reserve(16);
      writer_.align();
      break;
    default:
      break;
  }
}

// What has been compressed and is in no block yet; nothing is ahead.
void Deflate::write_rest(bool last) {
  if (literal_waits_) block_.add_literal(window_[at_ - 1]);
  literal_waits_ = false;
  match_len_ = 2;
  write_block(at_, last);
}

// Ends the block, whose symbols stand for what lies before `end`.
void Deflate::write_block(size_t end, bool last) {
  ByteSpan stored;
  if (block_start_ >= 0 && window_ != nullptr)
    stored = {window_.get() + block_start_, end - static_cast<size_t>(block_start_)};
  if (level_ == 0)
    BlockWriter::write_stored(&writer_, stored, last);
  else
    block_.write_block(&writer_, stored, last, strategy_ == Strategy::kFixed);
  block_start_ = static_cast<ptrdiff_t>(end);
}

// Compresses what is ahead: until there is too little of it, or, if it is `all`, to its end; or
// until a block has been written.
void Deflate::compress(bool all) {
  if (level_ == 0) return store_all();
  if (strategy_ == Strategy::kHuffmanOnly) return code_literals();
  if (strategy_ == Strategy::kRle) return match_runs(all);
  if (level_ <= 3) return match_eagerly(all);
  match_lazily(all);
}

}  // namespace node::zlib
