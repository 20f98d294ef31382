// getaddrinfo(3) and getnameinfo(3).
#include "net/lookup.h"

#include <netdb.h>

#include <algorithm>
#include <utility>

#include "net/address.h"

namespace node::net {

namespace {

Error address_info_error(int code, const char* call) {
  return code == EAI_SYSTEM ? Error(errno, call) : Error(code, call, ErrorDomain::kAddressInfo);
}

}  // namespace

Lookup::Lookup(std::string name, int family, int flags, Done done)
    : Work([](Work* w) { static_cast<Lookup*>(w)->resolve(); },
           [](Work* w, bool cancelled) {
             Lookup* self = static_cast<Lookup*>(w);
             if (cancelled) self->error_ = Error(ECANCELED, "getaddrinfo");
             self->done_(self);
           }),
      name_(std::move(name)),
      family_(family),
      flags_(flags),
      done_(done) {}

void Lookup::resolve() {
  addrinfo hints = {};
  hints.ai_family = family_ == 4 ? AF_INET : family_ == 6 ? AF_INET6 : AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags_;
  addrinfo* list = nullptr;
  int rc = ::getaddrinfo(name_.c_str(), nullptr, &hints, &list);
  if (rc != 0) {
    error_ = address_info_error(rc, "getaddrinfo");
    return;
  }
  for (const addrinfo* i = list; i != nullptr; i = i->ai_next) {
    if (i->ai_family != AF_INET && i->ai_family != AF_INET6) continue;
    Address address;
    std::copy_n(reinterpret_cast<const char*>(i->ai_addr), i->ai_addrlen,
                reinterpret_cast<char*>(address.raw()));
    address.set_size(i->ai_addrlen);
    Found found{address.text(), i->ai_family == AF_INET ? 4 : 6};
    auto same = [&](const Found& f) { return f.address == found.address; };
    if (std::none_of(found_.begin(), found_.end(), same)) found_.push_back(std::move(found));
  }
  ::freeaddrinfo(list);
  if (found_.empty()) error_ = Error(EAI_NONAME, "getaddrinfo", ErrorDomain::kAddressInfo);
}

ReverseLookup::ReverseLookup(std::string address, uint16_t port, Done done)
    : Work([](Work* w) { static_cast<ReverseLookup*>(w)->resolve(); },
           [](Work* w, bool cancelled) {
             ReverseLookup* self = static_cast<ReverseLookup*>(w);
             if (cancelled) self->error_ = Error(ECANCELED, "getnameinfo");
             self->done_(self);
           }),
      address_(std::move(address)),
      port_(port),
      done_(done) {}

void ReverseLookup::resolve() {
  Address address;
  if (!address.set_ip(address_.c_str(), port_)) {
    error_ = Error(EINVAL, "getnameinfo");
    return;
  }
  char host[NI_MAXHOST], service[NI_MAXSERV];
  int rc = ::getnameinfo(address.raw(), address.size(), host, sizeof host, service, sizeof service,
                         NI_NAMEREQD);
  if (rc != 0) {
    error_ = address_info_error(rc, "getnameinfo");
    return;
  }
  host_ = host;
  service_ = service;
}

}  // namespace node::net
