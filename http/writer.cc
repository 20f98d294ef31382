// Response heads and chunk framing as bytes (RFC 9112).
#include "http/writer.h"

#include <cstdio>
#include <cstring>

namespace node::http {
namespace {

struct StatusText {
  int status;
  std::string_view line;  // with version and CRLF
};
constexpr size_t kPrefix = 13;  // "HTTP/1.1 200 "
constexpr StatusText kStatuses[] = {
    {100, "HTTP/1.1 100 Continue\r\n"},
    {101, "HTTP/1.1 101 Switching Protocols\r\n"},
    {102, "HTTP/1.1 102 Processing\r\n"},
    {103, "HTTP/1.1 103 Early Hints\r\n"},
    {200, "HTTP/1.1 200 OK\r\n"},
    {201, "HTTP/1.1 201 Created\r\n"},
    {202, "HTTP/1.1 202 Accepted\r\n"},
    {203, "HTTP/1.1 203 Non-Authoritative Information\r\n"},
    {204, "HTTP/1.1 204 No Content\r\n"},
    {205, "HTTP/1.1 205 Reset Content\r\n"},
    {206, "HTTP/1.1 206 Partial Content\r\n"},
    {207, "HTTP/1.1 207 Multi-Status\r\n"},
    {208, "HTTP/1.1 208 Already Reported\r\n"},
    {226, "HTTP/1.1 226 IM Used\r\n"},
    {300, "HTTP/1.1 300 Multiple Choices\r\n"},
    {301, "HTTP/1.1 301 Moved Permanently\r\n"},
    {302, "HTTP/1.1 302 Found\r\n"},
    {303, "HTTP/1.1 303 See Other\r\n"},
    {304, "HTTP/1.1 304 Not Modified\r\n"},
    {305, "HTTP/1.1 305 Use Proxy\r\n"},
    {307, "HTTP/1.1 307 Temporary Redirect\r\n"},
    {308, "HTTP/1.1 308 Permanent Redirect\r\n"},
    {400, "HTTP/1.1 400 Bad Request\r\n"},
    {401, "HTTP/1.1 401 Unauthorized\r\n"},
    {402, "HTTP/1.1 402 Payment Required\r\n"},
    {403, "HTTP/1.1 403 Forbidden\r\n"},
    {404, "HTTP/1.1 404 Not Found\r\n"},
    {405, "HTTP/1.1 405 Method Not Allowed\r\n"},
    {406, "HTTP/1.1 406 Not Acceptable\r\n"},
    {407, "HTTP/1.1 407 Proxy Authentication Required\r\n"},
    {408, "HTTP/1.1 408 Request Timeout\r\n"},
    {409, "HTTP/1.1 409 Conflict\r\n"},
    {410, "HTTP/1.1 410 Gone\r\n"},
    {411, "HTTP/1.1 411 Length Required\r\n"},
    {412, "HTTP/1.1 412 Precondition Failed\r\n"},
    {413, "HTTP/1.1 413 Payload Too Large\r\n"},
    {414, "HTTP/1.1 414 URI Too Long\r\n"},
    {415, "HTTP/1.1 415 Unsupported Media Type\r\n"},
    {416, "HTTP/1.1 416 Range Not Satisfiable\r\n"},
    {417, "HTTP/1.1 417 Expectation Failed\r\n"},
    {418, "HTTP/1.1 418 I'm a Teapot\r\n"},
    {421, "HTTP/1.1 421 Misdirected Request\r\n"},
    {422, "HTTP/1.1 422 Unprocessable Entity\r\n"},
    {423, "HTTP/1.1 423 Locked\r\n"},
    {424, "HTTP/1.1 424 Failed Dependency\r\n"},
    {425, "HTTP/1.1 425 Too Early\r\n"},
    {426, "HTTP/1.1 426 Upgrade Required\r\n"},
    {428, "HTTP/1.1 428 Precondition Required\r\n"},
    {429, "HTTP/1.1 429 Too Many Requests\r\n"},
    {431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    {451, "HTTP/1.1 451 Unavailable For Legal Reasons\r\n"},
    {500, "HTTP/1.1 500 Internal Server Error\r\n"},
    {501, "HTTP/1.1 501 Not Implemented\r\n"},
    {502, "HTTP/1.1 502 Bad Gateway\r\n"},
    {503, "HTTP/1.1 503 Service Unavailable\r\n"},
    {504, "HTTP/1.1 504 Gateway Timeout\r\n"},
    {505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
    {506, "HTTP/1.1 506 Variant Also Negotiates\r\n"},
    {507, "HTTP/1.1 507 Insufficient Storage\r\n"},
    {508, "HTTP/1.1 508 Loop Detected\r\n"},
    {509, "HTTP/1.1 509 Bandwidth Limit Exceeded\r\n"},
    {510, "HTTP/1.1 510 Not Extended\r\n"},
    {511, "HTTP/1.1 511 Network Authentication Required\r\n"},
};
constexpr size_t kLongestLine = 64;

std::string_view known_line(int status) {
  if (status == 200) return kStatuses[4].line;
  size_t low = 0;
  size_t high = std::size(kStatuses);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (kStatuses[middle].status < status) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  bool found = low < std::size(kStatuses) && kStatuses[low].status == status;
  return found ? kStatuses[low].line : std::string_view();
}

}  // namespace

std::string_view DateCache::at(time_t seconds) {
  if (seconds != seconds_) {
    seconds_ = seconds;
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm t;
    gmtime_r(&seconds, &t);
    // strftime would follow the locale. The remainders tell the compiler that it fits.
    std::snprintf(text_, sizeof text_, "%s, %02u %s %04u %02u:%02u:%02u GMT", kDays[t.tm_wday],
                  static_cast<unsigned>(t.tm_mday) % 100, kMonths[t.tm_mon],
                  static_cast<unsigned>(t.tm_year + 1900) % 10000,
                  static_cast<unsigned>(t.tm_hour) % 100, static_cast<unsigned>(t.tm_min) % 100,
                  static_cast<unsigned>(t.tm_sec) % 100);
  }
  return {text_, kSize};
}

std::string_view reason_phrase(int status) {
  std::string_view line = known_line(status);
  return line.empty() ? "unknown" : line.substr(kPrefix, line.size() - kPrefix - 2);
}

char* append(char* out, std::string_view text) {
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* append_decimal(char* out, uint64_t value) {
  char digits[20];
  size_t n = 0;
  do {
    digits[n++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (n > 0) *out++ = digits[--n];
  return out;
}

size_t status_line_bound(int, std::string_view reason) { return kLongestLine + reason.size(); }

char* write_status_line(char* out, int status, std::string_view reason) {
  if (reason.empty()) {
    std::string_view line = known_line(status);
    if (!line.empty()) return append(out, line);
    reason = "unknown";
  }
  out = append(out, "HTTP/1.1 ");
  out = append_decimal(out, static_cast<unsigned>(status));
  *out++ = ' ';
  out = append(out, reason);
  return append(out, "\r\n");
}

char* write_head_end(char* out, const HeadFields& fields, std::string_view date) {
  if (fields.flags & kDate) {
    out = append(out, "Date: ");
    out = append(out, date);
    out = append(out, "\r\n");
  }
  if (fields.flags & kKeepAlive) out = append(out, "Connection: keep-alive\r\n");
  if (fields.flags & kClose) out = append(out, "Connection: close\r\n");
  if (fields.flags & kKeepAliveTimeout) {
    out = append(out, "Keep-Alive: timeout=");
    out = append_decimal(out, fields.keep_alive_s);
    if (fields.flags & kMaxRequests) {
      out = append(out, ", max=");
      out = append_decimal(out, fields.max_requests);
    }
    out = append(out, "\r\n");
  }
  if (fields.flags & kContentLength) {
    out = append(out, "Content-Length: ");
    out = append_decimal(out, fields.content_length);
    out = append(out, "\r\n");
  }
  if (fields.flags & kChunkedEncoding) out = append(out, "Transfer-Encoding: chunked\r\n");
  return append(out, "\r\n");
}

char* write_chunk_head(char* out, uint64_t size) {
  int shift = 60;
  while (shift > 0 && (size >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[(size >> shift) & 15];
  return append(out, "\r\n");
}

}  // namespace node::http
