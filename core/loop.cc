// The loop's turn, its timer heap and its table of watchers.
#include "core/loop.h"

#include <time.h>

#include <algorithm>
#include <climits>
#include <utility>
#include <vector>

#include "core/child.h"
#include "core/pool.h"
#include "core/signals.h"
#include "core/wakeup.h"
#include "platform/platform.h"

namespace node {

namespace {

constexpr size_t kScratchBytes = 64 * 1024;
constexpr size_t kHeapWidth = 4;

bool before(uint64_t a_expiry, uint64_t a_order, uint64_t b_expiry, uint64_t b_order) {
  return a_expiry != b_expiry ? a_expiry < b_expiry : a_order < b_order;
}

constexpr uint64_t kQuietMs = 1000;
constexpr int kManyBursts = 64;

}  // namespace

struct Loop::Private {
  poll::Poller poller;
  std::vector<Watcher*> watchers;  // by descriptor
  std::vector<int> changed;        // descriptors whose watcher's interest differs from the poller's
  std::vector<poll::Change> changes;  // scratch for the poller
  std::vector<Timer*> timers;         // heap, four children a node
  uint64_t timer_order = 0;
  int referenced_timers = 0;
  int referenced_watchers = 0;
  List<Task> deferred;
  List<Task> immediates;
  List<Task> buried;
  List<Task> before_poll;
  std::unique_ptr<Pool> pool;
  std::unique_ptr<Signals> signals;
  std::unique_ptr<Children> children;
  std::unique_ptr<char[]> scratch;
  std::unique_ptr<char[]> second_scratch;
  struct TrimTimer : Timer {
    explicit TrimTimer(Callback callback) : Timer(callback) {}
    Loop* loop = nullptr;
    int bursts = 0;  // since the last trimming
    int recent = 0;  // since the timer was started
  } trim{on_trim};
  static void on_trim(Timer* timer);
  bool stopped = false;
};

Loop::Loop() : p_(std::make_unique<Private>()) {}

Loop::~Loop() {
  stop(p_->trim);
  p_->pool.reset();
  p_->children.reset();
  p_->signals.reset();
}

void Loop::trim_later() {
  Private::TrimTimer& trim = p_->trim;
  ++trim.bursts;
  ++trim.recent;
  if (trim.started()) return;
  trim.loop = this;
  start(trim, kQuietMs);
  set_referenced(trim, false);
}

void Loop::Private::on_trim(Timer* timer) {
  auto* trim = static_cast<TrimTimer*>(timer);
  if (std::exchange(trim->recent, 0) > 0) return trim->loop->start(*trim, kQuietMs);
  if (std::exchange(trim->bursts, 0) >= kManyBursts) platform::release_memory();
}

Result<void> Loop::open() {
  update_now();
  return p_->poller.open();
}

void Loop::update_now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  now_ms_ = static_cast<uint64_t>(t.tv_sec) * 1000 + static_cast<uint64_t>(t.tv_nsec) / 1000000;
}

bool Loop::alive() const {
  return references_ > 0 || p_->referenced_watchers > 0 || p_->referenced_timers > 0 ||
         !p_->deferred.empty() || !p_->immediates.empty() || !p_->buried.empty();
}

void Loop::stop() { p_->stopped = true; }

void Loop::run() {
  p_->stopped = false;
  while (turn(true) && !p_->stopped) continue;
}

// ---- Timers --------------------------------------------------------------------------------

void Loop::sift_up(uint32_t index) {
  std::vector<Timer*>& heap = p_->timers;
  Timer* t = heap[index];
  while (index > 0) {
    uint32_t parent = (index - 1) / kHeapWidth;
    if (!before(t->expiry_ms_, t->order_, heap[parent]->expiry_ms_, heap[parent]->order_)) break;
    heap[index] = heap[parent];
    heap[index]->index_ = index;
    index = parent;
  }
  heap[index] = t;
  t->index_ = index;
}

void Loop::sift_down(uint32_t index) {
  std::vector<Timer*>& heap = p_->timers;
  Timer* t = heap[index];
  for (;;) {
    size_t first = static_cast<size_t>(index) * kHeapWidth + 1;
    if (first >= heap.size()) break;
    size_t best = first;
    size_t end = std::min(first + kHeapWidth, heap.size());
    for (size_t i = first + 1; i < end; ++i) {
      if (before(heap[i]->expiry_ms_, heap[i]->order_, heap[best]->expiry_ms_, heap[best]->order_))
        best = i;
    }
    if (!before(heap[best]->expiry_ms_, heap[best]->order_, t->expiry_ms_, t->order_)) break;
    heap[index] = heap[best];
    heap[index]->index_ = index;
    index = static_cast<uint32_t>(best);
  }
  heap[index] = t;
  t->index_ = index;
}

void Loop::start(Timer& timer, uint64_t after_ms) {
  stop(timer);
  timer.expiry_ms_ = after_ms > UINT64_MAX - now_ms_ ? UINT64_MAX : now_ms_ + after_ms;
  timer.order_ = p_->timer_order++;
  timer.index_ = static_cast<uint32_t>(p_->timers.size());
  p_->timers.push_back(&timer);
  if (timer.referenced_) ++p_->referenced_timers;
  sift_up(timer.index_);
}

void Loop::stop(Timer& timer) {
  if (!timer.started()) return;
  if (timer.referenced_) --p_->referenced_timers;
  uint32_t index = timer.index_;
  timer.index_ = Timer::kIdle;
  Timer* last = p_->timers.back();
  p_->timers.pop_back();
  if (last == &timer) return;
  p_->timers[index] = last;
  last->index_ = index;
  sift_up(index);
  sift_down(last->index_);
}

void Loop::set_referenced(Timer& timer, bool referenced) {
  if (timer.referenced_ == referenced) return;
  timer.referenced_ = referenced;
  if (timer.started()) p_->referenced_timers += referenced ? 1 : -1;
}

void Loop::run_timers() {
  // Timers that callbacks start now are due in a later turn at the earliest.
  uint64_t limit = p_->timer_order;
  while (!p_->timers.empty()) {
    Timer* t = p_->timers[0];
    if (t->expiry_ms_ > now_ms_ || t->order_ >= limit) break;
    stop(*t);
    t->callback_(t);
  }
}

// ---- Tasks ---------------------------------------------------------------------------------

void Loop::defer(Task& task) {
  if (!task.linked()) p_->deferred.push_back(&task);
}
void Loop::immediate(Task& task) {
  if (!task.linked()) p_->immediates.push_back(&task);
}
void Loop::bury(Task& task) {
  if (!task.linked()) p_->buried.push_back(&task);
}
void Loop::before_poll(Task& task) {
  if (!task.linked()) p_->before_poll.push_back(&task);
}

void Loop::flush_output() { run_tasks(p_->before_poll); }

void Loop::run_tasks(List<Task>& tasks) {
  List<Task> batch;
  batch.splice(tasks);
  while (Task* task = batch.pop_front()) task->callback_(task);
}

// ---- Watchers ------------------------------------------------------------------------------

Result<void> Loop::start(Watcher& watcher, int fd, uint8_t interest) {
  CHECK(!watcher.started() && fd >= 0);
  if (fd >= p_->poller.limit()) return Error(EMFILE, "poll");
  size_t index = static_cast<size_t>(fd);
  if (index >= p_->watchers.size())
    p_->watchers.resize(std::max(index + 1, p_->watchers.size() * 2));
  CHECK(p_->watchers[index] == nullptr);
  p_->watchers[index] = &watcher;
  watcher.fd_ = fd;
  watcher.turn_ = turn_;
  watcher.had_ = poll::kNone;
  watcher.queued_ = false;
  watcher.want_ = poll::kNone;
  if (watcher.referenced_) ++p_->referenced_watchers;
  set_interest(watcher, interest);
  return {};
}

void Loop::set_interest(Watcher& watcher, uint8_t interest) {
  CHECK(watcher.started());
  watcher.want_ = interest;
  if (watcher.queued_ || watcher.want_ == watcher.had_) return;
  watcher.queued_ = true;
  p_->changed.push_back(watcher.fd_);
}

void Loop::stop(Watcher& watcher) {
  if (!watcher.started()) return;
  if (watcher.had_ != poll::kNone) {
    poll::Change change{watcher.fd_, watcher.had_, poll::kNone};
    p_->poller.apply({&change, 1});
  }
  p_->watchers[static_cast<size_t>(watcher.fd_)] = nullptr;
  if (watcher.referenced_) --p_->referenced_watchers;
  watcher.fd_ = -1;
  watcher.had_ = watcher.want_ = poll::kNone;
  watcher.queued_ = false;
}

void Loop::set_referenced(Watcher& watcher, bool referenced) {
  if (watcher.referenced_ == referenced) return;
  watcher.referenced_ = referenced;
  if (watcher.started()) p_->referenced_watchers += referenced ? 1 : -1;
}

void Loop::apply_changes() {
  if (p_->changed.empty()) return;
  p_->changes.clear();
  for (int fd : p_->changed) {
    Watcher* w = p_->watchers[static_cast<size_t>(fd)];
    if (w == nullptr || !w->queued_) continue;
    w->queued_ = false;
    if (w->want_ == w->had_) continue;
    p_->changes.push_back({fd, w->had_, w->want_});
    w->had_ = w->want_;
  }
  p_->changed.clear();
  if (!p_->changes.empty()) p_->poller.apply(p_->changes);
}

void Loop::dispatch(std::span<const poll::Ready> ready) {
  for (const poll::Ready& r : ready) {
    if (static_cast<size_t>(r.fd) >= p_->watchers.size()) continue;
    Watcher* w = p_->watchers[static_cast<size_t>(r.fd)];
    // Started in this very turn: the readiness was found for the descriptor's former owner.
    if (w == nullptr || w->turn_ == turn_) continue;
    uint8_t what = r.what & w->want_;
    if (what != poll::kNone) w->callback_(w, what);
  }
}

// ---- The turn ------------------------------------------------------------------------------

int Loop::poll_timeout(bool may_sleep) const {
  if (!may_sleep || p_->stopped || !p_->deferred.empty() || !p_->immediates.empty() ||
      !p_->buried.empty() || !alive()) {
    return 0;
  }
  if (p_->timers.empty()) return -1;
  uint64_t expiry = p_->timers[0]->expiry_ms_;
  if (expiry <= now_ms_) return 0;
  return static_cast<int>(std::min<uint64_t>(expiry - now_ms_, INT_MAX));
}

bool Loop::turn(bool may_sleep) {
  update_now();
  run_timers();
  run_tasks(p_->deferred);
  run_tasks(p_->before_poll);
  apply_changes();
  // What has run so far may have taken long: it is not to be slept once more.
  if (!p_->timers.empty()) update_now();
  int timeout = poll_timeout(may_sleep);
  std::span<const poll::Ready> ready = p_->poller.wait(timeout);
  ++turn_;
  if (timeout != 0) update_now();
  dispatch(ready);
  if (p_->pool) p_->pool->complete();
  run_tasks(p_->immediates);
  run_tasks(p_->before_poll);
  run_tasks(p_->buried);
  return alive() && !p_->stopped;
}

Pool& Loop::pool() {
  if (!p_->pool) p_->pool = std::make_unique<Pool>(*this);
  return *p_->pool;
}

Children& Loop::children() {
  if (!p_->children) p_->children = std::make_unique<Children>(*this);
  return *p_->children;
}

Signals& Loop::signals() {
  if (!p_->signals) p_->signals = std::make_unique<Signals>(*this);
  return *p_->signals;
}

std::span<char> Loop::scratch() {
  if (!p_->scratch) p_->scratch.reset(new char[kScratchBytes]);
  return {p_->scratch.get(), kScratchBytes};
}

std::span<char> Loop::second_scratch() {
  if (!p_->second_scratch) p_->second_scratch.reset(new char[kScratchBytes]);
  return {p_->second_scratch.get(), kScratchBytes};
}

int Loop::fd_limit() const { return p_->poller.limit(); }

}  // namespace node
