// The contract of every readiness backend; one file of this folder is compiled, chosen by POLL=.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/error.h"

namespace node::poll {

enum Readiness : uint8_t { kNone = 0, kReadable = 1, kWritable = 2 };

// One descriptor whose interest changes from `had` to `want` (bit sets of Readiness).
struct Change {
  int fd;
  uint8_t had;
  uint8_t want;
};

// One descriptor that is ready; hang-up and error count as both.
struct Ready {
  int fd;
  uint8_t what;
};

// Level-triggered, one thread, descriptors only: the loop owns the table from descriptor to
// watcher.
class Poller {
 public:
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // Acquires what the backend needs from the kernel. To be called once, before anything else.
  Result<void> open();

  // Additions reach the kernel by the next wait(); removals before this returns, so that close(2)
  // may follow. A change that the kernel refuses is reported by the next wait() as both readable
  // and writable: the read or write that follows says why.
  void apply(std::span<const Change> changes);

  // Sleeps up to `timeout_ms` (-1: without end, 0: not at all) and returns what is ready, each
  // descriptor once. The view lives until the next call. EINTR is an empty answer.
  std::span<const Ready> wait(int timeout_ms);

  // One past the largest descriptor that it can carry.
  int limit() const;

  // The name that POLL= has for it.
  static const char* name();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace node::poll
