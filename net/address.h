// Socket addresses: IPv4, IPv6 and UNIX paths, from text and to text.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace node::net {

// An address as connect(2) and bind(2) take it. Copies freely.
class Address {
 public:
  Address();

  // From a numeric address ("127.0.0.1", "::1", "fe80::1%eth0"); false when it is none.
  bool set_ip(const char* text, uint16_t port);
  // A UNIX path; a leading NUL means Linux's abstract names. False when it is too long (sun_path).
  bool set_path(std::string_view path);
  // The local (or remote) end of a socket.
  Result<void> set_local(int fd);
  Result<void> set_peer(int fd);

  int family() const { return storage_.ss_family; }
  bool is_ip() const { return family() == AF_INET || family() == AF_INET6; }
  const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage_); }
  socklen_t size() const { return size_; }
  void set_size(socklen_t size) { size_ = size; }

  // The IP without brackets, scope included; the path of a UNIX address (a leading NUL stays).
  // An IPv4 peer of a dual-stack socket shows as plain IPv4 when `plain_v4`.
  std::string text(bool plain_v4 = false) const;
  uint16_t port() const;
  // AF_INET for such a peer, else family().
  int shown_family(bool plain_v4) const;

 private:
  bool mapped_v4() const;
  sockaddr_storage storage_;
  socklen_t size_ = 0;
};

// 4 or 6 when `text` is a numeric address, else 0.
int ip_version(const char* text);

}  // namespace node::net
