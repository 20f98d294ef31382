// The HTTP/1.x parser (RFC 9112): a start line and fields a line at a time, bodies as spans.
#include "http/parser.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace node::http {
namespace {

constexpr std::string_view kMethods[] = {
    "ACL",       "BIND",  "CHECKOUT", "CONNECT",  "COPY",   "DELETE",     "GET",
    "HEAD",      "LINK",  "LOCK",     "M-SEARCH", "MERGE",  "MKACTIVITY", "MKCALENDAR",
    "MKCOL",     "MOVE",  "NOTIFY",   "OPTIONS",  "PATCH",  "POST",       "PROPFIND",
    "PROPPATCH", "PURGE", "PUT",      "REBIND",   "REPORT", "SEARCH",     "SOURCE",
    "SUBSCRIBE", "TRACE", "UNBIND",   "UNLINK",   "UNLOCK", "UNSUBSCRIBE"};
static_assert(std::size(kMethods) == static_cast<size_t>(Method::kCount));
constexpr size_t kLongestMethod = 11;

struct ErrorText {
  const char* code;
  const char* reason;
};
constexpr ErrorText kErrors[] = {
    {"", ""},
    {"HPE_INVALID_METHOD", "Invalid method encountered"},
    {"HPE_INVALID_URL", "Invalid characters in url"},
    {"HPE_INVALID_URL", "Unexpected start char in url"},
    {"HPE_INVALID_CONSTANT", "Expected HTTP/"},
    {"HPE_INVALID_VERSION", "Invalid HTTP version"},
    {"HPE_STRICT", "Expected CRLF after version"},
    {"HPE_INVALID_STATUS", "Invalid status code"},
    {"HPE_UNEXPECTED_SPACE", "Unexpected space after start line"},
    {"HPE_INVALID_HEADER_TOKEN", "Invalid header token"},
    {"HPE_INVALID_HEADER_TOKEN", "Invalid header value char"},
    {"HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value"},
    {"HPE_CR_EXPECTED", "Missing expected CR after header value"},
    {"HPE_LF_EXPECTED", "Missing expected LF after header value"},
    {"HPE_STRICT", "Expected LF after headers"},
    {"HPE_INVALID_HEADER_TOKEN", "Duplicate Host header"},
    {"HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length already present"},
    {"HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"},
    {"HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length"},
    {"HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow"},
    {"HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding"},
    {"HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding"},
    {"HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value"},
    {"HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`"},
    {"HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size"},
    {"HPE_INVALID_CHUNK_SIZE", "Chunk size overflow"},
    {"HPE_CR_EXPECTED", "Missing expected CR after chunk size"},
    {"HPE_STRICT", "Expected LF after chunk size"},
    {"HPE_STRICT", "Expected CRLF after chunk data"},
    {"HPE_STRICT", "Invalid character in chunk extensions"},
    {"HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow"},
    {"HPE_HEADER_OVERFLOW", "Header overflow"},
    {"HPE_INVALID_EOF_STATE", "Invalid EOF state"},
    {"HPE_INTERNAL", "Out of memory"},
};
static_assert(std::size(kErrors) == static_cast<size_t>(ParseError::kCount));

constexpr std::array<uint8_t, 256> make_token_table() {
  std::array<uint8_t, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[c] = 1;
  for (int c = 'a'; c <= 'z'; ++c) table[c] = table[c - 32] = 1;
  for (char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<uint8_t>(c)] = 1;
  return table;
}
constexpr std::array<uint8_t, 256> kToken = make_token_table();

constexpr uint64_t kOnes = 0x0101010101010101u;
constexpr uint64_t kHighs = 0x8080808080808080u;

// Nonzero when one of eight bytes is below `limit` (at most 0x80) or is DEL. May err towards
// nonzero only in bytes that follow a true hit.
uint64_t control_bytes(uint64_t word, uint64_t limit) {
  uint64_t below = (word - kOnes * limit) & ~word;
  uint64_t del = word ^ (kOnes * 0x7f);
  return (below | ((del - kOnes) & ~del)) & kHighs;
}

// First byte that is a control character or below `lowest`; tabs are the caller's affair.
const char* find_control(const char* p, const char* end, uint8_t lowest) {
  for (; end - p >= 8; p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    if (control_bytes(word, lowest) != 0) break;
  }
  for (; p < end; ++p) {
    auto c = static_cast<uint8_t>(*p);
    if (c < lowest || c == 0x7f) break;
  }
  return p;
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Takes the next element off a comma-separated list. False when the list is used up.
bool next_element(std::string_view* list, std::string_view* element) {
  if (list->data() == nullptr) return false;
  size_t comma = list->find(',');
  *element = trim(list->substr(0, comma));
  *list = comma == std::string_view::npos ? std::string_view() : list->substr(comma + 1);
  return true;
}

int hex_value(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_alpha(char c) {
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'z';
}

// origin-form, absolute-form, asterisk-form; for CONNECT the authority-form (RFC 9112, 3.2).
bool valid_target_form(std::string_view target, Method method) {
  if (method == Method::kConnect)
    return kToken[static_cast<uint8_t>(target[0])] || target[0] == '[';
  if (target[0] == '/') return true;
  if (target[0] == '*') return target.size() == 1;
  if (!is_alpha(target[0])) return false;
  size_t i = 1;
  while (i < target.size() && (is_alpha(target[i]) || (target[i] >= '0' && target[i] <= '9') ||
                               target[i] == '+' || target[i] == '-' || target[i] == '.')) {
    ++i;
  }
  return target.substr(i, 3) == "://";
}

// "HTTP/1.x": the minor version, or an error through `error`.
int parse_version(std::string_view text, ParseError* error) {
  if (text.substr(0, 5) != "HTTP/") {
    *error = ParseError::kExpectedHttp;
    return -1;
  }
  if (text.size() == 8 && text[5] == '1' && text[6] == '.' && (text[7] == '0' || text[7] == '1')) {
    return text[7] - '0';
  }
  *error = ParseError::kInvalidVersion;
  return -1;
}

// Appends the line to the one before it: white space takes the place of the line's end.
void unfold(const char* field, char* line, char* line_end) {
  char* end = line - 2;
  while (end > field && is_space(end[-1])) --end;
  auto size = static_cast<size_t>(line_end - line);
  std::memmove(end, line, size);
  std::memset(end + size, ' ', static_cast<size_t>(line_end - end) - size);
}

}  // namespace

std::string_view method_name(Method method) { return kMethods[static_cast<size_t>(method)]; }
const char* error_code(ParseError error) { return kErrors[static_cast<size_t>(error)].code; }
const char* error_reason(ParseError error) { return kErrors[static_cast<size_t>(error)].reason; }

bool is_token(std::string_view text) {
  for (char c : text) {
    if (!kToken[static_cast<uint8_t>(c)]) return false;
  }
  return !text.empty();
}

bool is_field_value(std::string_view text) {
  const char* p = text.data();
  const char* end = p + text.size();
  while ((p = find_control(p, end, 0x20)) != end) {
    if (*p++ != '\t') return false;
  }
  return true;
}

bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    if (c != lower[i]) return false;
  }
  return true;
}

// What the fields of one head say about its framing, before they are judged together.
struct Parser::Fields {
  bool trailers = false;
  bool close = false;
  bool keep_alive = false;
  bool connection_upgrade = false;
  bool upgrade = false;
  bool encoded = false;  // Transfer-Encoding is there
};

Parser::~Parser() { drop_kept(); }

void Parser::drop_kept() {
  std::free(kept_);
  kept_ = nullptr;
  kept_size_ = kept_capacity_ = resume_ = 0;
}

bool Parser::keep(std::string_view bytes) {
  size_t need = kept_size_ + bytes.size();
  if (need > kept_capacity_) {
    size_t capacity =
        std::max<size_t>(need, std::min<size_t>(kept_capacity_ * 2, limits_->head_bytes + 1));
    auto* grown = static_cast<char*>(std::realloc(kept_, capacity));
    if (grown == nullptr) return set_error(ParseError::kOutOfMemory);
    kept_ = grown;
    kept_capacity_ = static_cast<uint32_t>(capacity);
  }
  std::memcpy(kept_ + kept_size_, bytes.data(), bytes.size());
  kept_size_ = static_cast<uint32_t>(need);
  return true;
}

void Parser::reset() {
  drop_kept();
  state_ = State::kStart;
  error_ = ParseError::kNone;
}

void Parser::skip_body() {
  if (state_ != State::kHandedOver) state_ = State::kNoBody;
}

void Parser::hand_over() { state_ = State::kHandedOver; }

Event Parser::fail(ParseError error) {
  if (error != ParseError::kNone) error_ = error;
  drop_kept();
  state_ = State::kError;
  return Event::kError;
}

Event Parser::finish(Message* message) {
  switch (state_) {
    case State::kStart:
    case State::kHandedOver:
      return Event::kMore;
    case State::kNoBody:
    case State::kUntilClose:
      state_ = State::kStart;
      message->headers.clear();
      message->bytes = {};
      return Event::kEnd;
    case State::kError:
      return Event::kError;
    default:
      return fail(ParseError::kInvalidEof);
  }
}

Event Parser::next(std::string_view* in, Message* message) {
  if (kept_ != nullptr && state_ != State::kHead && state_ != State::kTrailers) drop_kept();
  switch (state_) {
    case State::kStart:
      // RFC 9112, 2.2: empty lines before a start line are ignored.
      while (!in->empty() && (in->front() == '\r' || in->front() == '\n')) in->remove_prefix(1);
      if (in->empty()) return Event::kMore;
      state_ = State::kHead;
      [[fallthrough]];
    case State::kHead:
    case State::kTrailers:
      return read_block(in, message);
    case State::kNoBody:
      state_ = State::kStart;
      message->headers.clear();
      message->bytes = {};
      return Event::kEnd;
    case State::kLength:
    case State::kChunkData: {
      if (in->empty()) return Event::kMore;
      size_t take = static_cast<size_t>(std::min<uint64_t>(remaining_, in->size()));
      message->body = in->substr(0, take);
      in->remove_prefix(take);
      remaining_ -= take;
      if (remaining_ == 0) state_ = state_ == State::kLength ? State::kNoBody : State::kChunkDataCr;
      return Event::kBody;
    }
    case State::kUntilClose:
      if (in->empty()) return Event::kMore;
      message->body = *in;
      *in = {};
      return Event::kBody;
    case State::kHandedOver:
      return Event::kMore;
    case State::kError:
      return Event::kError;
    default:
      return chunk_header(in, message);
  }
}

// Everything between two pieces of chunk data, a byte at a time: it is short.
Event Parser::chunk_header(std::string_view* in, Message* message) {
  while (!in->empty()) {
    auto c = static_cast<unsigned char>(in->front());
    in->remove_prefix(1);
    if (!chunk_byte(c)) return fail(error_);
    if (state_ == State::kChunkData || state_ == State::kTrailers) return next(in, message);
  }
  return Event::kMore;
}

bool Parser::chunk_byte(unsigned char c) {
  switch (state_) {
    case State::kChunkStart:
    case State::kChunkSize: {
      int digit = hex_value(c);
      if (digit >= 0) {
        if (digits_ == 16 || remaining_ > (UINT64_MAX >> 12))
          return set_error(ParseError::kChunkSizeOverflow);
        remaining_ = remaining_ * 16 + static_cast<unsigned>(digit);
        ++digits_;
        state_ = State::kChunkSize;
        return true;
      }
      if (digits_ == 0) return set_error(ParseError::kInvalidChunkSize);
      [[fallthrough]];
    }
    case State::kChunkSpace:
      if (c == ';') {
        state_ = State::kChunkExtension;
      } else if (is_space(static_cast<char>(c))) {
        state_ = State::kChunkSpace;
      } else if (c == '\r' && state_ == State::kChunkSize) {
        state_ = State::kChunkSizeLf;
        return true;
      } else {
        return set_error(c == '\n' ? ParseError::kChunkCrExpected : ParseError::kInvalidChunkSize);
      }
      break;
    case State::kChunkExtension:
      if (c == '\r') {
        state_ = State::kChunkSizeLf;
        return true;
      }
      if (c == '\n') return set_error(ParseError::kChunkCrExpected);
      if ((c < 0x20 && c != '\t') || c == 0x7f)
        return set_error(ParseError::kInvalidChunkExtension);
      break;
    case State::kChunkSizeLf:
      if (c != '\n') return set_error(ParseError::kChunkLfExpected);
      state_ = remaining_ == 0 ? State::kTrailers : State::kChunkData;
      return true;
    case State::kChunkDataCr:
      if (c != '\r') return set_error(ParseError::kChunkDataEnd);
      state_ = State::kChunkDataLf;
      return true;
    case State::kChunkDataLf:
      if (c != '\n') return set_error(ParseError::kChunkDataEnd);
      state_ = State::kChunkStart;
      digits_ = 0;
      extension_bytes_ = 0;
      return true;
    default:
      return true;
  }
  if (++extension_bytes_ > limits_->chunk_extension_bytes) {
    return set_error(ParseError::kChunkExtensionsOverflow);
  }
  return true;
}

// A head or a trailer section. In place when all of it is there, from a copy when it straddles
// reads.
Event Parser::read_block(std::string_view* in, Message* message) {
  size_t used = 0;
  size_t before = kept_size_;
  Step step;
  if (before == 0) {
    if (in->empty()) return Event::kMore;
    // parse_block writes only when told that it may.
    step = parse_block(const_cast<char*>(in->data()), in->size(), false, message, &used);
    if (step == Step::kError) {
      in->remove_prefix(used);
      return fail(error_);
    }
    if (step == Step::kDone) {
      in->remove_prefix(used);
      return block_done(message);
    }
  }
  size_t room = limits_->head_bytes + 1 - before;
  std::string_view piece = in->substr(0, room);
  if (!keep(piece)) return fail(error_);
  step = parse_block(kept_, kept_size_, true, message, &used);
  if (step == Step::kDone && resume_ != 0) {
    // Whole now, but only its last lines were looked at in this round.
    resume_ = 0;
    step = parse_block(kept_, kept_size_, true, message, &used);
  }
  if (step == Step::kError) {
    in->remove_prefix(used > before ? used - before : 0);
    return fail(error_);
  }
  if (step == Step::kMore) {
    in->remove_prefix(piece.size());
    return Event::kMore;
  }
  in->remove_prefix(used - before);
  return block_done(message);
}

Event Parser::block_done(Message* message) {
  if (state_ == State::kTrailers) {
    state_ = State::kStart;
    return Event::kEnd;
  }
  extension_bytes_ = 0;
  digits_ = 0;
  bool none = kind_ == Kind::kResponse &&
              (message->status < 200 || message->status == 204 || message->status == 304);
  if (none) {
    state_ = State::kNoBody;
  } else if (message->chunked) {
    state_ = State::kChunkStart;
    remaining_ = 0;
  } else if (message->content_length > 0) {
    state_ = State::kLength;
    remaining_ = static_cast<uint64_t>(message->content_length);
  } else if (message->content_length == 0 || kind_ == Kind::kRequest) {
    state_ = State::kNoBody;
  } else {
    state_ = State::kUntilClose;
    message->keep_alive = false;
  }
  return Event::kHead;
}

Parser::Step Parser::parse_block(char* base, size_t size, bool writable, Message* message,
                                 size_t* used) {
  size_t pos = resume_;
  if (pos == 0 && state_ == State::kHead) {
    auto* newline = static_cast<char*>(std::memchr(base, '\n', size));
    if (newline == nullptr) {
      if (!check_partial_line({base, size})) return Step::kError;
      if (size > limits_->head_bytes) return set_error(ParseError::kHeaderOverflow), Step::kError;
      return Step::kMore;
    }
    if (newline == base || newline[-1] != '\r') {
      return set_error(ParseError::kCrAfterVersion), Step::kError;
    }
    if (!parse_start_line({base, static_cast<size_t>(newline - 1 - base)}, message))
      return Step::kError;
    pos = static_cast<size_t>(newline + 1 - base);
  }
  return parse_fields(base, size, writable, pos, message, used);
}

Parser::Step Parser::parse_fields(char* base, size_t size, bool writable, size_t pos,
                                  Message* message, size_t* used) {
  Fields fields;
  fields.trailers = state_ == State::kTrailers;
  if (!fields.trailers) {
    message->content_length = -1;
    message->chunked = message->expect_continue = message->expect_other = message->has_host = false;
  }
  message->headers.clear();
  size_t previous = resume_;
  size_t first = pos;
  for (;;) {
    *used = pos;
    if (pos > limits_->head_bytes) return set_error(ParseError::kHeaderOverflow), Step::kError;
    char* line = base + pos;
    auto* newline = static_cast<char*>(std::memchr(line, '\n', size - pos));
    if (newline == nullptr) {
      if (size > limits_->head_bytes) return set_error(ParseError::kHeaderOverflow), Step::kError;
      if (size - pos >= 2 && line[0] == '\r')
        return set_error(ParseError::kLfAfterHeaders), Step::kError;
      if (writable) resume_ = static_cast<uint32_t>(previous);
      return Step::kMore;
    }
    size_t next = static_cast<size_t>(newline + 1 - base);
    if (line[0] == '\r' && newline == line + 1) {
      *used = next;
      message->bytes = {base, next};
      if (next > limits_->head_bytes) return set_error(ParseError::kHeaderOverflow), Step::kError;
      if (resume_ != 0 && writable) return Step::kDone;  // the caller comes again for all of it
      return fields.trailers || finish_head(message, fields) ? Step::kDone : Step::kError;
    }
    if (newline == line || newline[-1] != '\r')
      return set_error(ParseError::kCrExpected), Step::kError;
    if (is_space(line[0])) {
      if (pos == first && (previous == pos || resume_ == 0)) {
        return set_error(ParseError::kUnexpectedSpace), Step::kError;
      }
      // RFC 9112, 5.2: a server refuses folded lines, a client turns the fold into its white space.
      if (kind_ == Kind::kRequest && !limits_->lenient) {
        return set_error(ParseError::kFoldedHeader), Step::kError;
      }
      if (!writable) return Step::kCopy;
      unfold(base + previous, line, newline - 1);
      pos = previous;
      if (!message->headers.empty()) message->headers.pop_back();
      continue;
    }
    if (!parse_field({line, static_cast<size_t>(newline - 1 - line)}, message, &fields))
      return Step::kError;
    previous = pos;
    pos = next;
  }
}

// The beginning of a start line whose end has not come: garbage is answered at once.
bool Parser::check_partial_line(std::string_view line) {
  if (kind_ == Kind::kResponse) {
    constexpr std::string_view kHttp = "HTTP/";
    size_t n = std::min(line.size(), kHttp.size());
    return line.substr(0, n) == kHttp.substr(0, n) || set_error(ParseError::kExpectedHttp);
  }
  size_t space = line.substr(0, kLongestMethod + 1).find(' ');
  for (std::string_view method : kMethods) {
    if (space != std::string_view::npos ? line.substr(0, space) == method
                                        : method.substr(0, line.size()) == line) {
      return true;
    }
  }
  return set_error(ParseError::kInvalidMethod);
}

bool Parser::parse_start_line(std::string_view line, Message* message) {
  return kind_ == Kind::kRequest ? parse_request_line(line, message)
                                 : parse_status_line(line, message);
}

bool Parser::parse_request_line(std::string_view line, Message* message) {
  size_t space;
  if (line.substr(0, 4) == "GET ") {
    message->method = Method::kGet;
    space = 3;
  } else {
    space = line.find(' ');
    std::string_view name = line.substr(0, space);
    const auto* found = std::find(std::begin(kMethods), std::end(kMethods), name);
    if (found == std::end(kMethods)) return set_error(ParseError::kInvalidMethod);
    message->method = static_cast<Method>(found - kMethods);
    if (space == std::string_view::npos) return set_error(ParseError::kInvalidUrl);
  }
  std::string_view rest = line.substr(space + 1);
  const char* end = rest.data() + rest.size();
  const char* stop = find_control(rest.data(), end, 0x21);
  if (stop == end || *stop != ' ')
    return set_error(stop == end ? ParseError::kExpectedHttp : ParseError::kInvalidUrl);
  message->target = rest.substr(0, static_cast<size_t>(stop - rest.data()));
  if (message->target.empty()) return set_error(ParseError::kInvalidUrlStart);
  if (!valid_target_form(message->target, message->method))
    return set_error(ParseError::kInvalidUrl);
  int minor = parse_version(rest.substr(message->target.size() + 1), &error_);
  if (minor < 0) return false;
  message->version_minor = static_cast<uint8_t>(minor);
  return true;
}

bool Parser::parse_status_line(std::string_view line, Message* message) {
  int minor = parse_version(line.substr(0, 8), &error_);
  if (minor < 0) return false;
  message->version_minor = static_cast<uint8_t>(minor);
  std::string_view rest = line.substr(8);
  if (rest.size() < 4 || rest[0] != ' ') return set_error(ParseError::kInvalidStatus);
  int status = 0;
  for (int i = 1; i <= 3; ++i) {
    if (rest[i] < '0' || rest[i] > '9') return set_error(ParseError::kInvalidStatus);
    status = status * 10 + (rest[i] - '0');
  }
  if (status < 100 || (rest.size() > 4 && rest[4] != ' '))
    return set_error(ParseError::kInvalidStatus);
  message->status = static_cast<uint16_t>(status);
  // The space before an absent reason is often left out.
  message->reason = rest.size() > 5 ? rest.substr(5) : std::string_view();
  return is_field_value(message->reason) || set_error(ParseError::kInvalidStatus);
}

bool Parser::parse_field(std::string_view line, Message* message, Fields* fields) {
  size_t colon = 0;
  while (colon < line.size() && kToken[static_cast<uint8_t>(line[colon])]) ++colon;
  if (colon == 0 || colon == line.size() || line[colon] != ':') {
    return set_error(ParseError::kInvalidHeaderToken);
  }
  Header header{line.substr(0, colon), trim(line.substr(colon + 1))};
  if (!is_field_value(header.value) && !check_value(header.value)) return false;
  message->headers.push_back(header);
  return fields->trailers || interpret(header, message, fields);
}

// A value with control characters.
bool Parser::check_value(std::string_view value) {
  if (value.find('\r') != std::string_view::npos) return set_error(ParseError::kLfExpected);
  bool taken = limits_->lenient && value.find('\0') == std::string_view::npos;
  return taken || set_error(ParseError::kInvalidHeaderValue);
}

// The fields that say where the message ends and what becomes of the connection.
bool Parser::interpret(const Header& header, Message* message, Fields* fields) {
  std::string_view rest = header.value;
  std::string_view element;
  switch (header.name.size()) {
    case 4:
      if (!equals_lower(header.name, "host")) return true;
      if (message->has_host && kind_ == Kind::kRequest)
        return set_error(ParseError::kDuplicateHost);
      message->has_host = true;
      return true;
    case 6:
      if (equals_lower(header.name, "expect") && kind_ == Kind::kRequest) {
        bool known = equals_lower(header.value, "100-continue");
        (known ? message->expect_continue : message->expect_other) = true;
      }
      return true;
    case 7:
      if (equals_lower(header.name, "upgrade")) fields->upgrade = true;
      return true;
    case 10:
      if (!equals_lower(header.name, "connection")) return true;
      while (next_element(&rest, &element)) {
        if (equals_lower(element, "close")) fields->close = true;
        if (equals_lower(element, "keep-alive")) fields->keep_alive = true;
        if (equals_lower(element, "upgrade")) fields->connection_upgrade = true;
      }
      return true;
    case 14: {
      if (!equals_lower(header.name, "content-length")) return true;
      if (fields->encoded) return limits_->lenient || set_error(ParseError::kLengthWithEncoding);
      if (message->content_length >= 0) return set_error(ParseError::kDuplicateLength);
      if (rest.empty()) return set_error(ParseError::kEmptyLength);
      int64_t length = 0;
      for (char c : rest) {
        if (c < '0' || c > '9') return set_error(ParseError::kInvalidLength);
        if (length > (INT64_MAX - 9) / 10) return set_error(ParseError::kLengthOverflow);
        length = length * 10 + (c - '0');
      }
      message->content_length = length;
      return true;
    }
    case 17:
      if (!equals_lower(header.name, "transfer-encoding")) return true;
      if (message->content_length >= 0) {
        if (!limits_->lenient) return set_error(ParseError::kEncodingWithLength);
        message->content_length = -1;
      }
      fields->encoded = true;
      while (next_element(&rest, &element)) {
        if (element.empty()) continue;
        // `chunked` comes once and last.
        if (message->chunked) return set_error(ParseError::kInvalidEncoding);
        message->chunked = equals_lower(element, "chunked");
      }
      return true;
    default:
      return true;
  }
}

bool Parser::finish_head(Message* message, const Fields& fields) {
  bool request = kind_ == Kind::kRequest;
  // RFC 9112, 6.1: an HTTP/1.0 sender does not know Transfer-Encoding, so the framing is faulty.
  if (fields.encoded && request && (!message->chunked || message->version_minor == 0)) {
    return set_error(ParseError::kRequestEncoding);
  }
  message->keep_alive = message->version_minor == 0
                            ? fields.keep_alive && !fields.close && !fields.encoded
                            : !fields.close;
  message->upgrade = fields.upgrade && fields.connection_upgrade;
  if (request) {
    message->upgrade = message->upgrade || message->method == Method::kConnect;
  } else {
    message->upgrade = message->upgrade && message->status == 101;
  }
  return true;
}

}  // namespace node::http
