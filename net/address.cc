// inet_pton(3), inet_ntop(3), and the places of sockaddr_un where systems differ.
#include "net/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace node::net {

namespace {

constexpr size_t kPathRoom = sizeof(sockaddr_un{}.sun_path);

sockaddr_in& in4(sockaddr_storage& s) { return reinterpret_cast<sockaddr_in&>(s); }
sockaddr_in6& in6(sockaddr_storage& s) { return reinterpret_cast<sockaddr_in6&>(s); }
const sockaddr_in& in4(const sockaddr_storage& s) {
  return reinterpret_cast<const sockaddr_in&>(s);
}
const sockaddr_in6& in6(const sockaddr_storage& s) {
  return reinterpret_cast<const sockaddr_in6&>(s);
}

// Splits "fe80::1%eth0" (RFC 4007); the scope is an interface's name or number.
bool parse_v6(const char* text, in6_addr* out, uint32_t* scope) {
  char bare[INET6_ADDRSTRLEN + 1];
  const char* percent = std::strchr(text, '%');
  size_t length = percent == nullptr ? std::strlen(text) : static_cast<size_t>(percent - text);
  if (length >= sizeof bare) return false;
  std::memcpy(bare, text, length);
  bare[length] = '\0';
  *scope = 0;
  if (percent != nullptr) {
    // What may be in a name of an interface, or its number.
    for (const char* p = percent + 1; *p != '\0'; ++p) {
      if (std::isalnum(static_cast<unsigned char>(*p)) == 0 && std::strchr("-.:_", *p) == nullptr)
        return false;
    }
    if (percent[1] == '\0') return false;
    *scope = ::if_nametoindex(percent + 1);
    if (*scope == 0) *scope = static_cast<uint32_t>(std::strtoul(percent + 1, nullptr, 10));
  }
  return inet_pton(AF_INET6, bare, out) == 1;
}

}  // namespace

Address::Address() { std::memset(&storage_, 0, sizeof storage_); }

bool Address::set_ip(const char* text, uint16_t port) {
  std::memset(&storage_, 0, sizeof storage_);
  if (inet_pton(AF_INET, text, &in4(storage_).sin_addr) == 1) {
    storage_.ss_family = AF_INET;
    in4(storage_).sin_port = htons(port);
    size_ = sizeof(sockaddr_in);
    return true;
  }
  std::memset(&storage_, 0, sizeof storage_);
  uint32_t scope;
  if (!parse_v6(text, &in6(storage_).sin6_addr, &scope)) return false;
  storage_.ss_family = AF_INET6;
  in6(storage_).sin6_port = htons(port);
  in6(storage_).sin6_scope_id = scope;
  size_ = sizeof(sockaddr_in6);
  return true;
}

bool Address::set_path(std::string_view path) {
  bool abstract = !path.empty() && path[0] == '\0';
  if (path.empty() || path.size() + (abstract ? 0 : 1) > kPathRoom) return false;
  std::memset(&storage_, 0, sizeof storage_);
  storage_.ss_family = AF_UNIX;
  std::memcpy(reinterpret_cast<sockaddr_un&>(storage_).sun_path, path.data(), path.size());
  size_ =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1));
  return true;
}

Result<void> Address::set_local(int fd) {
  size_ = sizeof storage_;
  if (::getsockname(fd, raw(), &size_) != 0) return last_error("getsockname");
  return {};
}

Result<void> Address::set_peer(int fd) {
  size_ = sizeof storage_;
  if (::getpeername(fd, raw(), &size_) != 0) return last_error("getpeername");
  return {};
}

bool Address::mapped_v4() const {
  return family() == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&in6(storage_).sin6_addr);
}

int Address::shown_family(bool plain_v4) const {
  return plain_v4 && mapped_v4() ? AF_INET : family();
}

std::string Address::text(bool plain_v4) const {
  char out[INET6_ADDRSTRLEN] = "";
  switch (family()) {
    case AF_INET:
      inet_ntop(AF_INET, &in4(storage_).sin_addr, out, sizeof out);
      return out;
    case AF_INET6: {
      if (plain_v4 && mapped_v4()) {
        inet_ntop(AF_INET, &in6(storage_).sin6_addr.s6_addr[12], out, sizeof out);
        return out;
      }
      inet_ntop(AF_INET6, &in6(storage_).sin6_addr, out, sizeof out);
      std::string text = out;
      char name[IF_NAMESIZE];
      uint32_t scope = in6(storage_).sin6_scope_id;
      if (scope != 0 && ::if_indextoname(scope, name) != nullptr) text.append("%").append(name);
      return text;
    }
    case AF_UNIX: {
      const char* path = reinterpret_cast<const sockaddr_un&>(storage_).sun_path;
      size_t size = static_cast<size_t>(size_);
      size_t room =
          size > offsetof(sockaddr_un, sun_path) ? size - offsetof(sockaddr_un, sun_path) : 0;
      if (room > 0 && path[0] == '\0') return std::string(path, room);
      return std::string(path, strnlen(path, room));
    }
    default:
      return {};
  }
}

uint16_t Address::port() const {
  if (family() == AF_INET) return ntohs(in4(storage_).sin_port);
  if (family() == AF_INET6) return ntohs(in6(storage_).sin6_port);
  return 0;
}

int ip_version(const char* text) {
  in_addr v4;
  if (inet_pton(AF_INET, text, &v4) == 1) return 4;
  in6_addr v6;
  uint32_t scope;
  return parse_v6(text, &v6, &scope) ? 6 : 0;
}

}  // namespace node::net
