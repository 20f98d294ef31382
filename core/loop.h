// The event loop: watchers, timers, tasks, one turn. Knows the poller, nothing of sockets, scripts.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/error.h"
#include "core/base/list.h"
#include "poll/poller.h"

namespace node {

class Loop;
class Children;
class Pool;
class Signals;

// Calls back while a descriptor is ready. An intrusive member of the object it serves: starting and
// stopping allocates nothing. Level-triggered. The owner stops it before closing the descriptor.
class Watcher {
 public:
  // `ready`: bit set of poll::Readiness, never more than the interest. May stop or destroy any
  // watcher, this one too.
  using Callback = void (*)(Watcher* self, uint8_t ready);
  explicit Watcher(Callback callback) : callback_(callback) {}
  ~Watcher() { CHECK(fd_ < 0); }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  bool started() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  uint8_t interest() const { return want_; }

 private:
  friend class Loop;
  Callback callback_;
  int fd_ = -1;
  uint32_t turn_ =
      0;  // turn in which it was started: readiness of that same turn is a former owner's
  uint8_t want_ = 0;  // what the owner asked for
  uint8_t had_ = 0;   // what the poller knows
  bool queued_ = false;
  bool referenced_ = true;
};

// Fires once at or after its expiry. Intrusive; restart it from its callback to repeat.
class Timer {
 public:
  using Callback = void (*)(Timer* self);
  explicit Timer(Callback callback) : callback_(callback) {}
  ~Timer() { CHECK(!started()); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  bool started() const { return index_ != kIdle; }
  // Loop time in milliseconds at which it fires; meaningful while started.
  uint64_t expiry_ms() const { return expiry_ms_; }

 private:
  friend class Loop;
  static constexpr uint32_t kIdle = UINT32_MAX;
  Callback callback_;
  uint64_t expiry_ms_ = 0;
  uint64_t order_ = 0;  // equal expiries fire in the order of starting
  uint32_t index_ = kIdle;
  bool referenced_ = true;
};

// A callback to be run once at a later point of the turn. Intrusive; unlink() cancels it.
class Task : public ListNode<> {
 public:
  using Callback = void (*)(Task* self);
  explicit Task(Callback callback) : callback_(callback) {}

 private:
  friend class Loop;
  Callback callback_;
};

// One loop, one thread. A turn: due timers -> deferred tasks -> poll (sleeps only when nothing is
// runnable) -> ready watchers -> thread-pool completions -> immediates -> closed handles.
class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Opens the poller and the wake-up descriptor. Once, before anything else.
  Result<void> open();

  // Runs turns until nothing referenced is left or stop() was called.
  void run();
  // One turn. `may_sleep`: whether the poll may wait. True when something referenced is left.
  bool turn(bool may_sleep);
  // Makes run() return after the current turn.
  void stop();
  // Whether something referenced is left: watchers, timers, immediates, pending pool work, closed
  // handles, ref() counts.
  bool alive() const;

  // Monotonic milliseconds, read once a turn. update_now() reads the clock again.
  uint64_t now_ms() const { return now_ms_; }
  void update_now();

  // Watches `fd` (non-blocking) for `interest`. One watcher a descriptor. EMFILE when the
  // descriptor is beyond what the poller can carry. Interest reaches the kernel once, before the
  // next poll.
  Result<void> start(Watcher& watcher, int fd, uint8_t interest);
  void set_interest(Watcher& watcher, uint8_t interest);
  // When this returns the kernel has forgotten the descriptor; close(2) may follow.
  void stop(Watcher& watcher);
  void set_referenced(Watcher& watcher, bool referenced);

  // (Re)starts: fires once, `after_ms` from now_ms() on.
  void start(Timer& timer, uint64_t after_ms);
  void stop(Timer& timer);
  void set_referenced(Timer& timer, bool referenced);

  // Runs `task` before the next poll: this turn if the poll is still to come. Keeps poll from
  // sleeping. Referenced.
  void defer(Task& task);
  // Runs `task` after the next poll. Keeps poll from sleeping. Referenced.
  void immediate(Task& task);
  // Runs `task` at the end of the turn: where closed handles report and free themselves.
  // Referenced.
  void bury(Task& task);

  // Runs `task` just before every sleep or poll, until unlinked: where the output of a turn is
  // flushed. Not referenced.
  void before_poll(Task& task);

  // Runs those tasks now: for a process that is about to leave.
  void flush_output();

  // One more (or less) reason for run() to go on: a pending request or handle that no watcher
  // shows.
  void ref() { ++references_; }
  void unref() { --references_; }

  // Thread pool of this loop, made on first use: no thread exists before something is submitted.
  Pool& pool();
  // Signal delivery of this loop, made on first use.
  Signals& signals();
  // The running child processes of this loop, made on first use.
  Children& children();

  // One buffer for all reads: valid until the next callback returns to the loop.
  std::span<char> scratch();
  // Another one, for what is made of that: what it holds decrypted.
  std::span<char> second_scratch();

  // Something has used much memory for a moment, such as a handshake. After a second without any
  // more of it the C library gives back what is free, if there were many: small things that stay
  // keep the pages around them otherwise.
  void trim_later();

  // Largest descriptor number the poller can carry, plus one.
  int fd_limit() const;
  // Number of turns so far.
  uint32_t turns() const { return turn_; }

 private:
  struct Private;
  void sift_up(uint32_t index);
  void sift_down(uint32_t index);
  void run_timers();
  static void run_tasks(List<Task>& tasks);
  void apply_changes();
  void dispatch(std::span<const poll::Ready> ready);
  int poll_timeout(bool may_sleep) const;

  uint64_t now_ms_ = 0;
  uint32_t turn_ = 1;
  int references_ = 0;
  std::unique_ptr<Private> p_;
};

}  // namespace node
