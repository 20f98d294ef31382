// The inspector's server: sockets, HTTP requests, WebSocket frames.
#include "js/inspector_server.h"

#ifdef NODE_HAS_INSPECTOR
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <vector>

#include "core/base/encoding.h"
#include "js/version.h"

namespace node::js {

namespace {

// Requests are short; messages may carry whole scripts.
constexpr size_t kMaxRequest = 16 * 1024;
constexpr size_t kMaxMessage = 256u * 1024 * 1024;

// What each opcode of RFC 6455, section 5.2, means.
enum Opcode : uint8_t { kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

std::string make_uuid() {
  uint8_t b[16] = {};
  RAND_bytes(b, sizeof b);
  b[6] = static_cast<uint8_t>((b[6] & 0x0f) | 0x40);
  b[8] = static_cast<uint8_t>((b[8] & 0x3f) | 0x80);
  char text[40];
  std::snprintf(text, sizeof text,
                "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
                b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
                b[15]);
  return text;
}

// The answer to a client's key: RFC 6455, section 4.2.2.
std::string accept_key(std::string key) {
  key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(key.data(), key.size(), digest, &size, EVP_sha1(), nullptr);
  std::string text(base64_encoded_size(size, Base64::kStandard), '\0');
  base64_encode(digest, size, text.data(), Base64::kStandard);
  return text;
}

// The value of a header, "" when it is missing.
std::string header(std::string_view head, std::string_view name) {
  size_t at = head.find("\r\n");
  while (at != std::string_view::npos && at + 2 < head.size()) {
    size_t end = head.find("\r\n", at + 2);
    std::string_view line = head.substr(at + 2, end == head.npos ? end : end - at - 2);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        strncasecmp(line.data(), name.data(), name.size()) == 0) {
      line.remove_prefix(name.size() + 1);
      while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
      while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
      return std::string(line);
    }
    at = end;
  }
  return "";
}

// Pages of other sites must not reach the debugger through a name of theirs that leads here, so
// only addresses and "localhost" are taken.
bool acceptable_host(std::string host) {
  if (host.empty()) return true;
  if (host.front() == '[') {
    size_t end = host.find(']');
    if (end == host.npos) return false;
    in6_addr address;
    return inet_pton(AF_INET6, host.substr(1, end - 1).c_str(), &address) == 1;
  }
  host = host.substr(0, host.find(':'));
  in_addr address;
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return true;
  return strcasecmp(host.c_str(), "localhost") == 0 || strcasecmp(host.c_str(), "localhost6") == 0;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

void set_nonblocking(int fd) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
}

}  // namespace

// A client: first of HTTP, after the upgrade of the debugger's protocol.
class InspectorServer::Connection : public ListNode<>, public v8_inspector::V8Inspector::Channel {
 public:
  Connection(InspectorServer& server, int fd)
      : server_(server), fd_(fd), watcher_(&Connection::on_ready, this) {
    if (!server.env_.loop().start(watcher_, fd, poll::kReadable).ok()) dead_ = true;
    server.env_.loop().set_referenced(watcher_, false);
  }
  ~Connection() override {
    session_.reset();
    if (watcher_.started()) server_.env_.loop().stop(watcher_);
  }

  int fd() const { return fd_.get(); }
  bool dead() const { return dead_; }
  bool busy() const { return depth_ > 0; }
  bool wants_to_write() const { return !out_.empty(); }
  v8_inspector::V8InspectorSession* session() { return dead_ ? nullptr : session_.get(); }

  void read() {
    char buffer[64 * 1024];
    for (;;) {
      ssize_t got = ::read(fd_.get(), buffer, sizeof buffer);
      if (got > 0) {
        in_.append(buffer, static_cast<size_t>(got));
        if (static_cast<size_t>(got) < sizeof buffer) break;
        continue;
      }
      if (got < 0 && errno == EINTR) continue;
      if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) dead_ = true;
      break;
    }
    // A message that is being handled may pause script, and the next ones come in meanwhile.
    while (!dead_ && (upgraded_ ? take_frame() : take_request())) continue;
    write();
  }

  void write() {
    while (!dead_ && !out_.empty()) {
      ssize_t sent = ::write(fd_.get(), out_.data(), out_.size());
      if (sent > 0) {
        out_.erase(0, static_cast<size_t>(sent));
      } else if (errno != EINTR) {
        if (errno != EAGAIN && errno != EWOULDBLOCK) dead_ = true;
        break;
      }
    }
    if (out_.empty() && closing_) dead_ = true;
    if (watcher_.started()) {
      server_.env_.loop().set_interest(
          watcher_, static_cast<uint8_t>(poll::kReadable | (out_.empty() ? 0 : poll::kWritable)));
    }
  }

  void close() {
    if (upgraded_) send_frame(kClose, std::string_view("\x03\xe8", 2));
    closing_ = true;
    write();
    dead_ = true;
  }

 private:
  struct ConnectionWatcher : Watcher {
    ConnectionWatcher(Callback callback, Connection* owner)
        : Watcher(callback), connection(owner) {}
    Connection* connection;
  };
  static void on_ready(Watcher* watcher, uint8_t ready) {
    Connection* self = static_cast<ConnectionWatcher*>(watcher)->connection;
    InspectorServer& server = self->server_;
    if (ready & poll::kWritable) self->write();
    if (!self->dead_) self->read();
    server.sweep();
  }

  bool take_request() {
    size_t end = in_.find("\r\n\r\n");
    if (end == in_.npos) {
      if (in_.size() > kMaxRequest) refuse();
      return false;
    }
    std::string head = in_.substr(0, end + 2);
    in_.erase(0, end + 4);
    size_t space = head.find(' ');
    if (head.substr(0, space) != "GET" || !acceptable_host(header(head, "Host"))) {
      refuse();
      return false;
    }
    std::string path = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
    std::string key = header(head, "Sec-WebSocket-Key");
    if (key.empty()) {
      answer(path, header(head, "Host"));
    } else if (path == "/" + server_.id_) {
      out_ +=
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Accept: " +
          accept_key(key) + "\r\n\r\n";
      upgraded_ = true;
      std::fprintf(stderr, "Debugger attached.\n");
      session_ = InspectorAgent::of(server_.env_).connect(this);
    } else {
      refuse();
    }
    return !closing_;
  }

  void refuse() {
    out_ +=
        "HTTP/1.0 400 Bad Request\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
        "WebSockets request was expected\r\n";
    closing_ = true;
  }

  // `host` is how the client calls this server.
  void answer(std::string path, std::string host) {
    if (host.empty()) host = server_.address_;
    std::string socket = host + "/" + server_.id_;
    path = path.substr(0, path.find('?'));
    std::string body;
    if (path == "/json" || path == "/json/list") {
      std::string front =
          "devtools://devtools/bundled/js_app.html?experiments=true&v8only=true&ws=";
      body = "[ {\n  \"description\": \"node.js instance\",\n  \"devtoolsFrontendUrl\": " +
             json_string(front + socket) + ",\n  \"devtoolsFrontendUrlCompat\": " +
             json_string(
                 "devtools://devtools/bundled/inspector.html?experiments=true&v8only=true"
                 "&ws=" +
                 socket) +
             ",\n  \"faviconUrl\": \"https://nodejs.org/static/images/favicons/favicon.ico\",\n"
             "  \"id\": " +
             json_string(server_.id_) + ",\n  \"title\": " + json_string(server_.title_) +
             ",\n  \"type\": \"node\",\n  \"url\": " + json_string(server_.target_url_) +
             ",\n  \"webSocketDebuggerUrl\": " + json_string("ws://" + socket) + "\n} ]\n\n";
    } else if (path == "/json/version") {
      body =
          "{\n  \"Browser\": \"node.js/" NODE_VERSION "\",\n  \"Protocol-Version\": \"1.1\"\n}\n\n";
    } else if (path == "/json/protocol") {
      // V8 does not tell its protocol in full; these are the domains it serves.
      body =
          "{\"version\":{\"major\":\"1\",\"minor\":\"3\"},\"domains\":["
          "{\"domain\":\"Runtime\"},{\"domain\":\"Debugger\"},{\"domain\":\"Profiler\"},"
          "{\"domain\":\"HeapProfiler\"},{\"domain\":\"Console\"},{\"domain\":\"Schema\"}]}";
    } else {
      return refuse();
    }
    out_ +=
        "HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n"
        "Cache-Control: no-cache\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    closing_ = true;
  }

  // One frame of RFC 6455, section 5.2; false when it is not there in full.
  bool take_frame() {
    const auto* p = reinterpret_cast<const uint8_t*>(in_.data());
    if (in_.size() < 2) return false;
    bool last = p[0] & 0x80;
    uint8_t opcode = p[0] & 0x0f;
    uint64_t length = p[1] & 0x7f;
    size_t at = 2;
    if (length >= 126) {
      size_t bytes = length == 126 ? 2 : 8;
      if (in_.size() < at + bytes) return false;
      length = 0;
      for (size_t i = 0; i < bytes; ++i) length = length << 8 | p[at++];
    }
    // Clients mask what they send; whoever does not, or uses reserved bits, is no client.
    if (!(p[1] & 0x80) || (p[0] & 0x70) || length > kMaxMessage ||
        message_.size() + length > kMaxMessage) {
      dead_ = true;
      return false;
    }
    if (in_.size() < at + 4 + length) return false;
    const uint8_t* mask = p + at;
    std::string payload(reinterpret_cast<const char*>(mask + 4), length);
    for (size_t i = 0; i < payload.size(); ++i) payload[i] ^= static_cast<char>(mask[i % 4]);
    in_.erase(0, at + 4 + length);
    if (opcode == kClose) {
      send_frame(kClose, payload.substr(0, 2));
      closing_ = true;
      return false;
    }
    if (opcode == kPing) {
      send_frame(kPong, payload);
    } else if (opcode <= kBinary) {
      message_ += payload;
      if (last) dispatch();
    }
    return true;
  }

  void dispatch() {
    std::string message;
    message.swap(message_);
    ++depth_;
    InspectorAgent::of(server_.env_).dispatch(session_.get(), message);
    --depth_;
  }

  void send_frame(uint8_t opcode, std::string_view payload) {
    out_ += static_cast<char>(0x80 | opcode);
    if (payload.size() < 126) {
      out_ += static_cast<char>(payload.size());
    } else {
      int bytes = payload.size() < 65536 ? 2 : 8;
      out_ += static_cast<char>(bytes == 2 ? 126 : 127);
      for (int i = bytes - 1; i >= 0; --i) out_ += static_cast<char>(payload.size() >> (8 * i));
    }
    out_ += payload;
  }

  void sendResponse(int, std::unique_ptr<v8_inspector::StringBuffer> message) override {
    send_frame(kText, to_utf8(message->string()));
    write();
  }
  void sendNotification(std::unique_ptr<v8_inspector::StringBuffer> message) override {
    send_frame(kText, to_utf8(message->string()));
    write();
  }
  void flushProtocolNotifications() override {}

  InspectorServer& server_;
  Fd fd_;
  ConnectionWatcher watcher_;
  std::unique_ptr<v8_inspector::V8InspectorSession> session_;
  std::string in_;
  std::string message_;  // the fragments of a message so far
  std::string out_;
  int depth_ = 0;  // messages being handled: nested while script is paused
  bool upgraded_ = false;
  bool closing_ = false;  // once everything is written
  bool dead_ = false;
};

// ---- Server --------------------------------------------------------------------------------

InspectorServer& InspectorServer::of(Env& env) {
  static InspectorServer* server = new InspectorServer(env);
  return *server;
}

InspectorServer::InspectorServer(Env& env)
    : env_(env),
      listener_([](Watcher* w, uint8_t) { static_cast<Listener*>(w)->server->accept_all(); },
                this) {}

Result<std::string_view> InspectorServer::open(int port, const char* host) {
  sockaddr_in6 six = {};
  sockaddr_in four = {};
  bool is_six = inet_pton(AF_INET6, host, &six.sin6_addr) == 1;
  if (!is_six && inet_pton(AF_INET, host, &four.sin_addr) != 1) return Error(EINVAL, "listen");
  four.sin_family = AF_INET;
  six.sin6_family = AF_INET6;
  four.sin_port = six.sin6_port = htons(static_cast<uint16_t>(port));
  auto* address = is_six ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
  socklen_t size = is_six ? sizeof six : sizeof four;
  Fd fd(socket(address->sa_family, SOCK_STREAM, 0));
  if (!fd.valid()) return last_error("socket");
  set_nonblocking(fd.get());
  int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd.get(), address, size) != 0) return last_error("bind");
  if (listen(fd.get(), 16) != 0) return last_error("listen");
  if (getsockname(fd.get(), address, &size) != 0) return last_error("getsockname");
  if (Result<void> started = env_.loop().start(listener_, fd.get(), poll::kReadable); !started) {
    return started.error();
  }
  env_.loop().set_referenced(listener_, false);
  fd_ = std::move(fd);
  port_ = ntohs(is_six ? six.sin6_port : four.sin_port);
  id_ = make_uuid();
  address_ =
      (is_six ? "[" + std::string(host) + "]" : std::string(host)) + ":" + std::to_string(port_);
  socket_url_ = "ws://" + address_ + "/" + id_;
  InspectorAgent::of(env_).set_pump(this);
  auto at_end = [](void* self) { static_cast<InspectorServer*>(self)->finish(); };
  env_.remove_cleanup(at_end, this);
  env_.add_cleanup(at_end, this);
  return std::string_view(socket_url_);
}

void InspectorServer::close() {
  if (!fd_.valid()) return;
  env_.loop().stop(listener_);
  fd_.reset();
  port_ = 0;
  for (Connection* c = connections_.front(); c != nullptr; c = connections_.next(c)) c->close();
  sweep();
}

void InspectorServer::set_target(std::string title, std::string url) {
  title_ = std::move(title);
  target_url_ = std::move(url);
}

void InspectorServer::accept_all() {
  for (;;) {
    int fd = accept(fd_.get(), nullptr, nullptr);
    if (fd < 0 && errno == EINTR) continue;
    if (fd < 0) return;
    set_nonblocking(fd);
    connections_.push_back(new Connection(*this, fd));
  }
}

// Frees who has left; not while one of its messages is being handled.
void InspectorServer::sweep() {
  for (Connection* c = connections_.front(); c != nullptr;) {
    Connection* next = connections_.next(c);
    if (c->dead() && !c->busy()) delete c;
    c = next;
  }
}

bool InspectorServer::has_sessions() {
  for (Connection* c = connections_.front(); c != nullptr; c = connections_.next(c)) {
    if (c->session() != nullptr) return true;
  }
  return false;
}

void InspectorServer::break_on_next_statement() {
  static constexpr std::string_view reason = "Break on start";
  v8_inspector::StringView view(reinterpret_cast<const uint8_t*>(reason.data()), reason.size());
  for (Connection* c = connections_.front(); c != nullptr; c = connections_.next(c)) {
    if (c->session() != nullptr) c->session()->schedulePauseOnNextStatement(view, {});
  }
}

// While script is paused or waits to begin. Poll(2), because the loop's own poller would run
// everything else too.
bool InspectorServer::pump() {
  std::vector<pollfd> fds;
  std::vector<Connection*> owners;
  if (fd_.valid()) fds.push_back({fd_.get(), POLLIN, 0});
  size_t first = fds.size();
  for (Connection* c = connections_.front(); c != nullptr; c = connections_.next(c)) {
    if (c->dead()) continue;
    fds.push_back({c->fd(), static_cast<short>(POLLIN | (c->wants_to_write() ? POLLOUT : 0)), 0});
    owners.push_back(c);
  }
  if (fds.empty()) return false;
  if (::poll(fds.data(), fds.size(), -1) < 0) return errno == EINTR;
  ++pumps_;
  if (first > 0 && fds[0].revents != 0) accept_all();
  for (size_t i = 0; i < owners.size(); ++i) {
    short ready = fds[first + i].revents;
    if (ready & POLLOUT) owners[i]->write();
    if ((ready & ~POLLOUT) != 0 && !owners[i]->dead()) owners[i]->read();
  }
  // Nested in the handling of a message of the list above: its turn comes when that is over.
  if (--pumps_ == 0) sweep();
  return has_sessions();
}

void InspectorServer::finish() {
  if (!has_sessions()) return;
  InspectorAgent::of(env_).end_context();
  std::fprintf(stderr, "Waiting for the debugger to disconnect...\n");
  while (has_sessions()) pump();
}

}  // namespace node::js
#endif
