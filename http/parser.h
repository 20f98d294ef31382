// The HTTP/1.x parser: bytes in, messages out. Pure: knows nothing of sockets, loops or scripts.
//
// Pull style: the caller hands over what it has read and asks for the next event until the answer
// is kMore. The parser never holds on to the caller's bytes and never calls back, so the caller may
// stop after any event and go on later with the rest.
//
//   std::string_view in = what was read;
//   for (;;) switch (parser.next(&in, &message)) {
//     case Event::kHead: ...      message.method, target, headers
//     case Event::kBody: ...      message.body
//     case Event::kEnd: ...       message.headers are the trailers now
//     case Event::kMore: return;  `in` is empty: come back with more
//     case Event::kError: ...     parser.error()
//   }
//
// As strict as RFC 9110 and 9112 ask of a server: it never guesses where a message ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace node::http {

// Every request method there is; the order is that of method_name(). What is not listed is an
// error.
enum class Method : uint8_t {
  kAcl,
  kBind,
  kCheckout,
  kConnect,
  kCopy,
  kDelete,
  kGet,
  kHead,
  kLink,
  kLock,
  kMSearch,
  kMerge,
  kMkactivity,
  kMkcalendar,
  kMkcol,
  kMove,
  kNotify,
  kOptions,
  kPatch,
  kPost,
  kPropfind,
  kProppatch,
  kPurge,
  kPut,
  kRebind,
  kReport,
  kSearch,
  kSource,
  kSubscribe,
  kTrace,
  kUnbind,
  kUnlink,
  kUnlock,
  kUnsubscribe,
  kCount,
};
std::string_view method_name(Method method);

// What was wrong, finer than the HPE_ codes that programs know.
enum class ParseError : uint8_t {
  kNone,
  kInvalidMethod,
  kInvalidUrl,
  kInvalidUrlStart,
  kExpectedHttp,
  kInvalidVersion,
  kCrAfterVersion,
  kInvalidStatus,
  kUnexpectedSpace,
  kInvalidHeaderToken,
  kInvalidHeaderValue,
  kFoldedHeader,
  kCrExpected,
  kLfExpected,
  kLfAfterHeaders,
  kDuplicateHost,
  kDuplicateLength,
  kInvalidLength,
  kEmptyLength,
  kLengthOverflow,
  kLengthWithEncoding,
  kEncodingWithLength,
  kInvalidEncoding,
  kRequestEncoding,
  kInvalidChunkSize,
  kChunkSizeOverflow,
  kChunkCrExpected,
  kChunkLfExpected,
  kChunkDataEnd,
  kInvalidChunkExtension,
  kChunkExtensionsOverflow,
  kHeaderOverflow,
  kInvalidEof,
  kOutOfMemory,
  kCount,
};
// "HPE_INVALID_METHOD" and its like.
const char* error_code(ParseError error);
// The English reason that goes with it.
const char* error_reason(ParseError error);

struct Header {
  std::string_view name;   // as it was sent
  std::string_view value;  // without the white space around it
};

// The head of a message, its body pieces and its trailers, one after the other. All views point
// into the bytes given to next() or into the parser, and live until the next call of next().
struct Message {
  Method method = Method::kGet;
  uint8_t version_minor = 1;    // HTTP/1.x
  uint16_t status = 0;          // responses
  std::string_view target;      // requests
  std::string_view reason;      // responses; may be empty
  std::vector<Header> headers;  // at kEnd: the trailers
  std::string_view bytes;       // the whole head (at kEnd: trailer section) as it was sent
  std::string_view body;        // at kBody
  int64_t content_length = -1;  // -1: not said
  bool chunked = false;
  bool keep_alive = false;       // the sender is ready for another message on this connection
  bool upgrade = false;          // CONNECT, Upgrade with Connection: upgrade, or status 101
  bool expect_continue = false;  // Expect: 100-continue
  bool expect_other = false;     // Expect: anything else
  bool has_host = false;
};

struct Limits {
  uint32_t head_bytes = 16 * 1024;             // start line and fields; trailers likewise
  uint32_t chunk_extension_bytes = 16 * 1024;  // of one chunk
  // Takes what senders should not send: control characters in field values, folded fields in
  // requests, and Content-Length beside Transfer-Encoding, which is then ignored. Never for
  // untrusted peers.
  bool lenient = false;
};

enum class Event : uint8_t { kMore, kHead, kBody, kEnd, kError };

class Parser {
 public:
  enum class Kind : uint8_t { kRequest, kResponse };

  // `limits` must outlive the parser.
  explicit Parser(Kind kind, const Limits* limits) : limits_(limits), kind_(kind) {}
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Consumes bytes from the front of `in` up to the next event, or up to the line with the error.
  // After an error every call is the same error.
  Event next(std::string_view* in, Message* message);
  // The peer has closed its side. kEnd: that ended the message; kMore: no message was under way; or
  // kError.
  Event finish(Message* message);

  // Only right after kHead. The message has no body whatever its head says (a reply to HEAD).
  void skip_body();
  // Only right after kHead. What follows is no longer HTTP: the rest of the input is the caller's.
  void hand_over();
  // Starts anew; forgets everything but the kind.
  void reset();

  // Nothing of a message has been seen: the connection is idle.
  bool idle() const { return state_ == State::kStart; }
  // After kHead: whether kEnd follows without any more input.
  bool bodyless() const { return state_ == State::kNoBody; }
  ParseError error() const { return error_; }

 private:
  enum class State : uint8_t {
    kStart,
    kHead,
    kNoBody,
    kLength,
    kUntilClose,
    kChunkStart,
    kChunkSize,
    kChunkSpace,
    kChunkExtension,
    kChunkSizeLf,
    kChunkData,
    kChunkDataCr,
    kChunkDataLf,
    kTrailers,
    kHandedOver,
    kError,
  };
  enum class Step : uint8_t { kDone, kMore, kCopy, kError };
  struct Fields;

  Event fail(ParseError error);
  Event read_block(std::string_view* in, Message* message);
  Event block_done(Message* message);
  Step parse_block(char* base, size_t size, bool writable, Message* message, size_t* used);
  Step parse_fields(char* base, size_t size, bool writable, size_t pos, Message* message,
                    size_t* used);
  bool parse_start_line(std::string_view line, Message* message);
  bool parse_request_line(std::string_view line, Message* message);
  bool parse_status_line(std::string_view line, Message* message);
  bool check_partial_line(std::string_view line);
  bool parse_field(std::string_view line, Message* message, Fields* fields);
  bool check_value(std::string_view value);
  bool interpret(const Header& header, Message* message, Fields* fields);
  bool finish_head(Message* message, const Fields& fields);
  bool chunk_byte(unsigned char c);
  Event chunk_header(std::string_view* in, Message* message);
  bool set_error(ParseError error) {
    error_ = error;
    return false;
  }
  bool keep(std::string_view bytes);
  void drop_kept();

  const Limits* limits_;
  char* kept_ = nullptr;    // a head or trailer section that straddles reads; null otherwise
  uint64_t remaining_ = 0;  // of the body or the chunk
  uint32_t kept_size_ = 0;
  uint32_t kept_capacity_ = 0;
  uint32_t resume_ = 0;           // start of the last whole line seen in kept_
  uint32_t extension_bytes_ = 0;  // of this chunk so far
  State state_ = State::kStart;
  Kind kind_;
  ParseError error_ = ParseError::kNone;
  uint8_t digits_ = 0;  // of the chunk size so far
};

// Whether every byte may stand in a token (RFC 9110, 5.6.2) and there is at least one.
bool is_token(std::string_view text);
// Whether every byte may stand in a field value: no control characters but tab.
bool is_field_value(std::string_view text);
// ASCII comparison without case; `lower` is in lower case.
bool equals_lower(std::string_view text, std::string_view lower);

}  // namespace node::http
