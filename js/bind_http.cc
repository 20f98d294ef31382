// internalBinding('http'): server connections, and the parser for whatever else carries HTTP.
#include <cstring>
#include <string>
#include <vector>

#include "http/parser.h"
#include "http/server_connection.h"
#include "http/writer.h"
#include "js/bind.h"
#include "js/bind_http.h"
#include "js/buffer.h"
#include "net/address.h"

namespace node::js {
namespace {

using http::Event;
using http::Message;
using http::Method;
using http::ParseError;
using http::ServerConnection;

// Bits of a parsed head; js/lib/internal/http/common.js has the same.
enum : int32_t {
  kMinor = 1,
  kKeepAlive = 2,
  kUpgrade = 4,
  kExpectContinue = 8,
  kExpectOther = 16,
  kHasHost = 32,
  kBodyless = 64,
  kChunked = 128,
};
// Bits of a write besides those of http::HeadFlags; common.js has the same.
enum : uint32_t {
  kHeadMask = 0x7f,
  kLast = 256,
  kLatin1 = 512,
  kCloseAfter = 1024,
  kFramed = 2048
};
// What onEvent is told; native.js has the same.
enum : int32_t {
  kBodyPiece,
  kBodyEnd,
  kDrained,
  kGone,
  kRefused,
  kInactive,
  kTooSlow,
  kPeerEnded,
  kInsecure,
};

int32_t head_flags(const Message& message, bool bodyless) {
  return (message.version_minor == 1 ? kMinor : 0) | (message.keep_alive ? kKeepAlive : 0) |
         (message.upgrade ? kUpgrade : 0) | (message.expect_continue ? kExpectContinue : 0) |
         (message.expect_other ? kExpectOther : 0) | (message.has_host ? kHasHost : 0) |
         (bodyless ? kBodyless : 0) | (message.chunked ? kChunked : 0);
}

v8::Local<v8::String> one_byte(v8::Isolate* isolate, std::string_view text) {
  v8::Local<v8::String> string;
  // Fails only beyond V8's longest string; heads are limited.
  if (v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(text.data()),
                                 v8::NewStringType::kNormal, static_cast<int>(text.size()))
          .ToLocal(&string)) {
    return string;
  }
  return v8::String::Empty(isolate);
}

bool is_ascii(const char* p, size_t size) {
  uint64_t seen = 0;
  for (; size >= 8; p += 8, size -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    seen |= word;
  }
  for (; size > 0; --size) seen |= static_cast<uint8_t>(*p++);
  return (seen & 0x8080808080808080u) == 0;
}

// Bytes that encoding `string` may need.
size_t encoded_bound(v8::Local<v8::String> string, bool latin1) {
  return static_cast<size_t>(string->Length()) * (latin1 ? 1 : 3);
}

// Encodes into `out`, which has room for encoded_bound(). Returns the size.
size_t encode(v8::Isolate* isolate, v8::Local<v8::String> string, bool latin1, char* out) {
  auto length = static_cast<size_t>(string->Length());
  if (latin1 || string->IsOneByte()) {
    write_one_byte(isolate, string, reinterpret_cast<uint8_t*>(out), 0, static_cast<int>(length));
    if (latin1 || is_ascii(out, length)) return length;
  }
  return write_utf8(isolate, string, out, length * 3);
}

// The bytes of an argument: a view of a buffer, or a string encoded into `storage`.
std::string_view body_bytes(v8::Isolate* isolate, v8::Local<v8::Value> value, bool latin1,
                            std::string* storage) {
  if (value->IsString()) {
    v8::Local<v8::String> string = value.As<v8::String>();
    storage->resize(encoded_bound(string, latin1));
    storage->resize(encode(isolate, string, latin1, storage->data()));
    return *storage;
  }
  Bytes bytes;
  if (read_bytes(value, &bytes)) return {bytes.data(), bytes.size()};
  return {};
}

// All server connections of an environment.
class Hub : public Wrapped, private http::ServerDelegate {
 public:
  static void make(Env& env, const Args& info) { new Hub(env, info.This()); }
  http::ServerHub& hub() { return hub_; }

  void open_server(int32_t id) {
    hub_.open_group(id);
    pin();
  }
  void configure(const Args& info);
  int32_t adopt(int32_t id, int32_t fd);
  void close_connections(int32_t id, bool idle_only) {
    if (http::ServerGroup* group = hub_.group(id)) hub_.close_connections(*group, idle_only);
  }
  void respond(const Args& info);
  void write(const Args& info);
  void end(const Args& info);
  int32_t write_raw(uint32_t number, Bytes bytes) {
    ServerConnection* connection = hub_.find(number);
    if (connection == nullptr) return -1;
    connection->write({bytes.data(), bytes.size()});
    return answer(*connection);
  }
  // Bytes of the file that are written, 0 at its end; -1: they are to be read; -2 - n: n are
  // written, and more has to wait.
  double write_file(uint32_t number, int32_t fd, double offset, double most, bool chunk) {
    ServerConnection* connection = hub_.find(number);
    if (connection == nullptr || !(offset >= 0 && most >= 1)) return -1;
    int64_t n =
        connection->write_file(fd, static_cast<int64_t>(offset), static_cast<size_t>(most), chunk);
    return static_cast<double>(n <= 0 || connection->ok() ? n : -2 - n);
  }
  void read_body(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->want_body(true);
  }
  void pause_body(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->want_body(false);
  }
  void dump_body(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->dump_body();
  }
  void close_soon(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->close_soon();
  }
  void destroy_connection(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->kill({});
  }
  void half_close(uint32_t number) {
    if (ServerConnection* connection = hub_.find(number)) connection->half_close();
  }
  void set_referenced(uint32_t number, bool referenced) {
    if (ServerConnection* connection = hub_.find(number)) connection->set_referenced(referenced);
  }
  // The descriptor, or -1 when the connection is gone.
  int32_t fd_of(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    return connection == nullptr ? -1 : connection->fd();
  }
  // [local address, port, remote address, port], or undefined when the connection is gone;
  // addresses are paths for UNIX sockets.
  v8::Local<v8::Value> ends(uint32_t number);
  uint32_t request_count(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    return connection == nullptr ? 0 : connection->requests();
  }
  // The number that openServer was given, or -1.
  int32_t server_of(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    return connection == nullptr ? -1 : connection->group().id;
  }
  // Milliseconds since a byte was last sent or received.
  double idle_ms(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    if (connection == nullptr) return 0;
    return static_cast<double>(hub_.loop().now_ms() - connection->last_activity_ms());
  }
  // Bytes handed to the connection so far, sent or not.
  double bytes_written(uint32_t number) {
    const ServerConnection* connection = hub_.find_any(number);
    return connection == nullptr ? 0 : static_cast<double>(connection->bytes_written());
  }
  // Bytes that have come, of heads and bodies alike.
  double bytes_read(uint32_t number) {
    const ServerConnection* connection = hub_.find_any(number);
    return connection == nullptr ? 0 : static_cast<double>(connection->bytes_received());
  }
  // Of the written ones, what has not been sent.
  double bytes_queued(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    return connection == nullptr ? 0 : static_cast<double>(connection->bytes_queued());
  }
  v8::Local<v8::Value> last_input(uint32_t number) {
    ServerConnection* connection = hub_.find(number);
    std::string_view bytes = connection == nullptr ? std::string_view() : connection->last_input();
    return make_buffer(env(), bytes.data(), bytes.size());
  }
  v8::Local<v8::Value> detach(uint32_t number);

 private:
  Hub(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object), hub_(env.loop(), *this) {}

  static int32_t answer(const ServerConnection& connection) {
    return connection.dead() ? -1 : connection.ok() ? 1 : 0;
  }
  void tell(int32_t type, const ServerConnection& connection, int argc, v8::Local<v8::Value> a = {},
            v8::Local<v8::Value> b = {}, v8::Local<v8::Value> c = {});
  v8::Local<v8::Value> integer(int32_t value) { return v8::Integer::New(env().isolate(), value); }
  v8::Local<v8::String> method_string(Method method);

  void on_request(ServerConnection& connection, const Message& message) override;
  void on_body(ServerConnection& connection, std::string_view bytes) override;
  void on_body_end(ServerConnection& connection, std::string_view trailers) override;
  void on_drained(ServerConnection& connection) override;
  void on_refused(ServerConnection& connection, ParseError error) override;
  void on_too_slow(ServerConnection& connection) override;
  void on_inactive(ServerConnection& connection) override;
  void on_peer_ended(ServerConnection& connection) override;
  void on_insecure(ServerConnection& connection) override;
  void on_gone(ServerConnection& connection, Error error) override;

  http::ServerHub hub_;
  v8::Global<v8::String> methods_[static_cast<size_t>(Method::kCount)];
  // Clients that keep a connection tend to send the same head again.
  std::string last_head_;
  v8::Global<v8::String> last_head_string_;
  v8::Global<v8::String> last_target_string_;
};

void Hub::configure(const Args& info) {
  v8::Local<v8::Context> context = env().context();
  uint32_t values[9] = {};
  for (int i = 0; i < 9; ++i) {
    if (!info[i]->Uint32Value(context).To(&values[i])) return;
  }
  http::ServerGroup* group = hub_.group(static_cast<int32_t>(values[0]));
  if (group == nullptr) return;
  http::ServerSettings& settings = group->settings;
  settings.head_timeout_ms = values[1];
  settings.request_timeout_ms = values[2];
  settings.keep_alive_timeout_ms = values[3];
  settings.inactivity_timeout_ms = values[4];
  settings.limits.head_bytes = values[5];
  settings.max_requests = values[6];
  settings.no_delay = values[7] != 0;
  settings.limits.lenient = values[8] != 0;
  hub_.settings_changed();
}

int32_t Hub::adopt(int32_t id, int32_t fd) {
  http::ServerGroup* group = hub_.group(id);
  ServerConnection* connection = group == nullptr ? nullptr : hub_.adopt(*group, fd);
  return connection == nullptr ? -1 : static_cast<int32_t>(connection->number());
}

v8::Local<v8::Value> Hub::ends(uint32_t number) {
  ServerConnection* connection = hub_.find(number);
  net::Address local;
  net::Address peer;
  if (connection == nullptr || !local.set_local(connection->fd()) ||
      !peer.set_peer(connection->fd())) {
    return v8::Undefined(env().isolate());
  }
  v8::Local<v8::Value> parts[] = {env().string(local.text(true)), integer(local.port()),
                                  env().string(peer.text(true)), integer(peer.port())};
  return v8::Array::New(env().isolate(), parts, 4);
}

v8::Local<v8::Value> Hub::detach(uint32_t number) {
  ServerConnection* connection = hub_.find(number);
  std::vector<char> rest;
  int fd = connection == nullptr ? -1 : connection->detach(&rest).release();
  v8::Local<v8::Value> parts[] = {integer(fd), make_buffer(env(), rest.data(), rest.size())};
  return v8::Array::New(env().isolate(), parts, 2);
}

// (connection, flags, status, reason or undefined, fields, body or undefined) -> 1, 0 or -1: the
// hot path, so conversions are done by hand. Head and body are written where they will be sent
// from.
void Hub::respond(const Args& info) {
  v8::Isolate* isolate = env().isolate();
  ServerConnection* connection = hub_.find(info[0].As<v8::Int32>()->Value());
  if (connection == nullptr) return info.GetReturnValue().Set(-1);
  uint32_t flags = static_cast<uint32_t>(info[1].As<v8::Int32>()->Value());
  int status = info[2].As<v8::Int32>()->Value();
  v8::Local<v8::String> fields = info[4].As<v8::String>();
  const http::ServerSettings& settings = connection->group().settings;
  http::HeadFields head{flags & kHeadMask, 0, settings.keep_alive_timeout_ms / 1000,
                        settings.max_requests};
  if (settings.max_requests > 0) head.flags |= http::kMaxRequests;
  bool latin1 = (flags & kLatin1) != 0;

  std::string reason;
  if (!info[3]->IsUndefined()) body_bytes(isolate, info[3], true, &reason);
  size_t fields_size = static_cast<size_t>(fields->Length());
  size_t head_bound = http::status_line_bound(status, reason) + fields_size + http::kHeadEndBound +
                      http::kChunkHeadBound;

  // A short string is encoded behind the room for the head and moved up: its size is part of the
  // head.
  constexpr int kShort = 4096;
  bool inline_body = info[5]->IsString() && info[5].As<v8::String>()->Length() <= kShort;
  std::string storage;
  std::string_view body;
  size_t body_bound = 0;
  if (inline_body) {
    body_bound = encoded_bound(info[5].As<v8::String>(), latin1);
  } else if (!info[5]->IsUndefined()) {
    body = body_bytes(isolate, info[5], latin1, &storage);
  }
  char* out = connection->reserve(head_bound + body_bound + 8);
  if (out == nullptr) return info.GetReturnValue().Set(-1);
  if (inline_body) {
    char* at = out + head_bound;
    body = {at, encode(isolate, info[5].As<v8::String>(), latin1, at)};
  }
  head.content_length = body.size();
  bool chunked = (flags & kFramed) != 0 && !body.empty();
  out = http::write_status_line(out, status, reason);
  write_one_byte(isolate, fields, reinterpret_cast<uint8_t*>(out), 0,
                 static_cast<int>(fields_size));
  out = http::write_head_end(out + fields_size, head, hub_.date());
  if (inline_body) {
    if (chunked) out = http::write_chunk_head(out, body.size());
    std::memmove(out, body.data(), body.size());
    out += body.size();
    if (chunked) out = http::append(out, "\r\n");
    connection->commit(out);
  } else {
    connection->commit(out);
    if (chunked) {
      connection->write_chunk(body);
    } else if (!body.empty()) {
      connection->write(body);
    }
  }
  if (flags & kLast) connection->end_response((flags & kCloseAfter) != 0);
  info.GetReturnValue().Set(answer(*connection));
}

// (connection, flags, body) -> 1, 0 or -1.
void Hub::write(const Args& info) {
  ServerConnection* connection = hub_.find(info[0].As<v8::Int32>()->Value());
  if (connection == nullptr) return info.GetReturnValue().Set(-1);
  uint32_t flags = static_cast<uint32_t>(info[1].As<v8::Int32>()->Value());
  std::string storage;
  std::string_view body = body_bytes(env().isolate(), info[2], (flags & kLatin1) != 0, &storage);
  if (!body.empty()) {
    if (flags & http::kChunkedEncoding) {
      connection->write_chunk(body);
    } else {
      connection->write(body);
    }
  }
  info.GetReturnValue().Set(answer(*connection));
}

// (connection, flags, body or undefined, trailers or undefined) -> 1, 0 or -1.
void Hub::end(const Args& info) {
  ServerConnection* connection = hub_.find(info[0].As<v8::Int32>()->Value());
  if (connection == nullptr) return info.GetReturnValue().Set(-1);
  uint32_t flags = static_cast<uint32_t>(info[1].As<v8::Int32>()->Value());
  std::string storage;
  bool chunked = (flags & http::kChunkedEncoding) != 0;
  if (!info[2]->IsUndefined()) {
    std::string_view body = body_bytes(env().isolate(), info[2], (flags & kLatin1) != 0, &storage);
    if (chunked && !body.empty()) {
      connection->write_chunk(body);
    } else if (!body.empty()) {
      connection->write(body);
    }
  }
  if (chunked && info[3]->IsUndefined()) {
    connection->write(http::kLastChunk);
  } else if (chunked) {
    connection->write("0\r\n");
    connection->write(body_bytes(env().isolate(), info[3], true, &storage));
    connection->write("\r\n");
  }
  connection->end_response((flags & kCloseAfter) != 0);
  info.GetReturnValue().Set(answer(*connection));
}

v8::Local<v8::String> Hub::method_string(Method method) {
  v8::Global<v8::String>& slot = methods_[static_cast<size_t>(method)];
  if (slot.IsEmpty()) slot.Reset(env().isolate(), env().name(http::method_name(method)));
  return slot.Get(env().isolate());
}

void Hub::on_request(ServerConnection& connection, const Message& message) {
  v8::Isolate* isolate = env().isolate();
  v8::HandleScope scope(isolate);
  v8::Local<v8::String> head;
  v8::Local<v8::String> target;
  if (message.bytes == last_head_ && !last_head_string_.IsEmpty()) {
    head = last_head_string_.Get(isolate);
    target = last_target_string_.Get(isolate);
  } else {
    v8::Local<v8::Context> context = env().context();
    v8::Context::Scope context_scope(context);
    head = one_byte(isolate, message.bytes);
    target = one_byte(isolate, message.target);
    last_head_.assign(message.bytes);
    last_head_string_.Reset(isolate, head);
    last_target_string_.Reset(isolate, target);
  }
  bool bodyless = !message.chunked && message.content_length <= 0;
  v8::Local<v8::Value> args[] = {integer(connection.group().id),
                                 integer(static_cast<int32_t>(connection.number())),
                                 integer(head_flags(message, bodyless)),
                                 method_string(message.method),
                                 target,
                                 head};
  ignore(env().call(Hook::kHttpRequest, 6, args));
}

void Hub::tell(int32_t type, const ServerConnection& connection, int argc, v8::Local<v8::Value> a,
               v8::Local<v8::Value> b, v8::Local<v8::Value> c) {
  v8::Local<v8::Value> args[] = {integer(type), integer(static_cast<int32_t>(connection.number())),
                                 a, b, c};
  ignore(env().call(Hook::kHttpEvents, 2 + argc, args));
}

void Hub::on_body(ServerConnection& connection, std::string_view bytes) {
  v8::HandleScope scope(env().isolate());
  v8::Context::Scope context_scope(env().context());
  tell(kBodyPiece, connection, 1, make_buffer(env(), bytes.data(), bytes.size()));
}

void Hub::on_body_end(ServerConnection& connection, std::string_view trailers) {
  v8::HandleScope scope(env().isolate());
  if (trailers.empty()) return tell(kBodyEnd, connection, 0);
  tell(kBodyEnd, connection, 1, one_byte(env().isolate(), trailers));
}

void Hub::on_drained(ServerConnection& connection) {
  v8::HandleScope scope(env().isolate());
  tell(kDrained, connection, 0);
}

void Hub::on_refused(ServerConnection& connection, ParseError error) {
  v8::HandleScope scope(env().isolate());
  tell(kRefused, connection, 3, integer(connection.group().id), env().name(http::error_code(error)),
       env().name(http::error_reason(error)));
}

void Hub::on_too_slow(ServerConnection& connection) {
  v8::HandleScope scope(env().isolate());
  tell(kTooSlow, connection, 1, integer(connection.group().id));
}

void Hub::on_inactive(ServerConnection& connection) {
  v8::HandleScope scope(env().isolate());
  tell(kInactive, connection, 1, integer(connection.group().id));
}

void Hub::on_peer_ended(ServerConnection& connection) {
  v8::HandleScope scope(env().isolate());
  tell(kPeerEnded, connection, 1, integer(connection.group().id));
}

void Hub::on_insecure(ServerConnection& connection) {
  v8::HandleScope scope(env().isolate());
  tell(kInsecure, connection, 1, integer(connection.group().id));
}

void Hub::on_gone(ServerConnection& connection, Error error) {
  v8::HandleScope scope(env().isolate());
  v8::Context::Scope context_scope(env().context());
  http::SecureLayer* secure = connection.secure_layer();
  // What ends a handshake is told only thus.
  bool unmade = secure != nullptr && !secure->secure();
  if (unmade && !secure->failed()) on_insecure(connection);
  v8::Local<v8::Value> group = integer(connection.group().id);
  if (!error || unmade) return tell(kGone, connection, 1, group);
  tell(kGone, connection, 3, group, integer(error.code), env().name(error.call));
}

// The parser for streams that live in JavaScript: sockets of clients, TLS, duplex streams.
class StreamParser : public Wrapped {
 public:
  // (kind: 0 requests, 1 responses; most bytes of a head; whether it is lenient)
  static void make(Env& env, const Args& info) {
    uint32_t kind = 0;
    uint32_t head_bytes = 0;
    if (!info[0]->Uint32Value(env.context()).To(&kind) ||
        !info[1]->Uint32Value(env.context()).To(&head_bytes))
      return;
    new StreamParser(env, info.This(),
                     kind == 0 ? http::Parser::Kind::kRequest : http::Parser::Kind::kResponse,
                     head_bytes, info[2]->IsTrue());
  }

  // (bytes, from where) -> event | flags of the head << 3
  int32_t next(Bytes bytes, uint32_t at) {
    if (at > bytes.size()) at = static_cast<uint32_t>(bytes.size());
    std::string_view in(bytes.data() + at, bytes.size() - at);
    Event event = parser_.next(&in, &message_);
    position_ = static_cast<uint32_t>(bytes.size() - in.size());
    if (event == Event::kBody)
      body_start_ = static_cast<uint32_t>(message_.body.data() - bytes.data());
    int32_t flags = event == Event::kHead ? head_flags(message_, parser_.bodyless()) : 0;
    return static_cast<int32_t>(event) | flags << 3;
  }
  int32_t finish() { return static_cast<int32_t>(parser_.finish(&message_)); }
  uint32_t position() { return position_; }
  uint32_t body_start() { return body_start_; }
  uint32_t body_length() { return static_cast<uint32_t>(message_.body.size()); }
  // After a head or an end: the head's or the trailer section's text.
  v8::Local<v8::String> head_text() { return one_byte(env().isolate(), message_.bytes); }
  v8::Local<v8::String> target() { return one_byte(env().isolate(), message_.target); }
  v8::Local<v8::String> reason() { return one_byte(env().isolate(), message_.reason); }
  int32_t method_index() { return static_cast<int32_t>(message_.method); }
  int32_t status() { return message_.status; }
  bool idle() { return parser_.idle(); }
  void skip_body() { parser_.skip_body(); }
  void hand_over() { parser_.hand_over(); }
  void reset() { parser_.reset(); }
  const char* error_code() { return http::error_code(parser_.error()); }
  const char* error_reason() { return http::error_reason(parser_.error()); }

 private:
  StreamParser(Env& env, v8::Local<v8::Object> object, http::Parser::Kind kind, uint32_t head_bytes,
               bool lenient)
      : Wrapped(env, object), parser_(kind, &limits_) {
    if (head_bytes > 0) limits_.head_bytes = head_bytes;
    limits_.lenient = lenient;
  }

  http::Limits limits_;
  http::Parser parser_;
  Message message_;
  uint32_t position_ = 0;
  uint32_t body_start_ = 0;
};

void set_callbacks(Env& env, v8::Local<v8::Function> on_request, v8::Local<v8::Function> on_event) {
  env.set_hook(Hook::kHttpRequest, on_request);
  env.set_hook(Hook::kHttpEvents, on_event);
}

constexpr js::Method kHubMethods[] = {
    method<&Hub::open_server>("openServer"),
    method<&Hub::configure>("configure"),
    method<&Hub::adopt>("adopt"),
    method<&Hub::close_connections>("closeConnections"),
    method<&Hub::respond>("respond"),
    method<&Hub::write>("write"),
    method<&Hub::end>("end"),
    method<&Hub::write_raw>("writeRaw"),
    method<&Hub::write_file>("writeFile"),
    method<&Hub::read_body>("readBody"),
    method<&Hub::pause_body>("pauseBody"),
    method<&Hub::dump_body>("dumpBody"),
    method<&Hub::close_soon>("closeSoon"),
    method<&Hub::destroy_connection>("destroy"),
    method<&Hub::half_close>("halfClose"),
    method<&Hub::set_referenced>("setReferenced"),
    method<&Hub::fd_of>("fd"),
    method<&Hub::ends>("ends"),
    method<&Hub::request_count>("requestCount"),
    method<&Hub::server_of>("serverOf"),
    method<&Hub::idle_ms>("idleMs"),
    method<&Hub::bytes_written>("bytesWritten"),
    method<&Hub::bytes_read>("bytesRead"),
    method<&Hub::bytes_queued>("bytesQueued"),
    method<&Hub::last_input>("lastInput"),
    method<&Hub::detach>("detach"),
};
constexpr js::Method kParserMethods[] = {
    method<&StreamParser::next>("next"),
    method<&StreamParser::finish>("finish"),
    method<&StreamParser::position>("position"),
    method<&StreamParser::body_start>("bodyStart"),
    method<&StreamParser::body_length>("bodyLength"),
    method<&StreamParser::head_text>("headText"),
    method<&StreamParser::target>("target"),
    method<&StreamParser::reason>("reason"),
    method<&StreamParser::method_index>("method"),
    method<&StreamParser::status>("status"),
    method<&StreamParser::idle>("idle"),
    method<&StreamParser::skip_body>("skipBody"),
    method<&StreamParser::hand_over>("handOver"),
    method<&StreamParser::reset>("reset"),
    method<&StreamParser::error_code>("errorCode"),
    method<&StreamParser::error_reason>("errorReason"),
};
constexpr ClassSpec kHubClass = wrapped_class<Hub>("Hub", kHubMethods);
constexpr ClassSpec kParserClass = wrapped_class<StreamParser>("Parser", kParserMethods);
constexpr const ClassSpec* kClasses[] = {&kHubClass, &kParserClass};
constexpr js::Method kMethods[] = {fn<&set_callbacks>("setCallbacks")};

}  // namespace

http::ServerHub* server_hub_of(Env& env, v8::Local<v8::Value> value) {
  Hub* hub = Wrapped::from<Hub>(env, value, kHubClass);
  return hub == nullptr ? nullptr : &hub->hub();
}

extern const Binding kHttpBinding = {"http", kMethods, kClasses, nullptr};

}  // namespace node::js
