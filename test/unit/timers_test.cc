// Timers of the loop: order, restarting, stopping from callbacks, references.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "core/loop.h"

namespace node {
namespace {

struct Clocked : Timer {
  Clocked(Loop& owner, std::vector<int>& fired, int n)
      : Timer([](Timer* t) {
          Clocked* self = static_cast<Clocked*>(t);
          self->log.push_back(self->number);
          if (self->then) self->then(*self);
        }),
        loop(owner),
        log(fired),
        number(n) {}
  ~Clocked() { loop.stop(*this); }
  Loop& loop;
  std::vector<int>& log;
  int number;
  void (*then)(Clocked& self) = nullptr;
  Clocked* other = nullptr;
};

class TimersTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(loop_.open().ok()); }
  Loop loop_;
  std::vector<int> log_;
};

TEST_F(TimersTest, FireInOrderOfExpiry) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2), c(loop_, log_, 3);
  loop_.start(a, 6);
  loop_.start(b, 2);
  loop_.start(c, 4);
  loop_.run();
  EXPECT_EQ(log_, (std::vector<int>{2, 3, 1}));
}

TEST_F(TimersTest, EqualExpiriesFireInOrderOfStarting) {
  std::vector<std::unique_ptr<Clocked>> timers;
  std::vector<int> expected;
  for (int i = 0; i < 100; ++i) {
    timers.push_back(std::make_unique<Clocked>(loop_, log_, i));
    loop_.start(*timers.back(), 1);
    expected.push_back(i);
  }
  loop_.run();
  EXPECT_EQ(log_, expected);
}

TEST_F(TimersTest, NeverEarly) {
  Clocked a(loop_, log_, 1);
  for (int i = 0; i < 10; ++i) {
    loop_.update_now();
    uint64_t due = loop_.now_ms() + 3;
    loop_.start(a, 3);
    EXPECT_EQ(a.expiry_ms(), due);
    loop_.run();
    loop_.update_now();
    EXPECT_GE(loop_.now_ms(), due);
  }
  EXPECT_EQ(log_.size(), 10u);
}

// A turn that sleeps until the timer is due, and not one that spins.
TEST_F(TimersTest, SleepsOnce) {
  Clocked a(loop_, log_, 1);
  loop_.start(a, 20);
  uint32_t before = loop_.turns();
  loop_.run();
  EXPECT_LE(loop_.turns() - before, 3u);
}

TEST_F(TimersTest, ZeroDelayWaitsForAnotherTurn) {
  Clocked a(loop_, log_, 1);
  a.then = [](Clocked& self) {
    if (self.log.size() < 3) self.loop.start(self, 0);
  };
  loop_.start(a, 0);
  loop_.turn(true);
  EXPECT_EQ(log_.size(), 1u);
  loop_.turn(true);
  EXPECT_EQ(log_.size(), 2u);
  loop_.run();
  EXPECT_EQ(log_.size(), 3u);
}

TEST_F(TimersTest, RestartMovesIt) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2);
  loop_.start(a, 1);
  loop_.start(b, 3);
  loop_.start(a, 6);
  loop_.run();
  EXPECT_EQ(log_, (std::vector<int>{2, 1}));
}

TEST_F(TimersTest, StoppedFromAnothersCallback) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2);
  a.other = &b;
  a.then = [](Clocked& self) { self.loop.stop(*self.other); };
  loop_.start(a, 1);
  loop_.start(b, 1);
  loop_.run();
  EXPECT_EQ(log_, (std::vector<int>{1}));
  EXPECT_FALSE(b.started());
}

TEST_F(TimersTest, DestroyedFromAnothersCallback) {
  static std::unique_ptr<Clocked> victim;
  victim = std::make_unique<Clocked>(loop_, log_, 2);
  Clocked a(loop_, log_, 1);
  a.then = [](Clocked&) { victim.reset(); };
  loop_.start(a, 1);
  loop_.start(*victim, 1);
  loop_.run();
  EXPECT_EQ(log_, (std::vector<int>{1}));
}

TEST_F(TimersTest, UnreferencedDoesNotKeepTheLoop) {
  Clocked a(loop_, log_, 1);
  loop_.set_referenced(a, false);
  loop_.start(a, 100000);
  EXPECT_FALSE(loop_.alive());
  loop_.run();
  EXPECT_TRUE(log_.empty());
  loop_.set_referenced(a, true);
  EXPECT_TRUE(loop_.alive());
  loop_.stop(a);
  EXPECT_FALSE(loop_.alive());
}

TEST_F(TimersTest, UnreferencedFiresWhileSomethingElseIsLeft) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2);
  loop_.set_referenced(a, false);
  loop_.start(a, 1);
  loop_.start(b, 5);
  loop_.run();
  EXPECT_EQ(log_, (std::vector<int>{1, 2}));
}

TEST_F(TimersTest, HugeDelaysDoNotOverflow) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2);
  loop_.start(a, UINT64_MAX);
  loop_.start(b, uint64_t{1} << 40);
  loop_.turn(false);
  EXPECT_TRUE(log_.empty());
  EXPECT_EQ(a.expiry_ms(), UINT64_MAX);
}

// A callback that takes long must not push the next timer by the time it took.
TEST_F(TimersTest, SlowCallbackDoesNotDelayTheNext) {
  Clocked a(loop_, log_, 1), b(loop_, log_, 2);
  a.then = [](Clocked& self) {
    uint64_t until = self.loop.now_ms() + 40;
    while (self.loop.now_ms() < until) self.loop.update_now();
  };
  loop_.start(a, 1);
  loop_.start(b, 30);
  uint64_t due = b.expiry_ms();
  loop_.run();
  loop_.update_now();
  EXPECT_LT(loop_.now_ms(), due + 35);
}

// Against a sorted list: random starts, restarts and stops keep the heap in order.
TEST_F(TimersTest, HeapAgainstModel) {
  std::mt19937 random(7);
  std::vector<std::unique_ptr<Clocked>> timers;
  for (int i = 0; i < 500; ++i) timers.push_back(std::make_unique<Clocked>(loop_, log_, i));
  std::vector<std::pair<uint64_t, std::pair<int, int>>> model;  // expiry, order, number
  int order = 0;
  for (int step = 0; step < 5000; ++step) {
    int n = static_cast<int>(random() % timers.size());
    std::erase_if(model, [&](auto& entry) { return entry.second.second == n; });
    Timer& timer = *timers[static_cast<size_t>(n)];
    if (random() % 3 == 0) {
      loop_.stop(timer);
      EXPECT_FALSE(timer.started());
    } else {
      loop_.start(timer, random() % 8);
      model.push_back({timer.expiry_ms(), {order++, n}});
    }
  }
  std::sort(model.begin(), model.end());
  loop_.run();
  ASSERT_EQ(log_.size(), model.size());
  for (size_t i = 0; i < model.size(); ++i) EXPECT_EQ(log_[i], model[i].second.second);
}

}  // namespace
}  // namespace node
