// Signal handlers that note the number and wake the loop, which tells the watchers.
#include "core/signals.h"

#include <signal.h>

#include <atomic>

#include "core/loop.h"
#include "core/wakeup.h"

namespace node {

namespace {

constexpr int kSignalCount = 65;

// What the handler may touch: it gets nothing but the number. One loop receives signals at a time.
struct Pending {
  std::atomic<Wakeup*> wakeup{nullptr};
  std::atomic<bool> arrived[kSignalCount] = {};
} pending;

void on_signal(int signum) {
  if (signum <= 0 || signum >= kSignalCount) return;
  pending.arrived[signum].store(true, std::memory_order_relaxed);
  if (Wakeup* wakeup = pending.wakeup.load(std::memory_order_acquire)) wakeup->wake();
}

}  // namespace

struct Signals::Private {
  explicit Private(Loop& owner) : loop(owner), watcher(*this) {}

  struct WakeWatcher : Watcher {
    explicit WakeWatcher(Private& p)
        : Watcher([](Watcher* w, uint8_t) { static_cast<WakeWatcher*>(w)->owner.deliver(); }),
          owner(p) {}
    Private& owner;
  };

  void deliver() {
    wakeup.clear();
    for (int s = 1; s < kSignalCount; ++s) {
      if (!pending.arrived[s].exchange(false, std::memory_order_relaxed)) continue;
      // Callbacks may stop any watcher: each is moved over before it is called.
      List<SignalWatcher> looked;
      looked.splice(watchers[s]);
      while (SignalWatcher* w = looked.pop_front()) {
        watchers[s].push_back(w);
        w->callback_(w, s);
      }
    }
  }

  Loop& loop;
  WakeWatcher watcher;
  Wakeup wakeup;
  List<SignalWatcher> watchers[kSignalCount];
  int counts[kSignalCount] = {};
  struct sigaction before[kSignalCount];
};

Signals::Signals(Loop& loop) : p_(std::make_unique<Private>(loop)) {
  CHECK(p_->wakeup.open().ok());
  CHECK(loop.start(p_->watcher, p_->wakeup.fd(), poll::kReadable).ok());
  loop.set_referenced(p_->watcher, false);
  pending.wakeup.store(&p_->wakeup, std::memory_order_release);
}

Signals::~Signals() {
  for (List<SignalWatcher>& list : p_->watchers) {
    while (SignalWatcher* w = list.front()) stop(*w);
  }
  pending.wakeup.store(nullptr, std::memory_order_release);
  p_->loop.stop(p_->watcher);
}

Result<void> Signals::start(SignalWatcher& watcher, int signum) {
  if (signum <= 0 || signum >= kSignalCount) return Error(EINVAL, "sigaction");
  CHECK(!watcher.started());
  if (p_->counts[signum] == 0) {
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    if (sigaction(signum, &action, &p_->before[signum]) != 0) return last_error("sigaction");
  }
  watcher.signum_ = signum;
  p_->watchers[signum].push_back(&watcher);
  ++p_->counts[signum];
  if (watcher.referenced_) p_->loop.ref();
  return {};
}

void Signals::stop(SignalWatcher& watcher) {
  if (!watcher.started()) return;
  int signum = watcher.signum_;
  watcher.unlink();
  watcher.signum_ = 0;
  if (watcher.referenced_) p_->loop.unref();
  if (--p_->counts[signum] == 0) sigaction(signum, &p_->before[signum], nullptr);
}

void Signals::set_referenced(SignalWatcher& watcher, bool referenced) {
  if (watcher.referenced_ == referenced) return;
  watcher.referenced_ = referenced;
  if (watcher.started()) referenced ? p_->loop.ref() : p_->loop.unref();
}

}  // namespace node
