// Decompressing raw DEFLATE: blocks, symbol by symbol at the edges, and the window.
//
// At the edges nothing is consumed in halves: whatever is read next fits into the bit buffer whole,
// and is taken once it is there whole.
#include "zlib/inflate.h"

#include <algorithm>

namespace node::zlib {

namespace {

// What a match, the literals before it and copies in words may write beyond a limit.
constexpr size_t kSlack = kMaxMatch + 64;
// Decoded between two moves of the window.
constexpr size_t kRun = 32768;

}  // namespace

size_t Inflate::memory_bytes(unsigned window_bits) {
  return sizeof(Inflate) + (size_t{1} << window_bits) + kRun + kSlack;
}

void Inflate::reset(unsigned window_bits) {
  state_ = State::kBlock;
  head_ = Head::kType;
  last_block_ = false;
  window_bits_ = window_bits;
  bits_ = bit_count_ = 0;
  end_ = drained_ = 0;
  message_ = nullptr;
}

// Not before there is input: many a stream never sees any.
void Inflate::allocate() {
  if (buffer_ != nullptr && buffer_window_bits_ == window_bits_) return;
  capacity_ = window_size() + kRun;
  buffer_.reset(new uint8_t[capacity_ + kSlack]);
  buffer_window_bits_ = window_bits_;
}

void Inflate::set_dictionary(ByteSpan bytes) {
  allocate();
  size_t len = std::min(bytes.size(), window_size());
  std::copy(bytes.end() - static_cast<ptrdiff_t>(len), bytes.end(), buffer_.get());
  end_ = drained_ = len;
}

void Inflate::drain(Buffers* io) {
  size_t len = std::min(io->out_len, end_ - drained_);
  if (len == 0) return;
  std::memcpy(io->out, buffer_.get() + drained_, len);
  io->out += len;
  io->out_len -= len;
  drained_ += len;
}

// Makes room behind the window; all has been handed out.
void Inflate::slide() {
  if (end_ < capacity_) return;
  size_t window = window_size();
  std::memmove(buffer_.get(), buffer_.get() + end_ - window, window);
  end_ = drained_ = window;
}

Inflate::Step Inflate::run(Buffers* io) {
  allocate();
  for (;;) {
    drain(io);
    if (drained_ < end_) return Step::kOutputFull;
    if (state_ == State::kEnd) return Step::kEnd;
    if (state_ == State::kError) return Step::kError;
    if (io->out_len == 0 && state_ != State::kBlock) return Step::kOutputFull;
    slide();
    const uint8_t* from = io->in;
    Step step = decode(io, std::min(capacity_, drained_ + io->out_len));
    if (step != Step::kNeedInput) give_back(io, from);
    drain(io);
    if (step == Step::kNeedInput) return drained_ < end_ ? Step::kOutputFull : step;
  }
}

// Whole bytes in the bit buffer return to the input, as far as it gave them in this call.
void Inflate::give_back(Buffers* io, const uint8_t* from) {
  size_t bytes = std::min<size_t>(bit_count_ / 8, static_cast<size_t>(io->in - from));
  io->in -= bytes;
  io->in_len += bytes;
  bit_count_ -= static_cast<unsigned>(bytes) * 8;
  bits_ &= (uint64_t{1} << bit_count_) - 1;
}

Inflate::Step Inflate::fail(const char* message) {
  message_ = message;
  state_ = State::kError;
  return Step::kError;
}

// Whether the bit buffer holds so many bits (at most 56), filling it as far as it goes.
bool Inflate::need(unsigned bits, Buffers* io) {
  while (bit_count_ <= 56 && io->in_len > 0) {
    bits_ |= uint64_t{*io->in++} << bit_count_;
    io->in_len--;
    bit_count_ += 8;
  }
  return bit_count_ >= bits;
}

void Inflate::drop(unsigned bits) {
  bits_ >>= bits;
  bit_count_ -= bits;
}

unsigned Inflate::take(unsigned bits) {
  auto value = static_cast<unsigned>(bits_ & ((uint64_t{1} << bits) - 1));
  drop(bits);
  return value;
}

// Decodes until `limit` or a little beyond, or until a block's end changes the state: kOutputFull
// says to call again.
Inflate::Step Inflate::decode(Buffers* io, size_t limit) {
  for (;;) {
    Step step = Step::kOutputFull;
    switch (state_) {
      case State::kBlock:
        step = begin_block(io);
        break;
      case State::kStored:
        step = copy_stored(io, limit);
        break;
      case State::kCodes:
        if (end_ >= limit) return Step::kOutputFull;
        step = io->in_len >= 16 ? decode_fast(io, limit) : decode_symbol(io);
        break;
      case State::kEnd:
        return Step::kEnd;
      case State::kError:
        return Step::kError;
    }
    if (step != Step::kEnd) return step;
  }
}

// ---- Heads of blocks -----------------------------------------------------------------------

// Steps within decode() answer kEnd for "done, go on by the state".
Inflate::Step Inflate::begin_block(Buffers* io) {
  switch (head_) {
    case Head::kType:
      if (last_block_) {
        state_ = State::kEnd;
        return Step::kEnd;
      }
      if (!need(3, io)) return Step::kNeedInput;
      last_block_ = take(1) != 0;
      switch (take(2)) {
        case 0:
          // The rest of the byte means nothing.
          drop(bit_count_ % 8);
          head_ = Head::kStoredLength;
          return begin_stored(io);
        case 1:
          use_fixed_code();
          state_ = State::kCodes;
          return Step::kEnd;
        case 2:
          head_ = Head::kCounts;
          return begin_dynamic(io);
        default:
          return fail("invalid block type");
      }
    case Head::kStoredLength:
      return begin_stored(io);
    case Head::kCounts:
      return begin_dynamic(io);
    case Head::kHeaderLengths:
      return read_header_lengths(io);
    case Head::kCodeLengths:
      return read_code_lengths(io);
  }
  return Step::kError;
}

Inflate::Step Inflate::begin_stored(Buffers* io) {
  if (!need(32, io)) return Step::kNeedInput;
  unsigned len = take(16), inverse = take(16);
  if (len != (~inverse & 0xffff)) return fail("invalid stored block lengths");
  stored_left_ = len;
  head_ = Head::kType;
  state_ = State::kStored;
  return Step::kEnd;
}

void Inflate::use_fixed_code() {
  uint8_t lens[288];
  for (unsigned i = 0; i < 288; i++) lens[i] = static_cast<uint8_t>(fixed_code_bits(i));
  build_decode_table(CodeKind::kLiteralLength, lens, kLiteralRootBits, literal_table_);
  std::fill_n(lens, 32, 5);
  build_decode_table(CodeKind::kDistance, {lens, 32}, kDistanceRootBits, distance_table_);
  head_ = Head::kType;
}

Inflate::Step Inflate::begin_dynamic(Buffers* io) {
  if (!need(14, io)) return Step::kNeedInput;
  literal_count_ = take(5) + 257;
  distance_count_ = take(5) + 1;
  header_count_ = take(4) + 4;
  if (literal_count_ > kLiteralLengthSymbols || distance_count_ > kDistanceSymbols)
    return fail("too many length or distance symbols");
  std::fill_n(lens_, 19, 0);
  lens_read_ = 0;
  head_ = Head::kHeaderLengths;
  return read_header_lengths(io);
}

Inflate::Step Inflate::read_header_lengths(Buffers* io) {
  while (lens_read_ < header_count_) {
    if (!need(3, io)) return Step::kNeedInput;
    lens_[kCodeLengthOrder[lens_read_++]] = static_cast<uint8_t>(take(3));
  }
  if (!build_decode_table(CodeKind::kCodeLength, {lens_, 19}, kLengthRootBits, length_table_))
    return fail("invalid code lengths set");
  lens_read_ = 0;
  head_ = Head::kCodeLengths;
  return read_code_lengths(io);
}

Inflate::Step Inflate::read_code_lengths(Buffers* io) {
  const unsigned total = literal_count_ + distance_count_;
  while (lens_read_ < total) {
    need(14, io);
    Entry e = lookup(length_table_, kLengthRootBits, bits_);
    unsigned symbol = entry_value(e), code_bits = entry_bits(e);
    unsigned extra = symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    if (bit_count_ < code_bits + extra) return Step::kNeedInput;
    // Every code has no bits at all, then.
    if ((e & kInvalid) != 0) return fail("invalid code -- missing end-of-block");
    drop(code_bits);
    if (symbol < 16) {
      lens_[lens_read_++] = static_cast<uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && lens_read_ == 0) return fail("invalid bit length repeat");
    unsigned repeats = take(extra) + (symbol == 18 ? 11 : 3);
    if (repeats > total - lens_read_) return fail("invalid bit length repeat");
    uint8_t len = symbol == 16 ? lens_[lens_read_ - 1] : 0;
    std::fill_n(lens_ + lens_read_, repeats, len);
    lens_read_ += repeats;
  }
  return build_tables();
}

Inflate::Step Inflate::build_tables() {
  if (lens_[kEndOfBlock] == 0) return fail("invalid code -- missing end-of-block");
  ByteSpan lens(lens_, literal_count_ + distance_count_);
  if (!build_decode_table(CodeKind::kLiteralLength, lens.first(literal_count_), kLiteralRootBits,
                          literal_table_))
    return fail("invalid literal/lengths set");
  if (!build_decode_table(CodeKind::kDistance, lens.subspan(literal_count_), kDistanceRootBits,
                          distance_table_))
    return fail("invalid distances set");
  head_ = Head::kType;
  state_ = State::kCodes;
  return Step::kEnd;
}

// ---- Contents of blocks --------------------------------------------------------------------

Inflate::Step Inflate::copy_stored(Buffers* io, size_t limit) {
  while (stored_left_ > 0) {
    if (end_ >= limit) return Step::kOutputFull;
    // First what the bit buffer holds already.
    if (bit_count_ >= 8) {
      buffer_[end_++] = static_cast<uint8_t>(take(8));
      stored_left_--;
      continue;
    }
    size_t len = std::min({stored_left_, io->in_len, limit - end_});
    if (len == 0) return Step::kNeedInput;
    std::memcpy(buffer_.get() + end_, io->in, len);
    end_ += len;
    stored_left_ -= len;
    io->in += len;
    io->in_len -= len;
  }
  state_ = State::kBlock;
  return Step::kEnd;
}

// One symbol, where the input may end within it.
Inflate::Step Inflate::decode_symbol(Buffers* io) {
  need(48, io);
  Entry e = lookup(literal_table_, kLiteralRootBits, bits_);
  unsigned used = entry_bits(e);
  if (bit_count_ < used) return Step::kNeedInput;
  if ((e & kLiteral) != 0) {
    drop(used);
    buffer_[end_++] = static_cast<uint8_t>(entry_value(e));
    return Step::kEnd;
  }
  if ((e & kInvalid) != 0) return fail("invalid literal/length code");
  if ((e & kEnd) != 0) {
    drop(used);
    state_ = State::kBlock;
    return Step::kEnd;
  }
  uint64_t after = bits_ >> used;
  Entry d = lookup(distance_table_, kDistanceRootBits, after);
  if (bit_count_ < used + entry_bits(d)) return Step::kNeedInput;
  if ((d & kInvalid) != 0) return fail("invalid distance code");
  drop(entry_code_bits(e));
  size_t len = entry_value(e) + take(used - entry_code_bits(e));
  drop(entry_code_bits(d));
  size_t distance = entry_value(d) + take(entry_bits(d) - entry_code_bits(d));
  return copy_match(distance, len);
}

Inflate::Step Inflate::copy_match(size_t distance, size_t len) {
  if (distance > std::min(end_, window_size())) return fail("invalid distance too far back");
  for (uint8_t* to = buffer_.get() + end_; len > 0; len--, end_++, to++) *to = *(to - distance);
  return Step::kEnd;
}

}  // namespace node::zlib
