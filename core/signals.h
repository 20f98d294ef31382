// Signals as loop events: a handler that only writes to the loop's wake-up descriptor.
#pragma once

#include <memory>

#include "core/base/error.h"
#include "core/base/list.h"

namespace node {

class Loop;

// Calls back on the loop's thread after a signal arrived; several arrivals may become one call.
// Several watchers may share a signal.
class SignalWatcher : public ListNode<> {
 public:
  using Callback = void (*)(SignalWatcher* self, int signum);
  explicit SignalWatcher(Callback callback) : callback_(callback) {}
  bool started() const { return signum_ != 0; }
  int signum() const { return signum_; }

 private:
  friend class Signals;
  Callback callback_;
  int signum_ = 0;
  bool referenced_ = true;
};

class Signals {
 public:
  explicit Signals(Loop& loop);
  ~Signals();
  // EINVAL for a signal that cannot be caught (SIGKILL, SIGSTOP) or does not exist.
  Result<void> start(SignalWatcher& watcher, int signum);
  // The last watcher of a signal restores its default action.
  void stop(SignalWatcher& watcher);
  void set_referenced(SignalWatcher& watcher, bool referenced);

 private:
  struct Private;
  std::unique_ptr<Private> p_;
};

}  // namespace node
