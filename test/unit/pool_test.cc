// The thread pool: results reach the loop, cancelling, keeping the loop alive, shutting down.
#include "core/pool.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/loop.h"

namespace node {
namespace {

// Opened once; whoever waits passes then and ever after.
class Gate {
 public:
  void open() {
    std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_inside(int n) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return inside_ >= n; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

struct Job : Work {
  Job()
      : Work([](Work* w) { static_cast<Job*>(w)->work(); },
             [](Work* w, bool cancelled) { static_cast<Job*>(w)->finish(cancelled); }) {}
  void work() {
    worker = std::this_thread::get_id();
    if (gate != nullptr) gate->pass();
    ++ran;
  }
  void finish(bool was_cancelled) {
    reporter = std::this_thread::get_id();
    cancelled = was_cancelled;
    ++reported;
    if (again != nullptr && reported < 3) again->submit(*this);
  }
  Gate* gate = nullptr;
  Pool* again = nullptr;
  int ran = 0, reported = 0;
  bool cancelled = false;
  std::thread::id worker, reporter;
};

class PoolTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(loop_.open().ok()); }
  Loop loop_;
};

TEST_F(PoolTest, RunsElsewhereAndReportsHere) {
  Job job;
  loop_.pool().submit(job);
  EXPECT_TRUE(loop_.alive());
  loop_.run();
  EXPECT_EQ(job.ran, 1);
  EXPECT_EQ(job.reported, 1);
  EXPECT_FALSE(job.cancelled);
  EXPECT_NE(job.worker, std::this_thread::get_id());
  EXPECT_EQ(job.reporter, std::this_thread::get_id());
  EXPECT_FALSE(loop_.alive());
}

TEST_F(PoolTest, ManyJobs) {
  std::vector<Job> jobs(5000);
  for (Job& job : jobs) loop_.pool().submit(job);
  loop_.run();
  for (Job& job : jobs) ASSERT_EQ(job.ran * 10 + job.reported, 11);
}

TEST_F(PoolTest, SubmittedAgainFromItsReport) {
  Job job;
  job.again = &loop_.pool();
  loop_.pool().submit(job);
  loop_.run();
  EXPECT_EQ(job.ran, 3);
}

TEST_F(PoolTest, ReportsWhatTheCallerHasDone) {
  Job job;
  loop_.pool().submit_done(job);
  EXPECT_EQ(job.reported, 0);
  EXPECT_EQ(loop_.pool().pending(), 1u);
  loop_.run();
  EXPECT_EQ(job.ran, 0);
  EXPECT_EQ(job.reported, 1);
  EXPECT_FALSE(job.cancelled);
  EXPECT_EQ(loop_.pool().pending(), 0u);
}

TEST_F(PoolTest, FourAtOnce) {
  if (getenv("UV_THREADPOOL_SIZE") != nullptr) GTEST_SKIP();
  Gate gate;
  std::vector<Job> jobs(4);
  for (Job& job : jobs) {
    job.gate = &gate;
    loop_.pool().submit(job);
  }
  gate.wait_inside(4);
  gate.open();
  loop_.run();
  for (Job& job : jobs) EXPECT_EQ(job.reported, 1);
}

TEST_F(PoolTest, SizeComesFromTheEnvironment) {
  setenv("UV_THREADPOOL_SIZE", "1", 1);
  Gate gate;
  Job blocking, waiting;
  blocking.gate = &gate;
  loop_.pool().submit(blocking);
  loop_.pool().submit(waiting);
  gate.wait_inside(1);
  usleep(20000);
  gate.open();
  loop_.run();
  unsetenv("UV_THREADPOOL_SIZE");
  EXPECT_EQ(blocking.worker, waiting.worker);
}

TEST_F(PoolTest, CancelsWhatHasNotBegun) {
  setenv("UV_THREADPOOL_SIZE", "1", 1);
  Gate gate;
  Job running, queued;
  running.gate = &gate;
  loop_.pool().submit(running);
  loop_.pool().submit(queued);
  gate.wait_inside(1);
  EXPECT_FALSE(loop_.pool().cancel(running));
  EXPECT_TRUE(loop_.pool().cancel(queued));
  EXPECT_FALSE(loop_.pool().cancel(queued));
  EXPECT_EQ(queued.reported, 0) << "reports come from the loop only";
  gate.open();
  loop_.run();
  unsetenv("UV_THREADPOOL_SIZE");
  EXPECT_TRUE(queued.cancelled);
  EXPECT_EQ(queued.ran, 0);
  EXPECT_EQ(queued.reported, 1);
  EXPECT_EQ(running.ran, 1);
  EXPECT_FALSE(running.cancelled);
}

TEST(PoolShutdownTest, WaitsForRunningCancelsQueued) {
  setenv("UV_THREADPOOL_SIZE", "1", 1);
  Gate gate;
  Job running, queued;
  std::thread opener;
  {
    Loop loop;
    ASSERT_TRUE(loop.open().ok());
    running.gate = &gate;
    loop.pool().submit(running);
    loop.pool().submit(queued);
    gate.wait_inside(1);
    opener = std::thread([&] {
      usleep(20000);
      gate.open();
    });
  }
  opener.join();
  unsetenv("UV_THREADPOOL_SIZE");
  EXPECT_EQ(running.ran, 1);
  EXPECT_EQ(running.reported, 1);
  EXPECT_TRUE(queued.cancelled);
  EXPECT_EQ(queued.ran, 0);
}

// Signals are the business of the loop's thread: on the others they are blocked.
TEST_F(PoolTest, ThreadsBlockSignals) {
  struct Look : Work {
    Look()
        : Work([](Work* w) { pthread_sigmask(SIG_SETMASK, nullptr, &static_cast<Look*>(w)->mask); },
               [](Work*, bool) {}) {}
    sigset_t mask;
  } look;
  loop_.pool().submit(look);
  loop_.run();
  EXPECT_EQ(sigismember(&look.mask, SIGTERM), 1);
  EXPECT_EQ(sigismember(&look.mask, SIGUSR1), 1);
  sigset_t here;
  pthread_sigmask(SIG_SETMASK, nullptr, &here);
  EXPECT_EQ(sigismember(&here, SIGTERM), 0);
}

}  // namespace
}  // namespace node
