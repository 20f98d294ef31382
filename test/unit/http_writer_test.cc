// Response heads and chunk framing, byte for byte.
#include "http/writer.h"

#include <gtest/gtest.h>

#include <string>

namespace node::http {
namespace {

TEST(HttpWriter, DatesAreFormattedAsRfc9110Says) {
  DateCache cache;
  EXPECT_EQ(cache.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(cache.at(784111777).data(), cache.at(784111777).data());
  EXPECT_EQ(cache.at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

std::string status_line(int status, std::string_view reason = {}) {
  std::string out(status_line_bound(status, reason), '\0');
  out.resize(static_cast<size_t>(write_status_line(out.data(), status, reason) - out.data()));
  return out;
}

TEST(HttpWriter, StatusLines) {
  EXPECT_EQ(status_line(200), "HTTP/1.1 200 OK\r\n");
  EXPECT_EQ(status_line(404), "HTTP/1.1 404 Not Found\r\n");
  EXPECT_EQ(status_line(200, "Fine"), "HTTP/1.1 200 Fine\r\n");
  EXPECT_EQ(status_line(299), "HTTP/1.1 299 unknown\r\n");
  EXPECT_EQ(reason_phrase(511), "Network Authentication Required");
  EXPECT_EQ(reason_phrase(100), "Continue");
  EXPECT_EQ(reason_phrase(999), "unknown");
  for (int status = 100; status < 1000; ++status) {
    EXPECT_EQ(status_line(status), "HTTP/1.1 " + std::to_string(status) + " " +
                                       std::string(reason_phrase(status)) + "\r\n");
  }
}

std::string head_end(const HeadFields& fields) {
  char out[kHeadEndBound];
  return {out, static_cast<size_t>(write_head_end(out, fields, "D") - out)};
}

TEST(HttpWriter, HeadEnds) {
  EXPECT_EQ(head_end({}), "\r\n");
  EXPECT_EQ(
      head_end({kDate | kKeepAlive | kKeepAliveTimeout | kContentLength, 12, 5, 0}),
      "Date: D\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 12\r\n\r\n");
  EXPECT_EQ(head_end({kClose | kChunkedEncoding, 0, 0, 0}),
            "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(head_end({kKeepAliveTimeout | kMaxRequests, 0, 72, 3}),
            "Keep-Alive: timeout=72, max=3\r\n\r\n");
  HeadFields longest{0x7f, UINT64_MAX, UINT32_MAX, UINT32_MAX};
  EXPECT_LE(head_end(longest).size() + DateCache::kSize, kHeadEndBound);
}

TEST(HttpWriter, Chunks) {
  char out[kChunkHeadBound];
  auto head = [&out](uint64_t size) {
    return std::string(out, static_cast<size_t>(write_chunk_head(out, size) - out));
  };
  EXPECT_EQ(head(1), "1\r\n");
  EXPECT_EQ(head(255), "ff\r\n");
  EXPECT_EQ(head(65536), "10000\r\n");
  EXPECT_EQ(head(UINT64_MAX), "ffffffffffffffff\r\n");
}

}  // namespace
}  // namespace node::http
