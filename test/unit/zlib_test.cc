// DEFLATE and its containers: round trips, known streams, damage, and streams cut anywhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "zlib/compressor.h"
#include "zlib/decompressor.h"

namespace node::zlib {
namespace {

using Vec = std::vector<uint8_t>;
using Random = std::mt19937;

constexpr Format kFormats[] = {Format::kRaw, Format::kZlib, Format::kGzip};
constexpr Flush kFlushes[] = {Flush::kNone, Flush::kPartial, Flush::kSync, Flush::kFull,
                              Flush::kBlock};
constexpr size_t kAll = SIZE_MAX;

Vec vec(std::string_view text) { return Vec(text.begin(), text.end()); }

size_t below(Random& random, size_t limit) { return random() % limit; }

// What a stream said and gave; `chunk` bytes of input and output at a time.
struct Result {
  Status status = Status::kOk;
  std::string message;
  Vec out;
  size_t used = 0;
};

template <class Stream, class Run>
Result run_chunked(Stream& stream, const Vec& in, size_t in_chunk, size_t out_chunk, Run run) {
  Result result;
  Vec room(std::min<size_t>(out_chunk, 65536));
  bool progress = true;
  while (progress && (result.status == Status::kOk || result.status == Status::kBufferError)) {
    size_t len = std::min(in_chunk, in.size() - result.used);
    // A copy, so that reading beyond it is seen.
    Vec part(in.begin() + static_cast<ptrdiff_t>(result.used),
             in.begin() + static_cast<ptrdiff_t>(result.used + len));
    Buffers io = {part.data(), part.size(), room.data(), room.size()};
    result.status = run(stream, &io, result.used + len == in.size());
    result.used += len - io.in_len;
    size_t made = room.size() - io.out_len;
    result.out.insert(result.out.end(), room.begin(), room.begin() + static_cast<ptrdiff_t>(made));
    progress = made > 0 || io.in_len < len;
  }
  return result;
}

Result decompress(Format format, const Vec& in, size_t in_chunk = kAll, size_t out_chunk = kAll,
                  unsigned window_bits = 15) {
  Decompressor stream(format, window_bits);
  Result result = run_chunked(stream, in, in_chunk, out_chunk,
                              [](auto& s, Buffers* io, bool last) { return s.run(io, last); });
  if (stream.message() != nullptr) result.message = stream.message();
  return result;
}

Result compress(Format format, const DeflateOptions& options, const Vec& in, size_t in_chunk = kAll,
                size_t out_chunk = kAll) {
  Compressor stream(format, options);
  return run_chunked(stream, in, in_chunk, out_chunk, [](auto& s, Buffers* io, bool last) {
    return s.run(io, last ? Flush::kFinish : Flush::kNone);
  });
}

// Data of several kinds: noise, few symbols, far repetitions, runs.
Vec make_data(Random& random, size_t len) {
  Vec data;
  const size_t kind = below(random, 4), symbols = 1 + below(random, 40);
  while (data.size() < len) {
    size_t piece = 1 + below(random, 300);
    if (kind == 0) {
      data.push_back(static_cast<uint8_t>(random()));
    } else if (data.size() > 10 && below(random, 3) == 0) {
      size_t distance = 1 + below(random, kind == 1 ? 8 : data.size());
      distance = std::min(distance, data.size());
      for (size_t i = 0; i < piece; i++) data.push_back(data[data.size() - distance]);
    } else if (kind == 3) {
      data.insert(data.end(), piece, static_cast<uint8_t>(below(random, symbols)));
    } else {
      for (size_t i = 0; i < piece / 8; i++)
        data.push_back(static_cast<uint8_t>(below(random, symbols)));
    }
  }
  data.resize(len);
  return data;
}

DeflateOptions make_options(Random& random, int level) {
  DeflateOptions options;
  options.level = level;
  options.window_bits = 9 + static_cast<unsigned>(below(random, 7));
  options.memory_level = 1 + static_cast<unsigned>(below(random, 9));
  options.strategy = static_cast<Strategy>(below(random, 5));
  return options;
}

TEST(Zlib, RoundTripsAtAllLevelsFormatsAndSizes) {
  Random random(1);
  for (int turn = 0; turn < 60; turn++) {
    Vec data = make_data(random, below(random, turn % 10 == 0 ? 400000 : 3000));
    for (int level = 0; level < 10; level++) {
      Format format = kFormats[below(random, 3)];
      DeflateOptions options = make_options(random, level);
      size_t chunk = turn % 3 == 0 ? kAll : 1 + below(random, 5000);
      size_t room = turn % 2 == 0 ? kAll : 1 + below(random, 5000);
      Result packed = compress(format, options, data, chunk, room);
      ASSERT_EQ(packed.status, Status::kStreamEnd);
      Result result = decompress(format, packed.out, room, chunk);
      ASSERT_EQ(result.status, Status::kStreamEnd) << result.message << " level " << level;
      ASSERT_EQ(result.out, data) << "level " << level;
      ASSERT_EQ(result.used, packed.out.size());
    }
  }
}

TEST(Zlib, SmallerWindowsAreKeptTo) {
  Random random(2);
  Vec data = make_data(random, 100000);
  for (unsigned bits = 9; bits <= 15; bits++) {
    DeflateOptions options;
    options.window_bits = bits;
    Result packed = compress(Format::kZlib, options, data);
    EXPECT_EQ(packed.out[0], 8 | (bits - 8) << 4);
    EXPECT_EQ(decompress(Format::kZlib, packed.out, 100, 100, bits).out, data);
    EXPECT_EQ(decompress(Format::kZlib, packed.out, kAll, kAll, 0).out, data);
    if (bits == 9) continue;
    EXPECT_EQ(decompress(Format::kZlib, packed.out, kAll, kAll, bits - 1).message,
              "invalid window size");
  }
}

// One call of run(), with all that comes out.
Vec feed(Compressor& stream, const Vec& in, Flush flush) {
  Vec out, room(1000);
  Buffers io = {in.data(), in.size(), nullptr, 0};
  do {
    io.out = room.data();
    io.out_len = room.size();
    Status status = stream.run(&io, flush);
    EXPECT_TRUE(status == Status::kOk || status == Status::kStreamEnd ||
                status == Status::kBufferError);
    out.insert(out.end(), room.begin(), room.end() - static_cast<ptrdiff_t>(io.out_len));
  } while (io.out_len == 0);
  EXPECT_EQ(io.in_len, 0u);
  return out;
}

TEST(Zlib, FlushesAndParametersMayChangeAnywhere) {
  Random random(3);
  for (int turn = 0; turn < 150; turn++) {
    Compressor stream(Format::kZlib, make_options(random, static_cast<int>(below(random, 10))));
    Vec data, packed;
    for (int part = 0; part < 12; part++) {
      Vec piece = make_data(random, below(random, turn % 5 == 0 ? 70000 : 700));
      Flush flush = kFlushes[below(random, 5)];
      Vec out = feed(stream, piece, flush);
      packed.insert(packed.end(), out.begin(), out.end());
      data.insert(data.end(), piece.begin(), piece.end());
      // A byte-aligned flush makes all so far readable.
      if (flush == Flush::kSync || flush == Flush::kFull) {
        ASSERT_EQ(decompress(Format::kZlib, packed).out, data);
      }
      if (below(random, 2) == 0)
        stream.set_params(static_cast<int>(below(random, 10)),
                          static_cast<Strategy>(below(random, 5)));
    }
    Vec out = feed(stream, {}, Flush::kFinish);
    packed.insert(packed.end(), out.begin(), out.end());
    Result result = decompress(Format::kZlib, packed, 1 + below(random, 100));
    ASSERT_EQ(result.status, Status::kStreamEnd) << result.message;
    ASSERT_EQ(result.out, data);
  }
}

TEST(Zlib, AFullFlushLetsReadingBeginThere) {
  Compressor stream(Format::kRaw, {});
  Vec first = vec("seven swans a-swimming"), second = first;
  feed(stream, first, Flush::kFull);
  Vec rest = feed(stream, second, Flush::kFinish);
  EXPECT_EQ(decompress(Format::kRaw, rest).out, second);
}

TEST(Zlib, FlushesDoNotRepeatThemselves) {
  Compressor stream(Format::kRaw, {});
  EXPECT_FALSE(feed(stream, vec("x"), Flush::kSync).empty());
  EXPECT_TRUE(feed(stream, {}, Flush::kSync).empty());
  EXPECT_FALSE(feed(stream, {}, Flush::kFull).empty());
  EXPECT_TRUE(feed(stream, {}, Flush::kFull).empty());
}

TEST(Zlib, StreamsAreUsedAgainAfterReset) {
  Random random(4);
  Compressor writer(Format::kGzip, {});
  Decompressor reader(Format::kGzip, 0);
  for (int turn = 0; turn < 20; turn++) {
    Vec data = make_data(random, below(random, 50000));
    feed(writer, make_data(random, below(random, 50000)), Flush::kNone);
    writer.reset();
    Vec packed = feed(writer, data, Flush::kFinish);
    Vec out(data.size() + 1);
    reader.reset();
    Buffers io = {packed.data(), packed.size(), out.data(), out.size()};
    ASSERT_EQ(reader.run(&io, true), Status::kStreamEnd);
    out.resize(data.size());
    ASSERT_EQ(out, data);
    writer.reset();
  }
}

TEST(Zlib, DictionariesOfAnySize) {
  Random random(5);
  for (size_t len : {1u, 2u, 3u, 300u, 32768u, 100000u}) {
    Vec dictionary = make_data(random, len), data = dictionary;
    Compressor writer(Format::kZlib, {});
    ASSERT_EQ(writer.set_dictionary(dictionary), Status::kOk);
    Vec packed = feed(writer, data, Flush::kFinish), out(len + 1);
    Decompressor reader(Format::kZlib, 0);
    Buffers io = {packed.data(), packed.size(), out.data(), out.size()};
    ASSERT_EQ(reader.run(&io, false), Status::kNeedDictionary);
    ASSERT_EQ(reader.run(&io, false), Status::kNeedDictionary);
    Vec other = dictionary;
    other[0]++;
    ASSERT_EQ(reader.set_dictionary(other), Status::kDataError);
    ASSERT_EQ(reader.set_dictionary(dictionary), Status::kOk);
    ASSERT_EQ(reader.run(&io, true), Status::kStreamEnd);
    out.resize(len);
    ASSERT_EQ(out, data);
  }
}

// ---- Damage --------------------------------------------------------------------------------

// However the stream is cut into pieces, the same comes out of it.
void expect_same_in_pieces(Format format, const Vec& in, Random& random) {
  Result whole = decompress(format, in);
  Result pieces = decompress(format, in, 1 + below(random, 40), 1 + below(random, 300));
  ASSERT_EQ(whole.status, pieces.status) << whole.message << " / " << pieces.message;
  ASSERT_EQ(whole.message, pieces.message);
  ASSERT_EQ(whole.out, pieces.out);
  if (whole.status == Status::kStreamEnd) {
    ASSERT_EQ(whole.used, pieces.used);
  }
}

TEST(Zlib, DamagedStreamsAreRefusedAlikeHoweverTheyCome) {
  Random random(6);
  for (int turn = 0; turn < 4000; turn++) {
    Format format = kFormats[below(random, 3)];
    DeflateOptions options = make_options(random, static_cast<int>(below(random, 10)));
    Vec data = make_data(random, below(random, 2000));
    Vec packed = compress(format, options, data).out;
    for (size_t flips = 1 + below(random, 4); flips > 0; flips--)
      packed[below(random, packed.size())] ^= static_cast<uint8_t>(1u << below(random, 8));
    if (turn % 4 == 0) packed.resize(below(random, packed.size() + 1));
    expect_same_in_pieces(format, packed, random);
    if (HasFatalFailure()) return;
  }
}

TEST(Zlib, NoiseIsRefusedAlikeHoweverItComes) {
  Random random(7);
  for (int turn = 0; turn < 6000; turn++) {
    Vec noise(below(random, 400));
    for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
    // Past the head, towards a block of dynamic codes.
    if (!noise.empty() && turn % 2 == 0) noise[0] = static_cast<uint8_t>((noise[0] & ~7) | 4);
    expect_same_in_pieces(Format::kRaw, noise, random);
    expect_same_in_pieces(Format::kGzipOrZlib, noise, random);
    if (HasFatalFailure()) return;
  }
}

TEST(Zlib, TruncatedStreamsGiveWhatIsThere) {
  Random random(8);
  for (Format format : kFormats) {
    Vec data = make_data(random, 3000);
    Vec packed = compress(format, {}, data).out;
    for (size_t len = 0; len < packed.size(); len++) {
      Result result =
          decompress(format, Vec(packed.begin(), packed.begin() + static_cast<ptrdiff_t>(len)));
      ASSERT_EQ(result.status, Status::kBufferError) << len;
      ASSERT_TRUE(std::equal(result.out.begin(), result.out.end(), data.begin()));
    }
  }
}

TEST(Zlib, ChecksumsGuardTheContents) {
  Vec data = vec("some bytes that matter");
  for (Format format : {Format::kZlib, Format::kGzip}) {
    Vec packed = compress(format, {}, data).out;
    size_t trailer = format == Format::kZlib ? 4 : 8;
    for (size_t i = packed.size() - trailer; i < packed.size(); i++) {
      Vec damaged = packed;
      damaged[i] ^= 1;
      bool is_length = trailer == 8 && i + 4 >= packed.size();
      Result result = decompress(format, damaged);
      EXPECT_EQ(result.status, Status::kDataError);
      EXPECT_EQ(result.message, is_length ? "incorrect length check" : "incorrect data check");
      EXPECT_EQ(result.out, data);
    }
  }
}

// As soon as it is there, though the length is missing.
TEST(Zlib, AWrongChecksumIsNoticedBeforeTheLength) {
  Vec packed = compress(Format::kGzip, {}, vec("text")).out;
  packed[packed.size() - 5] ^= 1;
  packed.resize(packed.size() - 2);
  EXPECT_EQ(decompress(Format::kGzip, packed).message, "incorrect data check");
}

TEST(Zlib, HeadsMayUnderstateTheWindow) {
  Random random(11);
  Vec data = make_data(random, 30000);
  data.insert(data.end(), data.begin(), data.begin() + 1000);
  Vec packed = compress(Format::kZlib, {}, data).out;
  packed[0] = 0x18;
  packed[1] = 0x19;
  EXPECT_EQ(decompress(Format::kZlib, packed, kAll, kAll, 0).out, data);
}

struct Refused {
  Vec stream;
  const char* message;
};

TEST(Zlib, SaysWhatIsWrong) {
  const Refused kRaw[] = {
      {{0x07}, "invalid block type"},
      {{0x01, 0x01, 0x00, 0x00, 0x00}, "invalid stored block lengths"},
      {{0xfc, 0x00, 0x00}, "too many length or distance symbols"},
      {{0x04, 0x00, 0xfe, 0xff}, "invalid code lengths set"},
      {{0x05, 0xe0, 0x01, 0x05, 0x00, 0x00, 0x00, 0x00, 0x20, 0xd4, 0xff, 0xd5, 0x01},
       "invalid code -- missing end-of-block"},
      {{0x03, 0x02}, "invalid distance too far back"},
      {{0x1b, 0x07}, "invalid literal/length code"},
      {{0x03, 0x3e}, "invalid distance code"},
  };
  for (const Refused& refused : kRaw) {
    Vec in = refused.stream;
    EXPECT_EQ(decompress(Format::kRaw, in).message, refused.message);
    // Through the fast loop as well.
    in.resize(in.size() + 40);
    EXPECT_EQ(decompress(Format::kRaw, in).message, refused.message);
  }
  EXPECT_EQ(decompress(Format::kZlib, {0x78, 0x00}).message, "incorrect header check");
  EXPECT_EQ(decompress(Format::kZlib, {0x77, 0x85}).message, "unknown compression method");
  EXPECT_EQ(decompress(Format::kZlib, {0x88, 0x1c}).message, "invalid window size");
  EXPECT_EQ(decompress(Format::kGzip, {0x1f, 0x8b, 7, 0}).message, "unknown compression method");
  EXPECT_EQ(decompress(Format::kGzip, {0x1f, 0x8b, 8, 0x20}).message, "unknown header flags set");
  EXPECT_EQ(decompress(Format::kGzip, {0x1f, 0x8c}).message, "incorrect header check");
}

// ---- Shapes --------------------------------------------------------------------------------

TEST(Zlib, EmptyStreams) {
  EXPECT_EQ(compress(Format::kRaw, {}, {}).out, (Vec{0x03, 0x00}));
  EXPECT_EQ(compress(Format::kZlib, {}, {}).out, (Vec{0x78, 0x9c, 0x03, 0x00, 0, 0, 0, 1}));
  EXPECT_EQ(compress(Format::kGzip, {}, {}).out,
            (Vec{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(decompress(Format::kRaw, {0x03, 0x00}).status, Status::kStreamEnd);
}

// RFC 1952, 2.3.1: extra field, name, comment, checksum of the head.
TEST(Zlib, GzipHeadsWithEverything) {
  Vec head = {0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 5, 0, 'a', 'b', 0, 'c', 'd'};
  for (char c : std::string_view("name\0comment\0", 13)) head.push_back(static_cast<uint8_t>(c));
  uint32_t crc = crc32(kCrcStart, head);
  Vec member = compress(Format::kGzip, {}, vec("text")).out;
  Vec stream = head;
  stream.push_back(static_cast<uint8_t>(crc));
  stream.push_back(static_cast<uint8_t>(crc >> 8));
  stream.insert(stream.end(), member.begin() + 10, member.end());
  for (size_t chunk = 1; chunk < stream.size(); chunk++)
    EXPECT_EQ(decompress(Format::kGzip, stream, chunk).out, vec("text"));
  stream[head.size()] ^= 1;
  EXPECT_EQ(decompress(Format::kGzip, stream).message, "header crc mismatch");
}

TEST(Zlib, WhatFollowsTheEndStaysInTheInput) {
  Random random(9);
  for (Format format : kFormats) {
    Vec packed = compress(format, {}, make_data(random, 5000)).out, more = packed;
    more.resize(packed.size() + 30, 0xff);
    EXPECT_EQ(decompress(format, more).used, packed.size());
    EXPECT_EQ(decompress(format, more, packed.size() - 1).used, packed.size());
  }
}

TEST(Zlib, RepetitionsTakeNextToNothing) {
  Vec zeros(10 << 20);
  EXPECT_LT(compress(Format::kRaw, {}, zeros).out.size(), zeros.size() / 900);
}

TEST(Zlib, NoiseGrowsByNextToNothing) {
  Random random(10);
  Vec noise(1 << 20);
  for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
  for (int level = 0; level < 10; level++) {
    DeflateOptions options;
    options.level = level;
    EXPECT_LT(compress(Format::kRaw, options, noise).out.size(),
              noise.size() + noise.size() / 1000);
  }
}

TEST(Zlib, Checksums) {
  const Vec kDigits = vec("123456789");
  EXPECT_EQ(crc32(kCrcStart, kDigits), 0xcbf43926u);
  EXPECT_EQ(adler32(kAdlerStart, kDigits), 0x091e01deu);
  // In pieces, and with the largest sums.
  Vec high(100001, 0xff);
  for (size_t cut : {0, 1, 15, 16, 17, 5551, 5552, 5553, 65536}) {
    ByteSpan all(high);
    EXPECT_EQ(crc32(crc32(kCrcStart, all.first(cut)), all.subspan(cut)), crc32(kCrcStart, all));
    EXPECT_EQ(adler32(adler32(kAdlerStart, all.first(cut)), all.subspan(cut)),
              adler32(kAdlerStart, all));
  }
}

}  // namespace
}  // namespace node::zlib
