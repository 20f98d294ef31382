// The thread pool: work that blocks, done elsewhere, reported on the loop's thread.
#pragma once

#include <cstddef>
#include <memory>

#include "core/base/list.h"

namespace node {

class Loop;

// One piece of blocking work. Intrusive: lives in the request it serves, which must outlive it.
class Work : public ListNode<> {
 public:
  // `work` runs on a pool thread and may touch nothing but its own request; `done` runs on the
  // loop's thread afterwards (`cancelled`: the work was withdrawn before it began).
  Work(void (*work)(Work*), void (*done)(Work*, bool cancelled)) : work_(work), done_(done) {}

 private:
  friend class Pool;
  void (*work_)(Work*);
  void (*done_)(Work*, bool cancelled);
  enum class State : unsigned char {
    kIdle,
    kQueued,
    kRunning,
    kDone,
    kCancelled
  } state_ = State::kIdle;
};

// 4 threads, or UV_THREADPOOL_SIZE (1 to 1024); started by the first submit. Submissions and
// completions are batched: one wake-up for many. Pending work keeps the loop alive.
class Pool {
 public:
  explicit Pool(Loop& loop);
  // Waits for running work; queued work is reported as cancelled.
  ~Pool();

  void submit(Work& work);
  // For work that the caller has done already: reported like the rest, next turn, and no thread is
  // needed for it.
  void submit_done(Work& work);
  // True when the work had not begun: `done(work, true)` follows on the loop.
  bool cancel(Work& work);

  // Pieces of work that have been submitted and not reported yet.
  size_t pending() const;

  // Reports what is done; the loop calls it once a turn, and nothing happens unless there is
  // something.
  void complete();

 private:
  struct Private;
  void start_threads();
  void run_thread();
  std::unique_ptr<Private> p_;
};

}  // namespace node
