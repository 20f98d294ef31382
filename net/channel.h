// A connected UNIX socket that carries bytes and descriptors between processes.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "core/base/fd.h"
#include "core/loop.h"

namespace node::net {

// Whom a channel reports to; called from the loop only. Each call may close the channel, none may
// destroy it.
class ChannelListener {
 public:
  // `bytes` live for the call. `fds` came with the first of them, not inherited by children; the
  // listener owns those that it moves away. Either may be empty, not both.
  virtual void on_read(std::span<char> bytes, std::span<Fd> fds) = 0;
  // The oldest `count` writes that had to wait have left.
  virtual void on_written(int count) = 0;
  // The peer has closed (`error` is empty) or the socket failed. Nothing more follows.
  virtual void on_end(Error error) = 0;

 protected:
  ~ChannelListener() = default;
};

// A descriptor arrives with the first byte of the write that carried it (unix(7), SCM_RIGHTS), and
// the kernel never joins the bytes of two such writes: so descriptors come in the order of sending.
// Waiting output keeps the loop alive, even when the channel is unreferenced.
class Channel : private Watcher {
 public:
  enum class Sent { kNow, kLater };

  Channel(Loop& loop, ChannelListener& listener);
  ~Channel();

  // Takes over a connected UNIX socket and makes it non-blocking.
  Result<void> open(Fd fd);
  void read_start();
  void read_stop();

  // Reads what is there, at once or, when `wait` is set, as soon as something is: on_read and the
  // like are called before it returns. False when nothing was read. Reading must have been started.
  bool read_now(bool wait);

  // Sends `bytes` (at least one), with a copy of descriptor `fd` unless it is -1. The caller may
  // close its own when this returns. kLater: the kernel takes no more now; on_written follows.
  Result<Sent> write(std::string_view bytes, int fd);
  // Blocks until all that waits has left or the peer is gone: for a process that is about to end.
  void flush();
  size_t queued_bytes() const { return queued_bytes_; }

  // Closes at once; what still waits is dropped. Idempotent.
  void close();
  bool is_open() const { return fd_.valid(); }
  void set_referenced(bool referenced);
  int fd() const { return fd_.get(); }

 private:
  struct Output {
    std::string bytes;
    size_t sent = 0;
    Fd fd;
  };
  static void on_ready(Watcher* watcher, uint8_t ready);
  void on_readable();
  void on_writable();
  void update_interest();
  void drop_output();

  Loop& loop_;
  ChannelListener& listener_;
  Fd fd_;
  std::deque<Output> output_;
  size_t queued_bytes_ = 0;
  bool reading_ = false;
  bool referenced_ = true;
};

}  // namespace node::net
