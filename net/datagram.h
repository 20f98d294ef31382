// A datagram socket: UDP over IPv4 and IPv6, and UNIX datagrams.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "core/base/fd.h"
#include "core/loop.h"
#include "net/address.h"

namespace node::net {

// Whom a socket reports to; called from the loop only. Each call may close the socket, none may
// destroy it.
class DatagramListener {
 public:
  // A datagram has come; `bytes` live for the call.
  virtual void on_message(std::span<const char> bytes, const Address& from) = 0;
  // The oldest datagram that had to wait has left, or could not.
  virtual void on_sent(Error error) = 0;
  // Receiving failed (ECONNREFUSED of a connected socket, ENOMEM). The socket goes on.
  virtual void on_error(Error error) = 0;

 protected:
  ~DatagramListener() = default;
};

enum class DatagramOption {
  kBroadcast,      // 0 or 1
  kTtl,            // 1 to 255 hops
  kMulticastTtl,   // 0 to 255 hops
  kMulticastLoop,  // 0 or 1
  kReceiveBuffer,  // bytes; what is read back may be more (socket(7))
  kSendBuffer,
};

class Datagram : private Watcher {
 public:
  enum class Sent { kNow, kLater };

  Datagram(Loop& loop, DatagramListener& listener);
  ~Datagram();

  // A socket of AF_INET, AF_INET6 or AF_UNIX, non-blocking, not inherited by children.
  static Result<Fd> make(int family);
  // The same, bound, for handing it to another process.
  static Result<Fd> make_bound(const Address& address, bool ipv6_only, bool reuse);

  Result<void> open(Fd fd);
  // `reuse`: others may bind the same address (SO_REUSEADDR). A UNIX path that nobody receives at
  // any more is replaced.
  Result<void> bind(const Address& address, bool ipv6_only, bool reuse);
  Result<void> connect(const Address& to);
  // connect(2) with AF_UNSPEC.
  Result<void> disconnect();

  // Sends one datagram, to the connected peer when `to` is null. kLater: the kernel takes no more
  // now; on_sent follows. EMSGSIZE: too large for one datagram.
  Result<Sent> send(std::string_view bytes, const Address* to);
  size_t queued_bytes() const { return queued_bytes_; }
  size_t queued_count() const { return output_.size(); }

  void read_start();
  void read_stop();

  Result<void> set(DatagramOption option, int value);
  Result<int> get(DatagramOption option);
  // Joins or leaves a group; `interface`: an address of it (IPv4), or its name or "::%name" (IPv6);
  // empty: the system's choice. `source` empty: from everybody.
  Result<void> membership(std::string_view group, std::string_view interface, bool join,
                          std::string_view source = {});
  Result<void> set_multicast_interface(std::string_view interface);

  // Drops what waits and removes the UNIX path that it bound. Idempotent.
  void close();
  void set_referenced(bool referenced);
  int fd() const { return fd_.get(); }

 private:
  struct Output {
    std::string bytes;
    Address to;
    bool connected;
  };
  static void on_ready(Watcher* watcher, uint8_t ready);
  void on_readable();
  void on_writable();
  void update_interest();
  ssize_t send_now(std::string_view bytes, const Address* to);
  int family() const;

  Loop& loop_;
  DatagramListener& listener_;
  Fd fd_;
  std::deque<Output> output_;
  size_t queued_bytes_ = 0;
  std::string unlink_path_;
  bool reading_ = false;
  bool referenced_ = true;
};

}  // namespace node::net
