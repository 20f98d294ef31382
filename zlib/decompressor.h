// Decompresses a stream of any of the three formats: DEFLATE in its container.
#pragma once

#include "zlib/checksum.h"
#include "zlib/inflate.h"

namespace node::zlib {

class Decompressor {
 public:
  // `window_bits`: 8 to 15, or 0 for whatever the container's head says.
  Decompressor(Format format, unsigned window_bits);

  // Moves `io` on as far as it goes; everything after the end of the stream stays in the input.
  // kNeedDictionary: set_dictionary(), then again. With `finish`, kBufferError unless the stream
  // has ended; otherwise when nothing moved.
  Status run(Buffers* io, bool finish);
  // For kZlib when it is asked for; kDataError when it is another one. For kRaw at the beginning.
  Status set_dictionary(ByteSpan bytes);
  // For the next stream; a dictionary is forgotten.
  void reset();
  // Why it failed; null otherwise.
  const char* message() const { return message_; }
  size_t memory_bytes() const;
  bool is_raw() const { return format_ == Format::kRaw; }
  // As far as it is known by now.
  bool is_gzip() const { return format_ == Format::kGzip; }

 private:
  enum class State {
    kHead,
    kGzipExtraLength,
    kGzipExtra,
    kGzipName,
    kGzipComment,
    kGzipHeadCrc,
    kDictionaryId,
    kDictionary,
    kBody,
    kTrailer,
    kGzipLength,
    kEnd,
    kError,
  };
  enum class Step { kGoOn, kWait, kStop };

  Step step(Buffers* io);
  Step fail(const char* message);
  bool collect(Buffers* io, size_t len);
  Step tell_format(Buffers* io);
  Step read_zlib_head();
  Step read_gzip_head(Buffers* io);
  Step skip_gzip_field(Buffers* io);
  void begin_body();
  Step run_body(Buffers* io);
  Step check_checksum();

  const Format given_format_;
  Format format_;
  const unsigned window_bits_;
  State state_ = State::kHead;
  Status stop_ = Status::kOk;
  const char* message_ = nullptr;
  uint8_t gzip_flags_ = 0;
  uint8_t collected_[10];
  size_t collected_len_ = 0;
  size_t extra_left_ = 0;
  uint32_t head_crc_ = 0;
  uint32_t checksum_ = 0;
  uint32_t dictionary_id_ = 0;
  uint32_t total_out_ = 0;  // modulo 2^32, as gzip counts
  Inflate inflate_;
};

}  // namespace node::zlib
