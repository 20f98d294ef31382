// Compresses to a stream of any of the three formats: DEFLATE in its container.
#pragma once

#include "zlib/checksum.h"
#include "zlib/deflate.h"

namespace node::zlib {

class Compressor {
 public:
  Compressor(Format format, const DeflateOptions& options);

  // Moves `io` on. kStreamEnd: kFinish was asked for and all is out. kBufferError: there was
  // nothing to do, or no room to do it.
  Status run(Buffers* io, Flush flush);
  // Before any input, not for gzip.
  Status set_dictionary(ByteSpan bytes);
  void set_params(int level, Strategy strategy);
  // For another stream with the parameters of the constructor; a dictionary is forgotten.
  void reset();
  size_t memory_bytes() const { return deflate_.memory_bytes(); }

 private:
  void write_head();
  void write_trailer();

  const Format format_;
  const DeflateOptions options_;
  int level_;
  Strategy strategy_;
  bool head_written_ = false, trailer_written_ = false, has_dictionary_ = false;
  uint32_t dictionary_id_ = 0;
  uint32_t checksum_ = 0;
  uint32_t total_in_ = 0;  // modulo 2^32, as gzip counts
  Deflate deflate_;
};

}  // namespace node::zlib
