// net: streams and listeners for net.js.
#include <fcntl.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "js/bind_net.h"
#include "js/buffer.h"
#include "net/listener.h"
#include "net/stream.h"

namespace node::js {

namespace {

// What streams report: hook 'streamEvents'(type, handle, value). net.js has the same numbers.
enum Event {
  kData = 0,
  kEnd = 1,
  kConnect = 2,
  kDrain = 3,
  kShutdown = 4,
  kError = 5,
  kClose = 6,
  kDescriptor = 7,
  kPiece = 8,  // data; `value` is where it begins in the memory that came last, then length, memory
};

v8::Local<v8::Value> family_name(Env& env, int family) {
  if (family == AF_INET) return env.name("IPv4");
  if (family == AF_INET6) return env.name("IPv6");
  return v8::Undefined(env.isolate());
}

// [address, family, port] of an end of a socket, or undefined when it has none.
v8::Local<v8::Value> describe(Env& env, Result<void> (net::Address::*read)(int), int fd) {
  net::Address address;
  if (fd < 0 || !(address.*read)(fd)) return v8::Undefined(env.isolate());
  v8::Local<v8::Value> list[] = {env.string(address.text(true)),
                                 family_name(env, address.shown_family(true)),
                                 v8::Integer::New(env.isolate(), address.port())};
  return v8::Array::New(env.isolate(), list, std::size(list));
}

// An IP address, or a UNIX path when `port` is -1: 0 or a negative errno.
int32_t set_address(const Utf8& where, int32_t port, net::Address* address) {
  bool ok = port < 0 ? address->set_path(where.view())
                     : address->set_ip(where.c_str(), static_cast<uint16_t>(port));
  if (ok) return 0;
  return port < 0 ? -ENAMETOOLONG : -EINVAL;
}

int32_t negative(const Result<void>& result) { return result ? 0 : -result.error().code; }

// ---- Stream --------------------------------------------------------------------------------

class StreamHandle : public Wrapped, private net::StreamListener {
 public:
  static void make(Env& env, const Args& info) { new StreamHandle(env, info.This()); }

  // open(fd): 0 or a negative errno. The descriptor belongs to the handle then.
  int32_t open(int32_t fd) {
    struct stat st;
    if (fd < 0 || ::fstat(fd, &st) != 0) return -EBADF;
    if (Result<void> r = stream_.open(Fd(fd)); !r) return -r.error().code;
    pin();
    return 0;
  }

  // connect(address, port, localAddress, localPort): numeric; '' for none. A port of -1 means a
  // UNIX path.
  int32_t connect(const Utf8& to, int32_t port, const Utf8& local, int32_t local_port) {
    net::Address address, from;
    if (int32_t errno_code = set_address(to, port, &address); errno_code != 0) return errno_code;
    bool bind = local.size() > 0 || local_port > 0;
    const char* any = address.family() == AF_INET6 ? "::" : "0.0.0.0";
    if (bind &&
        !from.set_ip(local.size() > 0 ? local.c_str() : any, static_cast<uint16_t>(local_port))) {
      return -EINVAL;
    }
    if (Result<void> r = stream_.connect(address, bind ? &from : nullptr); !r)
      return -r.error().code;
    pin();
    return 0;
  }

  void read_start() { stream_.read_start(); }
  void read_stop() { stream_.read_stop(); }

  // write(buffer or string, encoding): true when nothing is left over.
  void write(const Args& info) {
    std::string storage;
    std::string_view bytes;
    if (read_output(env(), info, &storage, &bytes)) {
      info.GetReturnValue().Set(stream_.write(bytes));
    }
  }

  // writev(buffers): all of them in one go.
  bool writev(v8::Local<v8::Array> list) { return stream_.writev(read_parts(env(), list)); }

  // passDescriptor(fd): 0 or a negative errno.
  int32_t pass_descriptor(int32_t fd) { return negative(stream_.pass_descriptor(fd)); }
  void shutdown() { stream_.shutdown(); }
  void close() { stream_.close(); }
  void reset() { stream_.reset(); }
  void ref() { stream_.set_referenced(true); }
  void unref() { stream_.set_referenced(false); }
  int32_t fd() { return stream_.fd(); }
  // writeFile(fd, position, most): bytes of the file that are written, and maybe wait; 0 at its
  // end; -1: they are to be read.
  double write_file(int32_t fd, double position, double most) {
    if (!(position >= 0 && most >= 1)) return -1;
    return static_cast<double>(
        stream_.write_file(fd, static_cast<int64_t>(position), static_cast<size_t>(most)));
  }
  size_t queued() { return stream_.queued_bytes(); }
  double bytes_read() { return static_cast<double>(stream_.bytes_read()); }
  double bytes_written() {
    return static_cast<double>(stream_.bytes_written() + stream_.queued_bytes());
  }
  int32_t set_no_delay(bool on) { return negative(stream_.set_no_delay(on)); }
  int32_t set_keep_alive(bool on, int32_t delay_s) {
    return negative(stream_.set_keep_alive(on, delay_s));
  }
  void set_blocking(bool on) { stream_.set_blocking_writes(on); }
  v8::Local<v8::Value> local() { return describe(env(), &net::Address::set_local, stream_.fd()); }
  v8::Local<v8::Value> peer() { return describe(env(), &net::Address::set_peer, stream_.fd()); }
  net::Stream& stream() { return stream_; }

 private:
  StreamHandle(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object), stream_(env.loop(), *this) {}

  void emit(Event event, v8::Local<v8::Value> value) {
    v8::Local<v8::Value> args[] = {v8::Integer::New(env().isolate(), event), object(), value};
    ignore(env().call(Hook::kStreamEvents, 3, args));
  }
  void emit_piece(std::span<char> data) {
    v8::Isolate* isolate = env().isolate();
    Piece piece;
    if (!make_piece(env(), data.data(), data.size(), &piece)) return stream_.reset();
    v8::Local<v8::Value> memory = v8::Undefined(isolate);
    if (!piece.memory.IsEmpty()) memory = piece.memory;
    v8::Local<v8::Value> args[] = {
        v8::Integer::New(isolate, kPiece), object(),
        v8::Integer::NewFromUnsigned(isolate, piece.offset),
        v8::Integer::NewFromUnsigned(isolate, static_cast<uint32_t>(data.size())), memory};
    ignore(env().call(Hook::kStreamEvents, 5, args));
  }
  void emit_code(Event event, Error error) {
    v8::HandleScope scope(env().isolate());
    emit(event, v8::Integer::New(env().isolate(), -error.code));
  }

  void on_data(std::span<char> data, char** block) override {
    v8::HandleScope scope(env().isolate());
    // A block that is mostly full is handed over as it is.
    if (block != nullptr && data.size() >= 16 * 1024) {
      char* memory = *block;
      *block = nullptr;
      emit(kData, make_buffer_adopt(env(), memory, data.size()));
    } else if (data.size() <= kMostPiece) {
      emit_piece(data);
    } else {
      emit(kData, make_buffer(env(), data.data(), data.size()));
    }
  }
  // The descriptor is script's then.
  void on_descriptor(Fd fd) override {
    v8::HandleScope scope(env().isolate());
    emit(kDescriptor, v8::Integer::New(env().isolate(), fd.release()));
  }
  void on_end() override { emit_code(kEnd, {}); }
  void on_connect(Error error) override { emit_code(kConnect, error); }
  void on_drain() override { emit_code(kDrain, {}); }
  void on_shutdown(Error error) override { emit_code(kShutdown, error); }
  void on_error(Error error) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> pair[] = {v8::Integer::New(env().isolate(), -error.code),
                                   env().name(error.call)};
    emit(kError, v8::Array::New(env().isolate(), pair, 2));
  }
  void on_close() override {
    emit_code(kClose, {});
    unpin();
  }

  net::Stream stream_;
};

constexpr Method kStreamMethods[] = {
    method<&StreamHandle::open>("open"),
    method<&StreamHandle::connect>("connect"),
    method<&StreamHandle::read_start>("readStart"),
    method<&StreamHandle::read_stop>("readStop"),
    method<&StreamHandle::write>("write"),
    method<&StreamHandle::writev>("writev"),
    method<&StreamHandle::write_file>("writeFile"),
    method<&StreamHandle::pass_descriptor>("passDescriptor"),
    method<&StreamHandle::shutdown>("shutdown"),
    method<&StreamHandle::close>("close"),
    method<&StreamHandle::reset>("reset"),
    method<&StreamHandle::ref>("ref"),
    method<&StreamHandle::unref>("unref"),
    method<&StreamHandle::fd>("fd"),
    method<&StreamHandle::queued>("queued"),
    method<&StreamHandle::bytes_read>("bytesRead"),
    method<&StreamHandle::bytes_written>("bytesWritten"),
    method<&StreamHandle::set_no_delay>("setNoDelay"),
    method<&StreamHandle::set_keep_alive>("setKeepAlive"),
    method<&StreamHandle::set_blocking>("setBlocking"),
    method<&StreamHandle::local>("local"),
    method<&StreamHandle::peer>("peer"),
};
const ClassSpec kStreamClass = wrapped_class<StreamHandle>("Stream", kStreamMethods);

// ---- Listener ------------------------------------------------------------------------------

// JavaScript sets `onaccept`, a function (fd); fd is -1 when a connection had to be refused.
class ListenerHandle : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new ListenerHandle(env, info.This()); }

  // listen(address, port, backlog, ipv6Only, reusePort): a port of -1 means a UNIX path. 0 or a
  // negative errno.
  int32_t listen(const Utf8& where, int32_t port, int32_t backlog, bool ipv6_only,
                 bool reuse_port) {
    net::Address address;
    if (int32_t errno_code = set_address(where, port, &address); errno_code != 0) return errno_code;
    return finish(listener_.listen(address, {backlog, ipv6_only, reuse_port}));
  }
  // Nothing is taken over unless it is a socket.
  int32_t adopt(int32_t fd, int32_t backlog) {
    struct stat st;
    if (fd < 0 || ::fstat(fd, &st) != 0 || !S_ISSOCK(st.st_mode)) return -EINVAL;
    return finish(listener_.adopt(Fd(fd), backlog));
  }
  void close() {
    listener_.close();
    unpin();
  }
  void ref() { listener_.set_referenced(true); }
  void unref() { listener_.set_referenced(false); }
  int32_t fd() { return listener_.fd(); }
  v8::Local<v8::Value> local() { return describe(env(), &net::Address::set_local, listener_.fd()); }

 private:
  ListenerHandle(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object), listener_(*this) {}

  int32_t finish(const Result<void>& result) {
    if (!result) return -result.error().code;
    pin();
    return 0;
  }

  void on_accept(int fd) {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> arg = v8::Integer::New(env().isolate(), fd);
    ignore(env().call_method(object(), env().name("onaccept"), 1, &arg));
  }

  struct OwnedListener : net::Listener {
    explicit OwnedListener(ListenerHandle& handle)
        : Listener(handle.env().loop(),
                   [](net::Listener* l, int fd) {
                     static_cast<OwnedListener*>(l)->owner.on_accept(fd);
                   }),
          owner(handle) {}
    ListenerHandle& owner;
  } listener_;
};

constexpr Method kListenerMethods[] = {
    method<&ListenerHandle::listen>("listen"), method<&ListenerHandle::adopt>("adopt"),
    method<&ListenerHandle::close>("close"),   method<&ListenerHandle::ref>("ref"),
    method<&ListenerHandle::unref>("unref"),   method<&ListenerHandle::fd>("fd"),
    method<&ListenerHandle::local>("local"),
};
const ClassSpec kListenerClass = wrapped_class<ListenerHandle>("Listener", kListenerMethods);

// ---- Functions -----------------------------------------------------------------------------

// isIP(text): 4, 6 or 0.
int32_t is_ip(Env& env, v8::Local<v8::Value> value) {
  Utf8 text;
  if (!text.read(env.isolate(), value) || text.view().find('\0') != std::string_view::npos)
    return 0;
  return net::ip_version(text.c_str());
}

// bindSocket(address, port, ipv6Only, reusePort): a bound stream socket that does not listen yet,
// or a negative errno. A port of -1 means a UNIX path.
int32_t bind_socket(Env&, const Utf8& where, int32_t port, bool ipv6_only, bool reuse_port) {
  net::Address address;
  if (int32_t errno_code = set_address(where, port, &address); errno_code != 0) return errno_code;
  Result<Fd> fd = net::Listener::bind(address, {0, ipv6_only, reuse_port});
  return fd ? fd.take().release() : -fd.error().code;
}

// endpoints(fd): [local, peer], each [address, family, port] or undefined.
v8::Local<v8::Array> endpoints(Env& env, int32_t fd) {
  v8::Local<v8::Value> pair[] = {describe(env, &net::Address::set_local, fd),
                                 describe(env, &net::Address::set_peer, fd)};
  return v8::Array::New(env.isolate(), pair, 2);
}

constexpr Method kMethods[] = {fn<&is_ip>("isIP"), fn<&endpoints>("endpoints"),
                               fn<&bind_socket>("bindSocket")};
const ClassSpec* const kClasses[] = {&kStreamClass, &kListenerClass};

}  // namespace

net::Stream* stream_of(Env& env, v8::Local<v8::Value> value) {
  StreamHandle* handle = Wrapped::from<StreamHandle>(env, value, kStreamClass);
  return handle == nullptr ? nullptr : &handle->stream();
}

bool read_output(Env& env, const Args& info, std::string* storage, std::string_view* out) {
  v8::Isolate* isolate = env.isolate();
  Bytes bytes;
  if (read_bytes(info[0], &bytes)) {
    *out = {bytes.data(), bytes.size()};
    return true;
  }
  if (!info[0]->IsString()) {
    throw_bad_argument(env, 0, "string or Buffer");
    return false;
  }
  v8::Local<v8::String> text = info[0].As<v8::String>();
  if (info[1]->IsInt32() && info[1].As<v8::Int32>()->Value() == 1) {
    storage->resize(static_cast<size_t>(text->Length()));
    write_one_byte(isolate, text, reinterpret_cast<uint8_t*>(storage->data()), 0, text->Length());
  } else {
    storage->resize(utf8_length(isolate, text));
    storage->resize(write_utf8(isolate, text, storage->data(), storage->size()));
  }
  *out = *storage;
  return true;
}

std::vector<std::string_view> read_parts(Env& env, v8::Local<v8::Array> list) {
  std::vector<std::string_view> parts;
  for (uint32_t i = 0; i < list->Length(); ++i) {
    v8::Local<v8::Value> item;
    Bytes bytes;
    if (list->Get(env.context(), i).ToLocal(&item) && read_bytes(item, &bytes)) {
      parts.emplace_back(bytes.data(), bytes.size());
    }
  }
  return parts;
}

extern const Binding kNetBinding = {"net", kMethods, kClasses, nullptr};

}  // namespace node::js
