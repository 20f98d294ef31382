// A listening socket: bind, listen, accept.
#pragma once

#include <string>

#include "core/base/fd.h"
#include "core/loop.h"
#include "net/address.h"

namespace node::net {

struct ListenOptions {
  int backlog = 511;
  bool ipv6_only = false;
  bool reuse_port = false;
};

// Accepts a bounded number of connections a turn. When descriptors run out, one spare descriptor
// lets the waiting connection be refused cleanly, and the server goes on.
class Listener : private Watcher {
 public:
  // `fd`: an accepted connection, non-blocking and not inherited by children; the callee owns it.
  // -1: one had to be refused because descriptors have run out.
  using OnAccept = void (*)(Listener* self, int fd);

  Listener(Loop& loop, OnAccept on_accept);
  ~Listener();

  // EADDRINUSE and the like. A UNIX path that nobody listens on any more is replaced.
  Result<void> listen(const Address& address, const ListenOptions& options);
  // A socket bound as listen() would have it but that does not listen yet: for handing it to
  // another process. A UNIX path is the caller's to remove.
  static Result<Fd> bind(const Address& address, const ListenOptions& options);
  // Listens on a descriptor that somebody else has bound.
  Result<void> adopt(Fd fd, int backlog);
  // Stops at once and removes the UNIX path that it made. Idempotent.
  void close();
  void set_referenced(bool referenced);
  bool listening() const { return fd_.valid(); }
  int fd() const { return fd_.get(); }

 private:
  static void on_ready(Watcher* watcher, uint8_t ready);
  Result<void> start(Fd fd, int backlog);
  bool refuse_one();

  Loop& loop_;
  OnAccept on_accept_;
  Fd fd_;
  Fd spare_;
  std::string unlink_path_;
  bool referenced_ = true;
};

}  // namespace node::net
