// What may be given to a decompressor: any bytes, in any pieces; and what a compressor makes of
// them.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "zlib/compressor.h"
#include "zlib/decompressor.h"

namespace node::zlib {
namespace {

constexpr size_t kMostOutput = 1 << 20;

struct Result {
  Status status = Status::kOk;
  std::vector<uint8_t> out;
};

Result decompress(Format format, ByteSpan in, size_t in_chunk, size_t out_chunk) {
  Decompressor stream(format, 0);
  Result result;
  std::vector<uint8_t> room(out_chunk);
  for (bool moved = true; moved && result.out.size() < kMostOutput;) {
    // A copy, so that reading beyond it is seen.
    ByteSpan part = in.first(std::min(in.size(), in_chunk));
    std::vector<uint8_t> piece(part.begin(), part.end());
    Buffers io = {piece.data(), piece.size(), room.data(), room.size()};
    result.status = stream.run(&io, part.size() == in.size());
    size_t taken = piece.size() - io.in_len, made = room.size() - io.out_len;
    in = in.subspan(taken);
    result.out.insert(result.out.end(), room.begin(), room.begin() + static_cast<ptrdiff_t>(made));
    moved =
        taken + made > 0 && (result.status == Status::kOk || result.status == Status::kBufferError);
  }
  return result;
}

std::vector<uint8_t> compress(Format format, const DeflateOptions& options, ByteSpan in) {
  Compressor stream(format, options);
  std::vector<uint8_t> out(in.size() * 2 + 1000);
  Buffers io = {in.data(), in.size(), out.data(), out.size()};
  if (stream.run(&io, Flush::kFinish) != Status::kStreamEnd) std::abort();
  out.resize(out.size() - io.out_len);
  return out;
}

}  // namespace
}  // namespace node::zlib

// The first two bytes say which format, in what pieces, and how to compress.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace node::zlib;
  if (size < 2) return 0;
  const auto format = static_cast<Format>(data[0] & 3);
  const size_t chunk = 1 + (data[0] >> 2);
  ByteSpan in(data + 2, size - 2);
  Result whole = decompress(format, in, SIZE_MAX, 65536),
         pieces = decompress(format, in, chunk, chunk);
  if (whole.out.size() < kMostOutput && pieces.out.size() < kMostOutput &&
      (whole.out != pieces.out || whole.status != pieces.status))
    std::abort();

  if (format == Format::kGzipOrZlib) return 0;
  DeflateOptions options;
  options.level = data[1] % 10;
  options.strategy = static_cast<Strategy>(data[1] % 5);
  options.memory_level = 1 + data[1] % 9;
  options.window_bits = 8 + data[1] % 8;
  Result back = decompress(format, compress(format, options, in), chunk, chunk + 1);
  if (back.status != Status::kStreamEnd ||
      !std::equal(back.out.begin(), back.out.end(), in.begin(), in.end()))
    std::abort();
  return 0;
}
