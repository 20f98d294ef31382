// Threads, the queue they take work from, and the way back to the loop.
#include "core/pool.h"

#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/budget.h"
#include "core/loop.h"
#include "core/wakeup.h"

namespace node {

namespace {

constexpr int kMostThreads = 1024;
// How long work may wait behind other work before one more thread joins in. Most requests take
// microseconds, and one thread that goes on is then faster than several that fall asleep and wake.
constexpr std::chrono::microseconds kPatience(300);

int thread_count() {
  const char* text = std::getenv("UV_THREADPOOL_SIZE");
  if (text == nullptr) return kPoolThreads;
  int n = std::atoi(text);
  return n < 1 ? 1 : n > kMostThreads ? kMostThreads : n;
}

}  // namespace

struct Pool::Private {
  explicit Private(Loop& owner) : loop(owner), watcher(*this), report_task(*this) {}

  struct WakeWatcher : Watcher {
    explicit WakeWatcher(Private& p)
        : Watcher([](Watcher* w, uint8_t) {
            Private& owner = static_cast<WakeWatcher*>(w)->owner;
            owner.wakeup.clear();
            owner.woken = true;
          }),
          owner(p) {}
    Private& owner;
  };

  struct ReportTask : Task {
    explicit ReportTask(Private& p)
        : Task([](Task* t) {
            Private& owner = static_cast<ReportTask*>(t)->owner;
            List<Work> batch;
            batch.splice(owner.done_at_once);
            owner.report(batch);
          }),
          owner(p) {}
    Private& owner;
  };

  Loop& loop;
  WakeWatcher watcher;
  Wakeup wakeup;
  // The loop's thread alone:
  ReportTask report_task;
  List<Work> done_at_once;
  bool woken = false;
  std::vector<std::thread> threads;

  std::mutex mutex;  // guards what follows
  std::condition_variable work_waits;
  List<Work> queue;
  List<Work> done;
  std::condition_variable lookout_waits;
  size_t pending = 0;      // submitted and not reported; the loop's thread alone
  uint64_t submitted = 0;  // how many ever
  uint64_t taken = 0;      // how many of them left the queue
  int idle = 0;
  int busy = 0;
  bool waking = false;   // an idle thread was told to wake and has not yet
  bool lookout = false;  // a thread watches whether the queue moves on

  // Whether somebody must wake: to do the work, or to see to it that it does not wait too long.
  bool needs_thread() const {
    return !queue.empty() && idle > 0 && !waking && (busy == 0 || !lookout);
  }
  void wait_for_turn(std::unique_lock<std::mutex>& lock);
  void report(List<Work>& batch);
  bool wake_sent = false;
  bool stopping = false;
};

Pool::Pool(Loop& loop) : p_(std::make_unique<Private>(loop)) {
  CHECK(p_->wakeup.open().ok());
  CHECK(loop.start(p_->watcher, p_->wakeup.fd(), poll::kReadable).ok());
  loop.set_referenced(p_->watcher, false);
}

Pool::~Pool() {
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    p_->stopping = true;
    p_->report_task.unlink();
    p_->queue.splice(p_->done_at_once);
    for (Work* w = p_->queue.pop_front(); w != nullptr; w = p_->queue.pop_front()) {
      w->state_ = Work::State::kCancelled;
      p_->done.push_back(w);
    }
  }
  p_->work_waits.notify_all();
  p_->lookout_waits.notify_all();
  for (std::thread& t : p_->threads) t.join();
  p_->woken = true;
  complete();
  p_->loop.stop(p_->watcher);
}

// Returns when this thread is to take work: nobody else does, or what is queued has waited for
// kPatience.
void Pool::Private::wait_for_turn(std::unique_lock<std::mutex>& lock) {
  while (!stopping) {
    if (!queue.empty() && busy == 0) return;
    if (!queue.empty() && !lookout) {
      lookout = true;
      uint64_t queued_before = submitted;
      lookout_waits.wait_for(lock, kPatience);
      lookout = false;
      if (!queue.empty() && taken < queued_before) return;
      continue;
    }
    ++idle;
    work_waits.wait(lock);
    --idle;
    waking = false;
  }
}

void Pool::run_thread() {
  std::unique_lock<std::mutex> lock(p_->mutex);
  for (;;) {
    p_->wait_for_turn(lock);
    // Once awake it goes on as long as there is work.
    while (Work* work = p_->queue.pop_front()) {
      ++p_->taken;
      ++p_->busy;
      bool wake = p_->needs_thread();
      p_->waking |= wake;
      work->state_ = Work::State::kRunning;
      lock.unlock();
      if (wake) p_->work_waits.notify_one();
      work->work_(work);
      lock.lock();
      --p_->busy;
      work->state_ = Work::State::kDone;
      p_->done.push_back(work);
      if (!p_->wake_sent) {
        p_->wake_sent = true;
        p_->wakeup.wake();
      }
    }
    if (p_->stopping) return;
  }
}

void Pool::start_threads() {
  // Signals belong to the loop's thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int count = thread_count();
  for (int i = 0; i < count; ++i) p_->threads.emplace_back([this] { run_thread(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Pool::submit(Work& work) {
  if (p_->threads.empty()) start_threads();
  p_->loop.ref();
  ++p_->pending;
  bool wake;
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    CHECK(work.state_ == Work::State::kIdle);
    work.state_ = Work::State::kQueued;
    p_->queue.push_back(&work);
    ++p_->submitted;
    wake = p_->needs_thread();
    p_->waking |= wake;
  }
  // After unlocking: the woken thread needs the lock at once.
  if (wake) p_->work_waits.notify_one();
}

void Pool::submit_done(Work& work) {
  CHECK(work.state_ == Work::State::kIdle);
  work.state_ = Work::State::kDone;
  p_->loop.ref();
  ++p_->pending;
  p_->done_at_once.push_back(&work);
  if (!p_->report_task.linked()) p_->loop.defer(p_->report_task);
}

size_t Pool::pending() const { return p_->pending; }

bool Pool::cancel(Work& work) {
  std::lock_guard<std::mutex> lock(p_->mutex);
  if (work.state_ != Work::State::kQueued) return false;
  work.unlink();
  ++p_->taken;
  work.state_ = Work::State::kCancelled;
  p_->done.push_back(&work);
  if (!p_->wake_sent) {
    p_->wake_sent = true;
    p_->wakeup.wake();
  }
  return true;
}

void Pool::complete() {
  if (!p_->woken) return;
  p_->woken = false;
  List<Work> batch;
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    p_->wake_sent = false;
    batch.splice(p_->done);
  }
  p_->report(batch);
}

void Pool::Private::report(List<Work>& batch) {
  while (Work* work = batch.pop_front()) {
    bool cancelled = work->state_ == Work::State::kCancelled;
    work->state_ = Work::State::kIdle;
    loop.unref();
    --pending;
    work->done_(work, cancelled);
  }
}

}  // namespace node
