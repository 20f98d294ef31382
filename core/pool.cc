// Threads, the queue they take work from, and the way back to the loop.
#include "core/pool.h"

#include <pthread.h>
#include <signal.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "core/loop.h"
#include "core/wakeup.h"

namespace node {

namespace {

constexpr int kDefaultThreads = 4;
constexpr int kMostThreads = 1024;

int thread_count() {
  const char* text = std::getenv("UV_THREADPOOL_SIZE");
  if (text == nullptr) return kDefaultThreads;
  int n = std::atoi(text);
  return n < 1 ? 1 : n > kMostThreads ? kMostThreads : n;
}

}  // namespace

struct Pool::Private {
  explicit Private(Loop& owner) : loop(owner), watcher(*this) {}

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

  Loop& loop;
  WakeWatcher watcher;
  Wakeup wakeup;
  bool woken = false;  // loop thread only
  std::vector<std::thread> threads;

  std::mutex mutex;  // guards what follows
  std::condition_variable work_waits;
  List<Work> queue;
  List<Work> done;
  int idle = 0;
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
    for (Work* w = p_->queue.pop_front(); w != nullptr; w = p_->queue.pop_front()) {
      w->state_ = Work::State::kCancelled;
      p_->done.push_back(w);
    }
  }
  p_->work_waits.notify_all();
  for (std::thread& t : p_->threads) t.join();
  p_->woken = true;
  complete();
  p_->loop.stop(p_->watcher);
}

void Pool::run_thread() {
  std::unique_lock<std::mutex> lock(p_->mutex);
  for (;;) {
    while (p_->queue.empty() && !p_->stopping) {
      ++p_->idle;
      p_->work_waits.wait(lock);
      --p_->idle;
    }
    Work* work = p_->queue.pop_front();
    if (work == nullptr) return;
    work->state_ = Work::State::kRunning;
    lock.unlock();
    work->work_(work);
    lock.lock();
    work->state_ = Work::State::kDone;
    p_->done.push_back(work);
    if (!p_->wake_sent) {
      p_->wake_sent = true;
      p_->wakeup.wake();
    }
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
  bool wake;
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    CHECK(work.state_ == Work::State::kIdle);
    work.state_ = Work::State::kQueued;
    p_->queue.push_back(&work);
    wake = p_->idle > 0;
  }
  if (wake) p_->work_waits.notify_one();
}

bool Pool::cancel(Work& work) {
  std::lock_guard<std::mutex> lock(p_->mutex);
  if (work.state_ != Work::State::kQueued) return false;
  work.unlink();
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
  while (Work* work = batch.pop_front()) {
    bool cancelled = work->state_ == Work::State::kCancelled;
    work->state_ = Work::State::kIdle;
    p_->loop.unref();
    work->done_(work, cancelled);
  }
}

}  // namespace node
