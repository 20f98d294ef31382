// Names to addresses by the system's resolver, on the thread pool.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/pool.h"

namespace node::net {

// One getaddrinfo(3). Lives until `done` has been called.
class Lookup : private Work {
 public:
  using Done = void (*)(Lookup* self);
  Lookup(std::string name, int family, int flags, Done done);

  void start(Pool& pool) { pool.submit(*this); }

  struct Found {
    std::string address;
    int family;  // 4 or 6
  };
  // After it is done: addresses in the resolver's order, each once; or the error (kAddressInfo or
  // kSystem).
  const std::vector<Found>& found() const { return found_; }
  Error error() const { return error_; }
  const std::string& name() const { return name_; }

 private:
  void resolve();

  std::string name_;
  int family_;  // 0, 4 or 6
  int flags_;   // AI_ flags
  Done done_;
  std::vector<Found> found_;
  Error error_;
};

// One getnameinfo(3): the name and the service of an address.
class ReverseLookup : private Work {
 public:
  using Done = void (*)(ReverseLookup* self);
  ReverseLookup(std::string address, uint16_t port, Done done);
  void start(Pool& pool) { pool.submit(*this); }
  const std::string& host() const { return host_; }
  const std::string& service() const { return service_; }
  const std::string& address() const { return address_; }
  Error error() const { return error_; }

 private:
  void resolve();

  std::string address_;
  uint16_t port_;
  Done done_;
  std::string host_;
  std::string service_;
  Error error_;
};

}  // namespace node::net
