// Signals as events of the loop.
#include "core/signals.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <thread>

#include "core/loop.h"

namespace node {
namespace {

struct Catching : SignalWatcher {
  Catching(Loop& owner, std::function<void(Catching&)> f)
      : SignalWatcher([](SignalWatcher* w, int signum) {
          Catching* self = static_cast<Catching*>(w);
          self->last = signum;
          ++self->count;
          auto copy = self->call;
          if (copy) copy(*self);
        }),
        loop(owner),
        call(std::move(f)) {}
  ~Catching() { loop.signals().stop(*this); }
  Loop& loop;
  std::function<void(Catching&)> call;
  int last = 0, count = 0;
};

class SignalsTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(loop_.open().ok()); }
  std::function<void(Catching&)> stopping() {
    return [this](Catching& self) { loop_.signals().stop(self); };
  }
  static void (*handler_of(int signum))(int) {
    struct sigaction action;
    sigaction(signum, nullptr, &action);
    return action.sa_handler;
  }
  Loop loop_;
};

TEST_F(SignalsTest, ArrivesOnTheLoop) {
  Catching watcher(loop_, stopping());
  ASSERT_TRUE(loop_.signals().start(watcher, SIGUSR1).ok());
  EXPECT_EQ(watcher.signum(), SIGUSR1);
  raise(SIGUSR1);
  EXPECT_EQ(watcher.count, 0) << "not from the handler";
  loop_.run();
  EXPECT_EQ(watcher.count, 1);
  EXPECT_EQ(watcher.last, SIGUSR1);
}

TEST_F(SignalsTest, WakesASleepingLoop) {
  Catching watcher(loop_, stopping());
  ASSERT_TRUE(loop_.signals().start(watcher, SIGUSR1).ok());
  pthread_t here = pthread_self();
  std::thread sender([&] {
    usleep(20000);
    pthread_kill(here, SIGUSR1);
  });
  loop_.run();
  sender.join();
  EXPECT_EQ(watcher.count, 1);
}

TEST_F(SignalsTest, ReachesAllWatchersOfTheSignalOnly) {
  Catching first(loop_, stopping()), second(loop_, stopping()), other(loop_, nullptr);
  ASSERT_TRUE(loop_.signals().start(first, SIGUSR1).ok());
  ASSERT_TRUE(loop_.signals().start(second, SIGUSR1).ok());
  ASSERT_TRUE(loop_.signals().start(other, SIGUSR2).ok());
  loop_.signals().set_referenced(other, false);
  raise(SIGUSR1);
  loop_.run();
  EXPECT_EQ(first.count, 1);
  EXPECT_EQ(second.count, 1);
  EXPECT_EQ(other.count, 0);
}

TEST_F(SignalsTest, StoppedByAnotherWatcherOfTheSignal) {
  std::unique_ptr<Catching> victim = std::make_unique<Catching>(loop_, nullptr);
  Catching first(loop_, [&](Catching& self) {
    victim.reset();
    loop_.signals().stop(self);
  });
  ASSERT_TRUE(loop_.signals().start(first, SIGUSR1).ok());
  ASSERT_TRUE(loop_.signals().start(*victim, SIGUSR1).ok());
  raise(SIGUSR1);
  loop_.run();
  EXPECT_EQ(first.count, 1);
  EXPECT_EQ(victim, nullptr);
}

TEST_F(SignalsTest, LastStopRestoresWhatWasThere) {
  auto before = handler_of(SIGUSR2);
  Catching first(loop_, nullptr), second(loop_, nullptr);
  ASSERT_TRUE(loop_.signals().start(first, SIGUSR2).ok());
  ASSERT_TRUE(loop_.signals().start(second, SIGUSR2).ok());
  EXPECT_NE(handler_of(SIGUSR2), before);
  loop_.signals().stop(first);
  EXPECT_NE(handler_of(SIGUSR2), before);
  loop_.signals().stop(second);
  EXPECT_EQ(handler_of(SIGUSR2), before);
}

TEST_F(SignalsTest, RefusesWhatCannotBeCaught) {
  Catching watcher(loop_, nullptr);
  for (int signum : {SIGKILL, SIGSTOP, 0, -1, 1000}) {
    Result<void> started = loop_.signals().start(watcher, signum);
    ASSERT_FALSE(started.ok()) << signum;
    EXPECT_EQ(started.error().code, EINVAL);
  }
  EXPECT_FALSE(watcher.started());
  EXPECT_FALSE(loop_.alive());
}

TEST_F(SignalsTest, ReferencedUnlessSaidOtherwise) {
  Catching watcher(loop_, nullptr);
  ASSERT_TRUE(loop_.signals().start(watcher, SIGUSR1).ok());
  EXPECT_TRUE(loop_.alive());
  loop_.signals().set_referenced(watcher, false);
  EXPECT_FALSE(loop_.alive());
  loop_.run();
}

TEST_F(SignalsTest, ManyArrivalsLoseNoKind) {
  Catching first(loop_, nullptr), second(loop_, nullptr);
  ASSERT_TRUE(loop_.signals().start(first, SIGUSR1).ok());
  ASSERT_TRUE(loop_.signals().start(second, SIGUSR2).ok());
  for (int i = 0; i < 1000; ++i) {
    raise(SIGUSR1);
    raise(SIGUSR2);
  }
  loop_.turn(true);
  EXPECT_GE(first.count, 1);
  EXPECT_GE(second.count, 1);
}

}  // namespace
}  // namespace node
