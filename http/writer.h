// Response heads and chunk framing as bytes. Pure: knows nothing of sockets, loops or scripts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string_view>

namespace node::http {

// "Mon, 23 Nov 2026 07:00:00 GMT" (RFC 9110, 5.6.7), formatted once a second at the most.
class DateCache {
 public:
  static constexpr size_t kSize = 29;
  // The view lives until the next call.
  std::string_view at(time_t seconds);

 private:
  time_t seconds_ = -1;
  char text_[kSize + 1] = "";
};

// The standard phrase, or "unknown".
std::string_view reason_phrase(int status);

// Which header fields a response head gets besides those the program gave.
enum HeadFlags : uint32_t {
  kDate = 1,
  kKeepAlive = 2,         // Connection: keep-alive
  kClose = 4,             // Connection: close
  kKeepAliveTimeout = 8,  // Keep-Alive: timeout=N
  kContentLength = 16,
  kChunkedEncoding = 32,
  kMaxRequests = 64,  // Keep-Alive: timeout=N, max=M
};

struct HeadFields {
  uint32_t flags = 0;
  uint64_t content_length = 0;
  uint32_t keep_alive_s = 0;
  uint32_t max_requests = 0;
};

// Bytes that write_status_line may need.
size_t status_line_bound(int status, std::string_view reason);
// "HTTP/1.1 200 OK\r\n". An empty `reason` means the standard phrase. Returns the end.
char* write_status_line(char* out, int status, std::string_view reason);

// Bytes that write_head_end may need.
inline constexpr size_t kHeadEndBound = 224;
// The fields of `fields` and the empty line that ends a head. Returns the end.
char* write_head_end(char* out, const HeadFields& fields, std::string_view date);

// Bytes that write_chunk_head may need.
inline constexpr size_t kChunkHeadBound = 18;
// The size line of a chunk of `size` bytes, which is not 0; after its data comes "\r\n". Returns
// the end.
char* write_chunk_head(char* out, uint64_t size);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

char* append(char* out, std::string_view text);
char* append_decimal(char* out, uint64_t value);

}  // namespace node::http
