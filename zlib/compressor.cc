// The containers' heads and trailers (RFC 1950, RFC 1952).
#include "zlib/compressor.h"

namespace node::zlib {

namespace {

constexpr uint8_t kDeflateMethod = 8;
constexpr uint8_t kUnix = 3;

void put_be32(uint8_t* to, uint32_t x) {
  for (int i = 0; i < 4; i++) to[i] = static_cast<uint8_t>(x >> (24 - 8 * i));
}
void put_le32(uint8_t* to, uint32_t x) {
  for (int i = 0; i < 4; i++) to[i] = static_cast<uint8_t>(x >> (8 * i));
}

}  // namespace

Compressor::Compressor(Format format, const DeflateOptions& options)
    : format_(format), options_(options), deflate_(options) {
  reset();
}

void Compressor::reset() {
  level_ = options_.level;
  strategy_ = options_.strategy;
  head_written_ = format_ == Format::kRaw;
  trailer_written_ = has_dictionary_ = false;
  checksum_ = format_ == Format::kGzip ? kCrcStart : kAdlerStart;
  total_in_ = 0;
  deflate_.reset();
}

Status Compressor::set_dictionary(ByteSpan bytes) {
  if (format_ == Format::kGzip) return Status::kStreamError;
  has_dictionary_ = true;
  dictionary_id_ = adler32(kAdlerStart, bytes);
  deflate_.set_dictionary(bytes);
  return Status::kOk;
}

void Compressor::set_params(int level, Strategy strategy) {
  level_ = level;
  strategy_ = strategy;
  deflate_.set_params(level, strategy);
}

Status Compressor::run(Buffers* io, Flush flush) {
  const size_t in_before = io->in_len, out_before = io->out_len;
  if (!head_written_) write_head();
  const uint8_t* in = io->in;
  bool done = deflate_.run(io, flush);
  ByteSpan taken(in, static_cast<size_t>(io->in - in));
  total_in_ += static_cast<uint32_t>(taken.size());
  if (format_ == Format::kGzip) checksum_ = crc32(checksum_, taken);
  if (format_ == Format::kZlib) checksum_ = adler32(checksum_, taken);
  if (done && flush == Flush::kFinish) {
    if (!trailer_written_) write_trailer();
    deflate_.writer().drain(io);
    if (deflate_.writer().empty()) return Status::kStreamEnd;
  }
  bool moved = io->in_len != in_before || io->out_len != out_before;
  return moved ? Status::kOk : Status::kBufferError;
}

void Compressor::write_head() {
  head_written_ = true;
  deflate_.writer().reserve(16);
  if (format_ == Format::kGzip) {
    uint8_t effort = level_ == 9 ? 2 : level_ < 2 || strategy_ >= Strategy::kHuffmanOnly ? 4 : 0;
    const uint8_t head[] = {0x1f, 0x8b, kDeflateMethod, 0, 0, 0, 0, 0, effort, kUnix};
    return deflate_.writer().write_bytes(head);
  }
  unsigned effort = strategy_ >= Strategy::kHuffmanOnly || level_ < 2 ? 0
                    : level_ < 6                                      ? 1
                    : level_ == 6                                     ? 2
                                                                      : 3;
  unsigned window_bits = options_.window_bits < 9 ? 9 : options_.window_bits;
  unsigned head = (kDeflateMethod | (window_bits - 8) << 4) << 8 | effort << 6;
  if (has_dictionary_) head |= 0x20;
  head += 31 - head % 31;
  uint8_t bytes[6] = {static_cast<uint8_t>(head >> 8), static_cast<uint8_t>(head)};
  put_be32(bytes + 2, dictionary_id_);
  deflate_.writer().write_bytes({bytes, has_dictionary_ ? size_t{6} : size_t{2}});
}

void Compressor::write_trailer() {
  trailer_written_ = true;
  uint8_t bytes[8];
  size_t len = 0;
  if (format_ == Format::kZlib) {
    put_be32(bytes, checksum_);
    len = 4;
  } else if (format_ == Format::kGzip) {
    put_le32(bytes, checksum_);
    put_le32(bytes + 4, total_in_);
    len = 8;
  }
  deflate_.writer().reserve(16);
  deflate_.writer().write_bytes({bytes, len});
}

}  // namespace node::zlib
