// Sending, receiving, groups.
#include "net/datagram.h"

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/socket.h"

namespace node::net {

namespace {

// Datagrams in a row before others get their turn.
constexpr int kMostReads = 32;

bool would_block(int code) { return code == EAGAIN || code == EWOULDBLOCK || code == ENOBUFS; }

// True when a UNIX path is there but nobody receives at it.
bool is_stale(const Address& address) {
  Fd probe(::socket(AF_UNIX, SOCK_DGRAM, 0));
  return probe.valid() && ::connect(probe.get(), address.raw(), address.size()) != 0 &&
         errno == ECONNREFUSED;
}

// The index of an interface given by name, "::%name" or number; 0: the system's choice.
unsigned interface_index(std::string_view text) {
  size_t percent = text.find('%');
  std::string name(percent == std::string_view::npos ? text : text.substr(percent + 1));
  if (name.empty() || name == "::") return 0;
  if (unsigned index = ::if_nametoindex(name.c_str())) return index;
  return static_cast<unsigned>(std::strtoul(name.c_str(), nullptr, 10));
}

Result<void> set_option(int fd, int level, int name, const void* value, socklen_t size) {
  if (::setsockopt(fd, level, name, value, size) != 0) return last_error("setsockopt");
  return {};
}

}  // namespace

Datagram::Datagram(Loop& loop, DatagramListener& listener)
    : Watcher(on_ready), loop_(loop), listener_(listener) {}

Datagram::~Datagram() { close(); }

Result<Fd> Datagram::make(int family) {
  Fd fd(::socket(family, SOCK_DGRAM, 0));
  if (!fd.valid()) return last_error("socket");
  ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
  ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
  return fd;
}

Result<Fd> Datagram::make_bound(const Address& address, bool ipv6_only, bool reuse) {
  Result<Fd> fd = make(address.family());
  if (!fd) return fd.error();
  int on = 1;
  if (reuse) ::setsockopt(fd.value().get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.family() == AF_INET6) {
    int only = ipv6_only ? 1 : 0;
    ::setsockopt(fd.value().get(), IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
  }
  if (::bind(fd.value().get(), address.raw(), address.size()) != 0) return last_error("bind");
  return fd;
}

Result<void> Datagram::open(Fd fd) {
  int flags = ::fcntl(fd.get(), F_GETFL);
  if (flags < 0 || ::fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) != 0) return last_error("fcntl");
  fd_ = std::move(fd);
  return {};
}

Result<void> Datagram::bind(const Address& address, bool ipv6_only, bool reuse) {
  int on = 1;
  if (reuse) ::setsockopt(fd_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.family() == AF_INET6) {
    int only = ipv6_only ? 1 : 0;
    if (::setsockopt(fd_.get(), IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only) != 0) {
      return last_error("setsockopt");
    }
  }
  int rc = ::bind(fd_.get(), address.raw(), address.size());
  bool is_path = address.family() == AF_UNIX && !address.text().starts_with('\0');
  if (rc != 0 && errno == EADDRINUSE && is_path && is_stale(address)) {
    ::unlink(address.text().c_str());
    rc = ::bind(fd_.get(), address.raw(), address.size());
  }
  if (rc != 0) return last_error("bind");
  if (is_path) unlink_path_ = address.text();
  return {};
}

Result<void> Datagram::connect(const Address& to) {
  int rc;
  do {
    rc = ::connect(fd_.get(), to.raw(), to.size());
  } while (rc != 0 && errno == EINTR);
  if (rc != 0) return last_error("connect");
  return {};
}

Result<void> Datagram::disconnect() {
  sockaddr none = {};
  none.sa_family = AF_UNSPEC;
  // Some systems say EAFNOSUPPORT although the association is gone.
  if (::connect(fd_.get(), &none, sizeof none) != 0 && errno != EAFNOSUPPORT) {
    return last_error("connect");
  }
  return {};
}

ssize_t Datagram::send_now(std::string_view bytes, const Address* to) {
  ssize_t n;
  do {
    n = ::sendto(fd_.get(), bytes.data(), bytes.size(), kSendFlags,
                 to == nullptr ? nullptr : to->raw(), to == nullptr ? 0 : to->size());
  } while (n < 0 && errno == EINTR);
  return n;
}

Result<Datagram::Sent> Datagram::send(std::string_view bytes, const Address* to) {
  if (!fd_.valid()) return Error(EBADF, "send");
  if (output_.empty()) {
    if (send_now(bytes, to) >= 0) return Sent::kNow;
    if (!would_block(errno)) return last_error("send");
  }
  output_.push_back({std::string(bytes), to == nullptr ? Address() : *to, to == nullptr});
  queued_bytes_ += bytes.size();
  update_interest();
  return Sent::kLater;
}

void Datagram::read_start() {
  reading_ = true;
  update_interest();
}

void Datagram::read_stop() {
  reading_ = false;
  update_interest();
}

void Datagram::update_interest() {
  if (!fd_.valid()) return;
  uint8_t want = static_cast<uint8_t>((reading_ ? poll::kReadable : poll::kNone) |
                                      (output_.empty() ? poll::kNone : poll::kWritable));
  if (want == poll::kNone) {
    if (Watcher::started()) loop_.stop(*this);
    return;
  }
  if (!Watcher::started()) {
    if (!loop_.start(*this, fd_.get(), poll::kNone).ok()) {
      return listener_.on_error(Error(EMFILE, "watch"));
    }
    loop_.set_referenced(*this, referenced_);
  }
  loop_.set_interest(*this, want);
}

void Datagram::on_ready(Watcher* watcher, uint8_t ready) {
  auto* self = static_cast<Datagram*>(watcher);
  if ((ready & poll::kWritable) != 0) self->on_writable();
  if ((ready & poll::kReadable) != 0 && self->reading_) self->on_readable();
}

void Datagram::on_writable() {
  while (!output_.empty() && fd_.valid()) {
    Output& first = output_.front();
    Error error;
    if (send_now(first.bytes, first.connected ? nullptr : &first.to) < 0) {
      if (would_block(errno)) return;
      error = last_error("send");
    }
    queued_bytes_ -= first.bytes.size();
    output_.pop_front();
    if (output_.empty()) update_interest();
    listener_.on_sent(error);
  }
}

void Datagram::on_readable() {
  std::span<char> room = loop_.scratch();
  for (int i = 0; i < kMostReads && reading_ && fd_.valid(); ++i) {
    Address from;
    socklen_t size = sizeof(sockaddr_storage);
    ssize_t n;
    do {
      n = ::recvfrom(fd_.get(), room.data(), room.size(), 0, from.raw(), &size);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
      if (!would_block(errno)) listener_.on_error(last_error("recvmsg"));
      return;
    }
    from.set_size(size);
    listener_.on_message(room.first(static_cast<size_t>(n)), from);
  }
}

int Datagram::family() const {
  Address local;
  return local.set_local(fd_.get()) ? local.family() : AF_UNSPEC;
}

Result<void> Datagram::set(DatagramOption option, int value) {
  bool v6 = family() == AF_INET6;
  unsigned char small = static_cast<unsigned char>(value);
  int fd = fd_.get();
  switch (option) {
    case DatagramOption::kBroadcast:
      return set_option(fd, SOL_SOCKET, SO_BROADCAST, &value, sizeof value);
    case DatagramOption::kTtl:
      if (v6) return set_option(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &value, sizeof value);
      return set_option(fd, IPPROTO_IP, IP_TTL, &value, sizeof value);
    case DatagramOption::kMulticastTtl:
      if (v6) return set_option(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &value, sizeof value);
      // A byte is what every system takes here.
      return set_option(fd, IPPROTO_IP, IP_MULTICAST_TTL, &small, sizeof small);
    case DatagramOption::kMulticastLoop:
      if (v6) return set_option(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, &value, sizeof value);
      return set_option(fd, IPPROTO_IP, IP_MULTICAST_LOOP, &small, sizeof small);
    case DatagramOption::kReceiveBuffer:
      return set_option(fd, SOL_SOCKET, SO_RCVBUF, &value, sizeof value);
    case DatagramOption::kSendBuffer:
      return set_option(fd, SOL_SOCKET, SO_SNDBUF, &value, sizeof value);
  }
  return Error(EINVAL, "setsockopt");
}

Result<int> Datagram::get(DatagramOption option) {
  int name = option == DatagramOption::kReceiveBuffer ? SO_RCVBUF
             : option == DatagramOption::kSendBuffer  ? SO_SNDBUF
                                                      : SO_BROADCAST;
  int value = 0;
  socklen_t size = sizeof value;
  if (::getsockopt(fd_.get(), SOL_SOCKET, name, &value, &size) != 0) {
    return last_error("getsockopt");
  }
  return value;
}

// RFC 3678: the protocol-independent calls need an interface index, which an IPv4 address of an
// interface does not give; so IPv4 has its own.
Result<void> Datagram::membership(std::string_view group, std::string_view interface, bool join,
                                  std::string_view source) {
  Address to, from, local;
  if (!to.set_ip(std::string(group).c_str(), 0)) return Error(EINVAL, "setsockopt");
  if (!source.empty() &&
      (!from.set_ip(std::string(source).c_str(), 0) || from.family() != to.family())) {
    return Error(EINVAL, "setsockopt");
  }
  if (to.family() == AF_INET) {
    in_addr on = {};
    if (!interface.empty()) {
      if (!local.set_ip(std::string(interface).c_str(), 0) || local.family() != AF_INET) {
        return Error(EINVAL, "setsockopt");
      }
      on = reinterpret_cast<const sockaddr_in*>(local.raw())->sin_addr;
    }
    in_addr where = reinterpret_cast<const sockaddr_in*>(to.raw())->sin_addr;
    if (source.empty()) {
      ip_mreq request{where, on};
      return set_option(fd_.get(), IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                        &request, sizeof request);
    }
#if defined(IP_ADD_SOURCE_MEMBERSHIP)
    ip_mreq_source request = {};
    request.imr_multiaddr = where;
    request.imr_interface = on;
    request.imr_sourceaddr = reinterpret_cast<const sockaddr_in*>(from.raw())->sin_addr;
    return set_option(fd_.get(), IPPROTO_IP,
                      join ? IP_ADD_SOURCE_MEMBERSHIP : IP_DROP_SOURCE_MEMBERSHIP, &request,
                      sizeof request);
#else
    return Error(ENOPROTOOPT, "setsockopt");
#endif
  }
  unsigned index = interface_index(interface);
  if (source.empty()) {
    ipv6_mreq request = {};
    request.ipv6mr_multiaddr = reinterpret_cast<const sockaddr_in6*>(to.raw())->sin6_addr;
    request.ipv6mr_interface = index;
    return set_option(fd_.get(), IPPROTO_IPV6, join ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP, &request,
                      sizeof request);
  }
#if defined(MCAST_JOIN_SOURCE_GROUP)
  group_source_req request = {};
  request.gsr_interface = index;
  std::memcpy(&request.gsr_group, to.raw(), to.size());
  std::memcpy(&request.gsr_source, from.raw(), from.size());
  return set_option(fd_.get(), IPPROTO_IPV6,
                    join ? MCAST_JOIN_SOURCE_GROUP : MCAST_LEAVE_SOURCE_GROUP, &request,
                    sizeof request);
#else
  return Error(ENOPROTOOPT, "setsockopt");
#endif
}

Result<void> Datagram::set_multicast_interface(std::string_view interface) {
  if (family() == AF_INET6) {
    unsigned index = interface_index(interface);
    return set_option(fd_.get(), IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index);
  }
  Address local;
  if (!local.set_ip(std::string(interface).c_str(), 0) || local.family() != AF_INET) {
    return Error(EINVAL, "setsockopt");
  }
  const in_addr& on = reinterpret_cast<const sockaddr_in*>(local.raw())->sin_addr;
  return set_option(fd_.get(), IPPROTO_IP, IP_MULTICAST_IF, &on, sizeof on);
}

void Datagram::close() {
  if (!fd_.valid()) return;
  loop_.stop(*this);
  output_.clear();
  queued_bytes_ = 0;
  reading_ = false;
  fd_.reset();
  if (!unlink_path_.empty()) ::unlink(std::exchange(unlink_path_, {}).c_str());
}

void Datagram::set_referenced(bool referenced) {
  referenced_ = referenced;
  loop_.set_referenced(*this, referenced);
}

}  // namespace node::net
