// Wakes the loop from a signal handler or another thread.
#pragma once

#include "core/base/error.h"
#include "core/base/fd.h"

namespace node {

// A descriptor that becomes readable when somebody calls wake(). eventfd(2) where there is one,
// else a pipe.
class Wakeup {
 public:
  Result<void> open();
  // Async-signal-safe; keeps errno. Several calls before a clear() count as one.
  void wake();
  // Loop thread: makes the descriptor unreadable again.
  void clear();
  int fd() const { return read_.get(); }

 private:
  Fd read_;
  Fd write_;
};

}  // namespace node
