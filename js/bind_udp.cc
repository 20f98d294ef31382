// udp: datagram sockets for dgram.js.
#include <sys/socket.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "js/buffer.h"
#include "net/datagram.h"

namespace node::js {

namespace {

int32_t negative(const Result<void>& result) { return result ? 0 : -result.error().code; }

// An IP address, or a UNIX path when `port` is -1.
bool set_address(const Utf8& where, int32_t port, net::Address* address) {
  return port < 0 ? address->set_path(where.view())
                  : address->set_ip(where.c_str(), static_cast<uint16_t>(port));
}

class UdpHandle : public Wrapped, private net::DatagramListener {
 public:
  static void make(Env& env, const Args& info) { new UdpHandle(env, info.This()); }

  // create(family): 4, 6, or 0 for UNIX. Like all that follows 0 or a negative errno.
  int32_t create(int32_t family) {
    Result<Fd> fd = net::Datagram::make(family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNIX);
    if (!fd) return -fd.error().code;
    return take(std::move(fd.value()));
  }
  // The descriptor belongs to the handle unless that fails.
  int32_t open(int32_t fd) {
    struct stat st;
    if (fd < 0 || ::fstat(fd, &st) != 0) return -EBADF;
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0) return -errno;
    if (type != SOCK_DGRAM) return -EINVAL;
    return take(Fd(fd));
  }
  // bind(address, port, ipv6Only, reuse)
  int32_t bind(const Utf8& where, int32_t port, bool ipv6_only, bool reuse) {
    net::Address address;
    if (!set_address(where, port, &address)) return -EINVAL;
    return negative(socket_.bind(address, ipv6_only, reuse));
  }
  int32_t connect(const Utf8& where, int32_t port) {
    net::Address address;
    if (!set_address(where, port, &address)) return -EINVAL;
    return negative(socket_.connect(address));
  }
  int32_t disconnect() { return negative(socket_.disconnect()); }

  // send(buffers, address, port): the pieces make one datagram; port -2: to the connected peer.
  // Bytes when it has left, a negative errno, or undefined when it waits: onsent(errno) follows.
  v8::Local<v8::Value> send(v8::Local<v8::Array> list, const Utf8& where, int32_t port) {
    v8::Isolate* isolate = env().isolate();
    std::vector<std::string_view> parts;
    size_t total = 0;
    for (uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> item;
      Bytes bytes;
      if (!list->Get(env().context(), i).ToLocal(&item) || !read_bytes(item, &bytes)) continue;
      parts.emplace_back(bytes.data(), bytes.size());
      total += bytes.size();
    }
    std::string joined;
    std::string_view datagram = parts.empty() ? std::string_view() : parts[0];
    if (parts.size() > 1) {
      for (std::string_view part : parts) joined += part;
      datagram = joined;
    }
    net::Address address;
    if (port != -2 && !set_address(where, port, &address)) {
      return v8::Integer::New(isolate, -EINVAL);
    }
    Result<net::Datagram::Sent> sent = socket_.send(datagram, port == -2 ? nullptr : &address);
    if (!sent) return v8::Integer::New(isolate, -sent.error().code);
    if (sent.value() == net::Datagram::Sent::kLater) return v8::Undefined(isolate);
    return v8::Integer::NewFromUnsigned(isolate, static_cast<uint32_t>(total));
  }
  void read_start() { socket_.read_start(); }
  void read_stop() { socket_.read_stop(); }

  // setOption(number of DatagramOption, value)
  int32_t set_option(int32_t option, int32_t value) {
    return negative(socket_.set(static_cast<net::DatagramOption>(option), value));
  }
  // The value, or a negative errno.
  int32_t get_option(int32_t option) {
    Result<int> value = socket_.get(static_cast<net::DatagramOption>(option));
    return value ? value.value() : -value.error().code;
  }
  // membership(group, interface, join, source): '' for none.
  int32_t membership(const Utf8& group, const Utf8& interface, bool join, const Utf8& source) {
    return negative(socket_.membership(group.view(), interface.view(), join, source.view()));
  }
  int32_t set_multicast_interface(const Utf8& interface) {
    return negative(socket_.set_multicast_interface(interface.view()));
  }
  size_t queued_bytes() { return socket_.queued_bytes(); }
  size_t queued_count() { return socket_.queued_count(); }

  // [address, family, port], or a negative errno.
  v8::Local<v8::Value> local() { return describe(&net::Address::set_local); }
  v8::Local<v8::Value> peer() { return describe(&net::Address::set_peer); }

  void close() {
    if (socket_.fd() < 0) return;
    socket_.close();
    unpin();
  }
  void ref() { socket_.set_referenced(true); }
  void unref() { socket_.set_referenced(false); }
  int32_t fd() { return socket_.fd(); }

 private:
  UdpHandle(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object), socket_(env.loop(), *this) {}

  int32_t take(Fd fd) {
    if (Result<void> r = socket_.open(std::move(fd)); !r) return -r.error().code;
    pin();
    return 0;
  }

  v8::Local<v8::Value> family_of(const net::Address& address) {
    if (!address.is_ip()) return v8::Undefined(env().isolate());
    return env().name(address.family() == AF_INET6 ? "IPv6" : "IPv4");
  }

  v8::Local<v8::Value> describe(Result<void> (net::Address::*read)(int)) {
    net::Address address;
    v8::Isolate* isolate = env().isolate();
    if (socket_.fd() < 0) return v8::Integer::New(isolate, -EBADF);
    if (Result<void> r = (address.*read)(socket_.fd()); !r) {
      return v8::Integer::New(isolate, -r.error().code);
    }
    v8::Local<v8::Value> list[] = {env().string(address.text()), family_of(address),
                                   v8::Integer::New(isolate, address.port())};
    return v8::Array::New(isolate, list, std::size(list));
  }

  void on_message(std::span<const char> bytes, const net::Address& from) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> args[] = {make_buffer(env(), bytes.data(), bytes.size()),
                                   env().string(from.text()), family_of(from),
                                   v8::Integer::New(env().isolate(), from.port())};
    ignore(env().call_method(object(), env().name("onmessage"), 4, args));
  }
  void on_sent(Error error) override { tell("onsent", error); }
  void on_error(Error error) override { tell("onerror", error); }
  void tell(const char* method, Error error) {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> args[] = {v8::Integer::New(env().isolate(), -error.code)};
    ignore(env().call_method(object(), env().name(method), 1, args));
  }

  net::Datagram socket_;
};

// bindDatagram(address, port, v6, ipv6Only, reuse): a bound descriptor for other processes, or a
// negative errno.
int32_t bind_datagram(Env&, const Utf8& where, int32_t port, bool v6, bool ipv6_only, bool reuse) {
  net::Address address;
  const char* text = where.size() > 0 ? where.c_str() : v6 ? "::" : "0.0.0.0";
  if (!address.set_ip(text, static_cast<uint16_t>(port))) return -EINVAL;
  Result<Fd> fd = net::Datagram::make_bound(address, ipv6_only, reuse);
  return fd ? fd.value().release() : -fd.error().code;
}

constexpr Method kUdpMethods[] = {
    method<&UdpHandle::create>("create"),
    method<&UdpHandle::open>("open"),
    method<&UdpHandle::bind>("bind"),
    method<&UdpHandle::connect>("connect"),
    method<&UdpHandle::disconnect>("disconnect"),
    method<&UdpHandle::send>("send"),
    method<&UdpHandle::read_start>("readStart"),
    method<&UdpHandle::read_stop>("readStop"),
    method<&UdpHandle::set_option>("setOption"),
    method<&UdpHandle::get_option>("getOption"),
    method<&UdpHandle::membership>("membership"),
    method<&UdpHandle::set_multicast_interface>("setMulticastInterface"),
    method<&UdpHandle::queued_bytes>("queuedBytes"),
    method<&UdpHandle::queued_count>("queuedCount"),
    method<&UdpHandle::local>("local"),
    method<&UdpHandle::peer>("peer"),
    method<&UdpHandle::close>("close"),
    method<&UdpHandle::ref>("ref"),
    method<&UdpHandle::unref>("unref"),
    method<&UdpHandle::fd>("fd"),
};
const ClassSpec kUdpClass = wrapped_class<UdpHandle>("Udp", kUdpMethods);
const ClassSpec* const kClasses[] = {&kUdpClass};

constexpr Method kMethods[] = {
    fn<&bind_datagram>("bindDatagram"),
};

}  // namespace

extern const Binding kUdpBinding = {"udp", kMethods, kClasses, nullptr};

}  // namespace node::js
