// The containers' heads and trailers (RFC 1950, RFC 1952), read byte by byte.
#include "zlib/decompressor.h"

#include <algorithm>

namespace node::zlib {

namespace {

enum GzipFlag : uint8_t {
  kHasHeadCrc = 2,
  kHasExtra = 4,
  kHasName = 8,
  kHasComment = 16,
  kReserved = 0xe0,
};

uint32_t le16(const uint8_t* p) { return p[0] | static_cast<uint32_t>(p[1]) << 8; }
uint32_t le32(const uint8_t* p) { return le16(p) | le16(p + 2) << 16; }
uint32_t be32(const uint8_t* p) {
  return static_cast<uint32_t>(p[0]) << 24 | static_cast<uint32_t>(p[1]) << 16 |
         static_cast<uint32_t>(p[2]) << 8 | p[3];
}

}  // namespace

Decompressor::Decompressor(Format format, unsigned window_bits)
    : given_format_(format), format_(format), window_bits_(window_bits) {
  reset();
}

size_t Decompressor::memory_bytes() const {
  return sizeof *this - sizeof inflate_ +
         Inflate::memory_bytes(window_bits_ == 0 ? kMaxWindowBits : window_bits_);
}

void Decompressor::reset() {
  state_ = State::kHead;
  format_ = given_format_;
  message_ = nullptr;
  collected_len_ = 0;
  head_crc_ = kCrcStart;
  checksum_ = format_ == Format::kGzip ? kCrcStart : kAdlerStart;
  total_out_ = 0;
  inflate_.reset(window_bits_ == 0 ? kMaxWindowBits : window_bits_);
  if (format_ == Format::kRaw) state_ = State::kBody;
}

Status Decompressor::set_dictionary(ByteSpan bytes) {
  if (format_ == Format::kRaw) {
    inflate_.set_dictionary(bytes);
    return Status::kOk;
  }
  if (state_ != State::kDictionary) return Status::kStreamError;
  if (adler32(kAdlerStart, bytes) != dictionary_id_) return Status::kDataError;
  inflate_.set_dictionary(bytes);
  state_ = State::kBody;
  return Status::kOk;
}

Status Decompressor::run(Buffers* io, bool finish) {
  const size_t in_before = io->in_len, out_before = io->out_len;
  Step result;
  do {
    result = step(io);
  } while (result == Step::kGoOn);
  if (result == Step::kStop) return stop_;
  bool moved = io->in_len != in_before || io->out_len != out_before;
  return finish || !moved ? Status::kBufferError : Status::kOk;
}

Decompressor::Step Decompressor::fail(const char* message) {
  message_ = message;
  state_ = State::kError;
  return Step::kGoOn;
}

// Gathers the next `len` bytes of the container; false when there are not as many yet.
bool Decompressor::collect(Buffers* io, size_t len) {
  size_t n = std::min(len - collected_len_, io->in_len);
  std::copy_n(io->in, n, collected_ + collected_len_);
  io->in += n;
  io->in_len -= n;
  collected_len_ += n;
  if (collected_len_ < len) return false;
  collected_len_ = 0;
  return true;
}

Decompressor::Step Decompressor::step(Buffers* io) {
  switch (state_) {
    case State::kHead:
      if (collected_len_ < 2) return tell_format(io);
      return read_gzip_head(io);
    case State::kGzipExtraLength:
    case State::kGzipExtra:
    case State::kGzipName:
    case State::kGzipComment:
    case State::kGzipHeadCrc:
      return skip_gzip_field(io);
    case State::kDictionaryId:
      if (!collect(io, 4)) return Step::kWait;
      dictionary_id_ = be32(collected_);
      state_ = State::kDictionary;
      return Step::kGoOn;
    case State::kDictionary:
      stop_ = Status::kNeedDictionary;
      return Step::kStop;
    case State::kBody:
      return run_body(io);
    case State::kTrailer:
      return collect(io, 4) ? check_checksum() : Step::kWait;
    case State::kGzipLength:
      if (!collect(io, 4)) return Step::kWait;
      if (le32(collected_) != total_out_) return fail("incorrect length check");
      state_ = State::kEnd;
      return Step::kGoOn;
    case State::kEnd:
      stop_ = Status::kStreamEnd;
      return Step::kStop;
    case State::kError:
      break;
  }
  stop_ = Status::kDataError;
  return Step::kStop;
}

// Two bytes are all of zlib's head, and tell what is no gzip at all.
Decompressor::Step Decompressor::tell_format(Buffers* io) {
  if (!collect(io, 2)) return Step::kWait;
  bool gzip = collected_[0] == 0x1f && collected_[1] == 0x8b;
  if (format_ == Format::kGzipOrZlib) {
    format_ = gzip ? Format::kGzip : Format::kZlib;
    if (gzip) checksum_ = kCrcStart;
  }
  if (format_ == Format::kZlib) return read_zlib_head();
  if (!gzip) return fail("incorrect header check");
  collected_len_ = 2;
  return Step::kGoOn;
}

Decompressor::Step Decompressor::read_zlib_head() {
  unsigned method = collected_[0], flags = collected_[1];
  if ((method * 256 + flags) % 31 != 0) return fail("incorrect header check");
  if ((method & 15) != 8) return fail("unknown compression method");
  unsigned window_bits = (method >> 4) + 8;
  if (window_bits > (window_bits_ == 0 ? kMaxWindowBits : window_bits_))
    return fail("invalid window size");
  // Some writers understate the window: distances beyond it do no harm where there is room.
  state_ = (flags & 0x20) != 0 ? State::kDictionaryId : State::kBody;
  return Step::kGoOn;
}

// What is wrong with its first half shows before the second is there.
Decompressor::Step Decompressor::read_gzip_head(Buffers* io) {
  if (collected_len_ < 4) {
    if (!collect(io, 4)) return Step::kWait;
    collected_len_ = 4;
    if (collected_[2] != 8) return fail("unknown compression method");
    gzip_flags_ = collected_[3];
    if ((gzip_flags_ & kReserved) != 0) return fail("unknown header flags set");
  }
  if (!collect(io, 10)) return Step::kWait;
  head_crc_ = crc32(kCrcStart, {collected_, 10});
  state_ = (gzip_flags_ & kHasExtra) != 0 ? State::kGzipExtraLength : State::kGzipName;
  return Step::kGoOn;
}

// The optional fields, in their order; nobody asks for what they say.
Decompressor::Step Decompressor::skip_gzip_field(Buffers* io) {
  if (state_ == State::kGzipExtraLength) {
    if (!collect(io, 2)) return Step::kWait;
    head_crc_ = crc32(head_crc_, {collected_, 2});
    extra_left_ = le16(collected_);
    state_ = State::kGzipExtra;
    return Step::kGoOn;
  }
  if (state_ == State::kGzipHeadCrc) {
    if ((gzip_flags_ & kHasHeadCrc) != 0) {
      if (!collect(io, 2)) return Step::kWait;
      if (le16(collected_) != (head_crc_ & 0xffff)) return fail("header crc mismatch");
    }
    state_ = State::kBody;
    return Step::kGoOn;
  }
  size_t len = 0;
  bool done = true;
  if (state_ == State::kGzipExtra) {
    len = std::min(extra_left_, io->in_len);
    extra_left_ -= len;
    done = extra_left_ == 0;
  } else if ((gzip_flags_ & (state_ == State::kGzipName ? kHasName : kHasComment)) != 0) {
    const void* end = io->in_len == 0 ? nullptr : std::memchr(io->in, 0, io->in_len);
    done = end != nullptr;
    len = done ? static_cast<size_t>(static_cast<const uint8_t*>(end) - io->in) + 1 : io->in_len;
  }
  if ((gzip_flags_ & kHasHeadCrc) != 0) head_crc_ = crc32(head_crc_, {io->in, len});
  io->in += len;
  io->in_len -= len;
  if (!done) return Step::kWait;
  state_ = state_ == State::kGzipExtra  ? State::kGzipName
           : state_ == State::kGzipName ? State::kGzipComment
                                        : State::kGzipHeadCrc;
  return Step::kGoOn;
}

Decompressor::Step Decompressor::run_body(Buffers* io) {
  const uint8_t* out = io->out;
  Inflate::Step result = inflate_.run(io);
  ByteSpan written(out, static_cast<size_t>(io->out - out));
  total_out_ += static_cast<uint32_t>(written.size());
  if (format_ == Format::kGzip) checksum_ = crc32(checksum_, written);
  if (format_ == Format::kZlib) checksum_ = adler32(checksum_, written);
  if (result == Inflate::Step::kError) return fail(inflate_.message());
  if (result != Inflate::Step::kEnd) return Step::kWait;
  state_ = format_ == Format::kRaw ? State::kEnd : State::kTrailer;
  return Step::kGoOn;
}

Decompressor::Step Decompressor::check_checksum() {
  const bool gzip = format_ == Format::kGzip;
  if ((gzip ? le32(collected_) : be32(collected_)) != checksum_)
    return fail("incorrect data check");
  state_ = gzip ? State::kGzipLength : State::kEnd;
  return Step::kGoOn;
}

}  // namespace node::zlib
