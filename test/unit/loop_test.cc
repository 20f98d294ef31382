// The turn of the loop: phases and their order, watchers, references, wake-ups.
#include "core/loop.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/base/fd.h"
#include "core/wakeup.h"

namespace node {
namespace {

struct Pair {
  Fd a, b;
  Pair() {
    int fds[2];
    CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0);
    a.reset(fds[0]);
    b.reset(fds[1]);
  }
};

void put(const Fd& fd) { CHECK(::write(fd.get(), "x", 1) == 1); }

// Calls a lambda: convenient in tests, too costly for the program itself.
struct Watching : Watcher {
  using Call = std::function<void(Watching&, uint8_t)>;
  Watching(Loop& owner, Call f)
      : Watcher([](Watcher* w, uint8_t ready) {
          Watching* self = static_cast<Watching*>(w);
          Call copy = self->call;  // the callback may destroy its watcher
          copy(*self, ready);
        }),
        loop(owner),
        call(std::move(f)) {}
  ~Watching() { loop.stop(*this); }
  Loop& loop;
  Call call;
};

struct Calling : Task {
  explicit Calling(std::function<void(Calling&)> f)
      : Task([](Task* t) { static_cast<Calling*>(t)->call(*static_cast<Calling*>(t)); }),
        call(std::move(f)) {}
  std::function<void(Calling&)> call;
};

struct Alarm : Timer {
  explicit Alarm(std::function<void()> f)
      : Timer([](Timer* t) { static_cast<Alarm*>(t)->call(); }), call(std::move(f)) {}
  std::function<void()> call;
};

class LoopTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(loop_.open().ok()); }
  Loop loop_;
  std::string log_;
};

TEST_F(LoopTest, NothingToDoEnds) {
  EXPECT_FALSE(loop_.alive());
  loop_.run();
}

TEST_F(LoopTest, PhasesComeInOrder) {
  Pair p;
  put(p.b);
  Alarm timer([&] { log_ += "timer "; });
  Calling deferred([&](Calling&) { log_ += "deferred "; });
  Calling flush([&](Calling&) { log_ += "flush "; });
  Watching watcher(loop_, [&](Watching& w, uint8_t) {
    log_ += "ready ";
    loop_.stop(w);
  });
  Calling immediate([&](Calling&) { log_ += "immediate "; });
  Calling buried([&](Calling&) { log_ += "buried "; });
  loop_.bury(buried);
  loop_.immediate(immediate);
  loop_.before_poll(flush);
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kReadable).ok());
  loop_.defer(deferred);
  loop_.start(timer, 0);
  loop_.turn(true);
  EXPECT_EQ(log_, "timer deferred flush ready immediate buried ");
  EXPECT_FALSE(loop_.alive());
}

TEST_F(LoopTest, WhatAPhaseAddsToItselfWaitsForTheNextTurn) {
  int runs = 0;
  Calling immediate([&](Calling& self) {
    if (++runs < 3) loop_.immediate(self);
  });
  loop_.immediate(immediate);
  loop_.turn(true);
  EXPECT_EQ(runs, 1);
  loop_.run();
  EXPECT_EQ(runs, 3);
}

TEST_F(LoopTest, UnlinkedTaskDoesNotRun) {
  Calling second([&](Calling&) { log_ += "second "; });
  Calling first([&](Calling&) {
    log_ += "first ";
    second.unlink();
  });
  loop_.immediate(first);
  loop_.immediate(second);
  loop_.run();
  EXPECT_EQ(log_, "first ");
}

TEST_F(LoopTest, AddingTwiceRunsOnce) {
  Calling task([&](Calling&) { log_ += "x"; });
  loop_.defer(task);
  loop_.defer(task);
  loop_.run();
  EXPECT_EQ(log_, "x");
}

TEST_F(LoopTest, WatcherIsCalledWhileReady) {
  Pair p;
  int calls = 0;
  Watching watcher(loop_, [&](Watching& w, uint8_t ready) {
    EXPECT_EQ(ready, poll::kReadable);
    if (++calls == 3) loop_.stop(w);
  });
  put(p.b);
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kReadable).ok());
  EXPECT_EQ(watcher.fd(), p.a.get());
  loop_.run();
  EXPECT_EQ(calls, 3);
  EXPECT_FALSE(watcher.started());
}

TEST_F(LoopTest, InterestDecidesWhatIsTold) {
  Pair p;
  put(p.b);
  std::vector<int> told;
  Watching watcher(loop_, [&](Watching& w, uint8_t ready) {
    told.push_back(ready);
    if (told.size() == 1) {
      loop_.set_interest(w, poll::kReadable | poll::kWritable);
    } else {
      loop_.stop(w);
    }
  });
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kWritable).ok());
  loop_.run();
  EXPECT_EQ(told, (std::vector<int>{poll::kWritable, poll::kReadable | poll::kWritable}));
}

TEST_F(LoopTest, NoInterestIsSilentAndStaysAlive) {
  Pair p;
  put(p.b);
  Watching watcher(loop_, [&](Watching&, uint8_t) { log_ += "called"; });
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kNone).ok());
  loop_.turn(false);
  EXPECT_TRUE(loop_.alive());
  EXPECT_EQ(log_, "");
  loop_.set_interest(watcher, poll::kReadable);
  loop_.set_interest(watcher, poll::kNone);
  loop_.turn(false);
  EXPECT_EQ(log_, "");
}

TEST_F(LoopTest, UnreferencedWatcherDoesNotKeepTheLoop) {
  Pair p;
  Watching watcher(loop_, [&](Watching&, uint8_t) {});
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kReadable).ok());
  loop_.set_referenced(watcher, false);
  EXPECT_FALSE(loop_.alive());
  loop_.run();
  loop_.set_referenced(watcher, true);
  EXPECT_TRUE(loop_.alive());
  loop_.stop(watcher);
  EXPECT_FALSE(loop_.alive());
}

TEST_F(LoopTest, ReferencesKeepTheLoop) {
  loop_.ref();
  EXPECT_TRUE(loop_.alive());
  loop_.unref();
  EXPECT_FALSE(loop_.alive());
}

TEST_F(LoopTest, StopEndsRun) {
  Pair p;
  put(p.b);
  int calls = 0;
  Watching watcher(loop_, [&](Watching&, uint8_t) {
    ++calls;
    loop_.stop();
  });
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kReadable).ok());
  loop_.run();
  EXPECT_EQ(calls, 1);
  loop_.run();
  EXPECT_EQ(calls, 2);
}

// Both are ready in the same answer; the first one's callback closes the second, and the number is
// given to a new socket, whose watcher must not hear what was meant for the old one.
TEST_F(LoopTest, ReadinessOfAFormerOwnerIsDropped) {
  Pair first, second, fresh;
  put(first.b);
  put(second.b);
  int number = second.a.get();
  int fresh_calls = 0;
  bool replaced = false;
  std::unique_ptr<Watching> old_watcher, new_watcher;
  auto replace = [&](Watching& w, uint8_t) {
    loop_.stop(w);
    if (replaced) return;
    replaced = true;
    loop_.stop(*old_watcher);
    second.a.reset();
    ASSERT_EQ(::dup2(fresh.a.get(), number), number);
    ASSERT_TRUE(loop_.start(*new_watcher, number, poll::kReadable).ok());
  };
  Watching watcher(loop_, replace);
  old_watcher = std::make_unique<Watching>(loop_, [&](Watching& w, uint8_t) { loop_.stop(w); });
  new_watcher = std::make_unique<Watching>(loop_, [&](Watching&, uint8_t) { ++fresh_calls; });
  ASSERT_TRUE(loop_.start(watcher, first.a.get(), poll::kReadable).ok());
  ASSERT_TRUE(loop_.start(*old_watcher, number, poll::kReadable).ok());
  for (int i = 0; i < 5; ++i) loop_.turn(false);
  EXPECT_EQ(fresh_calls, 0);
  if (replaced && new_watcher->started()) {
    put(fresh.b);
    loop_.turn(true);
    EXPECT_EQ(fresh_calls, 1);
    loop_.stop(*new_watcher);
  }
  ::close(number);
  second.a.release();
}

TEST_F(LoopTest, WatcherDestroyedFromItsCallback) {
  Pair p;
  put(p.b);
  std::unique_ptr<Watching> watcher;
  int calls = 0;
  watcher = std::make_unique<Watching>(loop_, [&](Watching&, uint8_t) {
    ++calls;
    watcher.reset();
  });
  ASSERT_TRUE(loop_.start(*watcher, p.a.get(), poll::kReadable).ok());
  loop_.run();
  EXPECT_EQ(calls, 1);
}

TEST_F(LoopTest, StoppedAndStartedAgainInOneTurn) {
  Pair p;
  put(p.b);
  int calls = 0;
  Watching watcher(loop_, [&](Watching& w, uint8_t) {
    loop_.stop(w);
    if (++calls == 3) return;
    EXPECT_TRUE(loop_.start(w, p.a.get(), poll::kReadable).ok());
  });
  ASSERT_TRUE(loop_.start(watcher, p.a.get(), poll::kReadable).ok());
  loop_.run();
  EXPECT_EQ(calls, 3);
}

TEST_F(LoopTest, RegularFileIsAlwaysReady) {
  char path[] = "/tmp/node-loop-XXXXXX";
  Fd file(::mkstemp(path));
  ::unlink(path);
  int calls = 0;
  Watching watcher(loop_, [&](Watching& w, uint8_t ready) {
    EXPECT_EQ(ready, poll::kReadable | poll::kWritable);
    if (++calls == 3) loop_.stop(w);
  });
  ASSERT_TRUE(loop_.start(watcher, file.get(), poll::kReadable | poll::kWritable).ok());
  loop_.run();
  EXPECT_EQ(calls, 3);
}

TEST_F(LoopTest, DescriptorBeyondTheLimitIsRefused) {
  if (loop_.fd_limit() == INT_MAX) GTEST_SKIP() << "no limit here";
  Watching watcher(loop_, [](Watching&, uint8_t) {});
  Result<void> started = loop_.start(watcher, loop_.fd_limit(), poll::kReadable);
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, EMFILE);
  EXPECT_FALSE(watcher.started());
  EXPECT_FALSE(loop_.alive());
}

TEST_F(LoopTest, ManyWatchers) {
  constexpr size_t kCount = 300;
  std::vector<Pair> pairs(kCount);
  std::vector<std::unique_ptr<Watching>> watchers;
  size_t calls = 0;
  for (Pair& p : pairs) {
    watchers.push_back(std::make_unique<Watching>(loop_, [&](Watching& w, uint8_t) {
      ++calls;
      loop_.stop(w);
    }));
    ASSERT_TRUE(loop_.start(*watchers.back(), p.a.get(), poll::kReadable).ok());
    put(p.b);
  }
  loop_.run();
  EXPECT_EQ(calls, kCount);
}

TEST_F(LoopTest, WakeupFromAnotherThread) {
  Wakeup wakeup;
  ASSERT_TRUE(wakeup.open().ok());
  int calls = 0;
  Watching watcher(loop_, [&](Watching& w, uint8_t) {
    wakeup.clear();
    ++calls;
    loop_.stop(w);
  });
  ASSERT_TRUE(loop_.start(watcher, wakeup.fd(), poll::kReadable).ok());
  std::thread other([&] {
    for (int i = 0; i < 100; ++i) wakeup.wake();
  });
  other.join();
  loop_.run();
  EXPECT_EQ(calls, 1);
}

TEST_F(LoopTest, ScratchIsOneLargeBuffer) {
  EXPECT_GE(loop_.scratch().size(), 64u * 1024);
  EXPECT_EQ(loop_.scratch().data(), loop_.scratch().data());
}

TEST_F(LoopTest, TurnWithoutSleepReturnsAtOnce) {
  loop_.ref();
  EXPECT_TRUE(loop_.turn(false));
  loop_.unref();
}

using LoopDeathTest = LoopTest;

TEST_F(LoopDeathTest, TwoWatchersOfOneDescriptorIsABug) {
  Pair p;
  Watching first(loop_, [](Watching&, uint8_t) {});
  Watching second(loop_, [](Watching&, uint8_t) {});
  ASSERT_TRUE(loop_.start(first, p.a.get(), poll::kReadable).ok());
  EXPECT_DEATH((void)loop_.start(second, p.a.get(), poll::kReadable).ok(), "nullptr");
}

}  // namespace
}  // namespace node
