// Channels: bytes and descriptors in order, what waits, and the end.
#include "net/channel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace node::net {
namespace {

struct Ear : ChannelListener {
  void on_read(std::span<char> more, std::span<Fd> more_fds) override {
    bytes.append(more.data(), more.size());
    for (Fd& fd : more_fds) fds.push_back(std::move(fd));
    if (close_on_read != nullptr) close_on_read->close();
  }
  void on_written(int count) override { written += count; }
  void on_end(Error error) override {
    ended = true;
    end_error = error;
  }

  std::string bytes;
  std::vector<Fd> fds;
  int written = 0;
  bool ended = false;
  Error end_error;
  Channel* close_on_read = nullptr;
};

class ChannelTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(loop_.open().ok());
    int pair[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    ASSERT_TRUE(left_.open(Fd(pair[0])).ok());
    ASSERT_TRUE(right_.open(Fd(pair[1])).ok());
    right_.read_start();
  }
  void TearDown() override {
    left_.close();
    right_.close();
  }
  template <typename Done>
  void turn_until(Done done) {
    for (int i = 0; i < 10000 && !done(); ++i) loop_.turn(false);
    ASSERT_TRUE(done());
  }

  Loop loop_;
  Ear left_ear_, right_ear_;
  Channel left_{loop_, left_ear_};
  Channel right_{loop_, right_ear_};
};

TEST_F(ChannelTest, DescriptorsComeInOrderAndAreTheReceivers) {
  int pipes[2][2];
  for (auto& p : pipes) ASSERT_EQ(pipe(p), 0);
  ASSERT_TRUE(left_.write("a", pipes[0][1]).ok());
  ASSERT_TRUE(left_.write("b", -1).ok());
  ASSERT_TRUE(left_.write("c", pipes[1][1]).ok());
  for (auto& p : pipes) close(p[1]);
  turn_until([&] { return right_ear_.bytes == "abc"; });
  ASSERT_EQ(right_ear_.fds.size(), 2u);
  for (int i = 0; i < 2; ++i) {
    int fd = right_ear_.fds[static_cast<size_t>(i)].get();
    EXPECT_NE(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
    char sent = static_cast<char>('0' + i), got = 0;
    ASSERT_EQ(write(fd, &sent, 1), 1);
    ASSERT_EQ(read(pipes[i][0], &got, 1), 1);
    EXPECT_EQ(got, sent);
    close(pipes[i][0]);
  }
}

TEST_F(ChannelTest, WhatTheKernelDoesNotTakeLeavesLater) {
  std::string big(4 << 20, 'x');
  int null = open("/dev/null", O_RDONLY);
  ASSERT_EQ(left_.write(big, -1).take(), Channel::Sent::kLater);
  ASSERT_EQ(left_.write("end", null).take(), Channel::Sent::kLater);
  close(null);
  EXPECT_GT(left_.queued_bytes(), 0u);
  EXPECT_TRUE(loop_.alive());
  turn_until([&] { return right_ear_.bytes.size() == big.size() + 3; });
  EXPECT_EQ(left_ear_.written, 2);
  EXPECT_EQ(left_.queued_bytes(), 0u);
  EXPECT_EQ(right_ear_.fds.size(), 1u);
  EXPECT_TRUE(right_ear_.bytes.ends_with("xend"));
}

TEST_F(ChannelTest, TheEndComesAfterWhatWasSent) {
  ASSERT_TRUE(left_.write("last", -1).ok());
  left_.close();
  left_.close();
  EXPECT_FALSE(left_.write("x", -1).ok());
  turn_until([&] { return right_ear_.ended; });
  EXPECT_EQ(right_ear_.bytes, "last");
  EXPECT_EQ(right_ear_.end_error.code, 0);
}

TEST_F(ChannelTest, AFailedWriteIsAnErrorAndAQueuedOneAnEnd) {
  right_.close();
  Result<Channel::Sent> sent = left_.write("x", -1);
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.error().code, EPIPE);
}

TEST_F(ChannelTest, MayBeClosedWhileItReads) {
  right_ear_.close_on_read = &right_;
  ASSERT_TRUE(left_.write("one", -1).ok());
  turn_until([&] { return !right_.is_open(); });
  EXPECT_EQ(right_ear_.bytes, "one");
  EXPECT_FALSE(right_ear_.ended);
}

TEST_F(ChannelTest, NothingIsReadUnlessAskedFor) {
  right_.read_stop();
  ASSERT_TRUE(left_.write("later", -1).ok());
  for (int i = 0; i < 3; ++i) loop_.turn(false);
  EXPECT_EQ(right_ear_.bytes, "");
  right_.read_start();
  turn_until([&] { return right_ear_.bytes == "later"; });
}

}  // namespace
}  // namespace node::net
