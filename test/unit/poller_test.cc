// What every readiness backend promises in poll/poller.h. Linked once with each of them.
#include "poll/poller.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/base/fd.h"

namespace node::poll {
namespace {

struct Pair {
  Fd a, b;
};

Pair stream_pair() {
  int fds[2];
  CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0);
  return {Fd(fds[0]), Fd(fds[1])};
}

// `a` reads what is written to `b`.
Pair make_pipe() {
  int fds[2];
  CHECK(::pipe2(fds, O_NONBLOCK | O_CLOEXEC) == 0);
  return {Fd(fds[0]), Fd(fds[1])};
}

void put(const Fd& fd, const char* text = "x") {
  CHECK(::write(fd.get(), text, strlen(text)) == static_cast<ssize_t>(strlen(text)));
}

void fill(const Fd& fd) {
  char block[4096] = {};
  while (::write(fd.get(), block, sizeof block) > 0) continue;
}

void drain(const Fd& fd) {
  char block[4096];
  while (::read(fd.get(), block, sizeof block) > 0) continue;
}

double now_ms() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

class PollerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(poller_.open().ok()); }

  void change(int fd, uint8_t had, uint8_t want) {
    Change one = {fd, had, want};
    poller_.apply({&one, 1});
  }

  // What the next wait() says of `fd`, at most `want`: backends may tell more than was asked for.
  uint8_t ready(int fd, uint8_t want, int timeout_ms = 0) {
    uint8_t found = kNone;
    int entries = 0;
    for (const Ready& r : poller_.wait(timeout_ms)) {
      if (r.fd != fd) continue;
      ++entries;
      found = r.what & want;
    }
    EXPECT_LE(entries, 1) << "descriptor " << fd << " stands more than once in one answer";
    return found;
  }

  Poller poller_;
};

constexpr uint8_t kBoth = kReadable | kWritable;

TEST_F(PollerTest, HasAName) {
  std::string name = Poller::name();
  EXPECT_FALSE(name.empty());
  EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos) << name;
}

TEST_F(PollerTest, LimitCoversOrdinaryDescriptors) { EXPECT_GE(poller_.limit(), 1024); }

// The last one that limit() allows, as far as the process may open it.
TEST_F(PollerTest, LargestDescriptor) {
  rlimit allowed = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &allowed), 0);
  int most = static_cast<int>(std::min<rlim_t>(allowed.rlim_cur, 20000));
  Pair p = stream_pair();
  Fd last(::fcntl(p.a.get(), F_DUPFD_CLOEXEC, std::min(poller_.limit(), most) - 1));
  ASSERT_TRUE(last.valid());
  change(last.get(), kNone, kReadable);
  EXPECT_EQ(ready(last.get(), kReadable), kNone);
  put(p.b);
  EXPECT_EQ(ready(last.get(), kReadable, 1000), kReadable);
  change(last.get(), kReadable, kNone);
}

TEST_F(PollerTest, NothingWatchedReturnsAtOnce) { EXPECT_TRUE(poller_.wait(0).empty()); }

TEST_F(PollerTest, SleepsTheWholeTimeout) {
  double before = now_ms();
  EXPECT_TRUE(poller_.wait(30).empty());
  EXPECT_GE(now_ms() - before, 30);
}

TEST_F(PollerTest, ReadableWhenBytesCome) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  EXPECT_EQ(ready(p.a.get(), kReadable), kNone);
  put(p.b);
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, LevelTriggered) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  put(p.b);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  drain(p.a);
  EXPECT_EQ(ready(p.a.get(), kReadable), kNone);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, WritableUntilFull) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kWritable);
  EXPECT_EQ(ready(p.a.get(), kWritable, 1000), kWritable);
  fill(p.a);
  EXPECT_EQ(ready(p.a.get(), kWritable), kNone);
  drain(p.b);
  EXPECT_EQ(ready(p.a.get(), kWritable, 1000), kWritable);
  change(p.a.get(), kWritable, kNone);
}

TEST_F(PollerTest, BothWaysMakeOneEntry) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kBoth);
  put(p.b);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kNone);
}

TEST_F(PollerTest, InterestChanges) {
  Pair p = stream_pair();
  put(p.b);
  change(p.a.get(), kNone, kReadable);
  change(p.a.get(), kReadable, kBoth);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kWritable);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kWritable);
  change(p.a.get(), kWritable, kReadable);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kReadable);
  drain(p.a);
  EXPECT_EQ(ready(p.a.get(), kBoth), kNone);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, RemovedIsNotReported) {
  Pair p = stream_pair();
  put(p.b);
  change(p.a.get(), kNone, kBoth);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kNone);
  EXPECT_TRUE(poller_.wait(0).empty());
}

TEST_F(PollerTest, AddedAndRemovedBeforeAnyWait) {
  Pair p = stream_pair();
  put(p.b);
  change(p.a.get(), kNone, kBoth);
  change(p.a.get(), kBoth, kNone);
  EXPECT_TRUE(poller_.wait(0).empty());
}

TEST_F(PollerTest, ManyChangesInOneBatch) {
  std::vector<Pair> pairs;
  std::vector<Change> changes;
  for (int i = 0; i < 100; ++i) {
    pairs.push_back(stream_pair());
    changes.push_back({pairs.back().a.get(), kNone, kReadable});
  }
  poller_.apply(changes);
  for (int i = 0; i < 100; i += 2) put(pairs[static_cast<size_t>(i)].b);
  std::vector<int> found;
  for (const Ready& r : poller_.wait(1000)) found.push_back(r.fd);
  std::sort(found.begin(), found.end());
  std::vector<int> expected;
  for (size_t i = 0; i < 100; i += 2) expected.push_back(pairs[i].a.get());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);
  for (Change& c : changes) c = {c.fd, kReadable, kNone};
  poller_.apply(changes);
  EXPECT_TRUE(poller_.wait(0).empty());
}

// More descriptors ready at once than an answer may have room for: none starves.
TEST_F(PollerTest, NobodyStarves) {
  std::vector<Fd> copies;
  Pair p = stream_pair();
  put(p.b);
  size_t count = std::min(1500, poller_.limit() - 64);
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  count = std::min<size_t>(count, limit.rlim_cur - 64);
  std::vector<Change> changes;
  for (size_t i = 0; i < count; ++i) {
    copies.emplace_back(::fcntl(p.a.get(), F_DUPFD_CLOEXEC, 0));
    ASSERT_TRUE(copies.back().valid());
    changes.push_back({copies.back().get(), kNone, kBoth});
  }
  poller_.apply(changes);
  std::vector<bool> seen(static_cast<size_t>(copies.back().get()) + 1);
  size_t found = 0;
  for (int turn = 0; turn < 20; ++turn) {
    for (const Ready& r : poller_.wait(0)) {
      if (!seen[static_cast<size_t>(r.fd)]) ++found;
      seen[static_cast<size_t>(r.fd)] = true;
    }
  }
  EXPECT_EQ(found, count);
  for (Change& c : changes) c = {c.fd, kBoth, kNone};
  poller_.apply(changes);
}

TEST_F(PollerTest, EndOfStreamIsReadable) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  ::shutdown(p.b.get(), SHUT_WR);
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
}

// Half-close leaves the other direction alone: a full buffer is not called writable.
TEST_F(PollerTest, HalfCloseIsNotWritable) {
  Pair p = stream_pair();
  fill(p.a);
  change(p.a.get(), kNone, kBoth);
  ::shutdown(p.b.get(), SHUT_WR);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kReadable);
  change(p.a.get(), kBoth, kNone);
}

// The end of the stream is not the end of what it brought: kqueue(2) flags it long before.
TEST_F(PollerTest, EndOfStreamWithDataLeft) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  put(p.b, "four");
  p.b.reset();
  char byte;
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
    ASSERT_EQ(::read(p.a.get(), &byte, 1), 1);
  }
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  EXPECT_EQ(::read(p.a.get(), &byte, 1), 0);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, HangUpIsBoth) {
  Pair p = stream_pair();
  fill(p.a);
  change(p.a.get(), kNone, kBoth);
  p.b.reset();
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kNone);
}

TEST_F(PollerTest, PipeWithoutWritersIsReadable) {
  Pair p = make_pipe();
  change(p.a.get(), kNone, kReadable);
  p.b.reset();
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, PipeWithoutReadersIsWritable) {
  Pair p = make_pipe();
  fill(p.b);
  change(p.b.get(), kNone, kWritable);
  EXPECT_EQ(ready(p.b.get(), kWritable), kNone);
  p.a.reset();
  EXPECT_EQ(ready(p.b.get(), kWritable, 1000), kWritable);
  change(p.b.get(), kWritable, kNone);
}

TEST_F(PollerTest, RefusedConnectionIsWritable) {
  // A port that nobody listens on: bound, so that nobody else gets it, and not listening.
  Fd holder(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  sockaddr* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(holder.get(), generic, size), 0);
  ASSERT_EQ(::getsockname(holder.get(), generic, &size), 0);
  Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::connect(client.get(), generic, size), -1);
  change(client.get(), kNone, kWritable);
  EXPECT_EQ(ready(client.get(), kWritable, 1000), kWritable);
  change(client.get(), kWritable, kNone);
}

TEST_F(PollerTest, ListenerIsReadable) {
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  sockaddr* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(listener.get(), generic, size), 0);
  ASSERT_EQ(::listen(listener.get(), 8), 0);
  ASSERT_EQ(::getsockname(listener.get(), generic, &size), 0);
  change(listener.get(), kNone, kReadable);
  EXPECT_EQ(ready(listener.get(), kReadable), kNone);
  Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::connect(client.get(), generic, size), 0);
  EXPECT_EQ(ready(listener.get(), kReadable, 1000), kReadable);
  change(listener.get(), kReadable, kNone);
}

// The number goes to a new owner, of which nothing was said: removal reached the kernel at once.
TEST_F(PollerTest, ClosedAndReopened) {
  Pair first = stream_pair();
  Pair second = stream_pair();
  put(first.b);
  put(second.b);
  int fd = first.a.get();
  change(fd, kNone, kBoth);
  EXPECT_EQ(ready(fd, kBoth, 1000), kBoth);
  change(fd, kBoth, kNone);
  first.a.reset();
  Fd again(::fcntl(second.a.get(), F_DUPFD_CLOEXEC, fd));
  ASSERT_EQ(again.get(), fd);
  EXPECT_TRUE(poller_.wait(0).empty());
  change(fd, kNone, kReadable);
  EXPECT_EQ(ready(fd, kBoth, 1000) & kReadable, kReadable);
  drain(again);
  EXPECT_EQ(ready(fd, kReadable), kNone);
  change(fd, kReadable, kNone);
}

// Removed while a copy of it stays open: the kernel must not report for the copy.
TEST_F(PollerTest, RemovedWhileACopyIsOpen) {
  Pair p = stream_pair();
  Fd copy(::dup(p.a.get()));
  put(p.b);
  change(p.a.get(), kNone, kBoth);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kNone);
  p.a.reset();
  EXPECT_TRUE(poller_.wait(0).empty());
}

// Whatever the kernel says of a file, the loop must hear that it may read and write.
TEST_F(PollerTest, RegularFileIsReadyBothWays) {
  char path[] = "/tmp/node-poller-XXXXXX";
  Fd file(::mkstemp(path));
  ASSERT_TRUE(file.valid());
  ::unlink(path);
  change(file.get(), kNone, kBoth);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ready(file.get(), kBoth, 1000), kBoth);
  change(file.get(), kBoth, kReadable);
  EXPECT_EQ(ready(file.get(), kReadable, 1000), kReadable);
  change(file.get(), kReadable, kNone);
  EXPECT_TRUE(poller_.wait(0).empty());
}

TEST_F(PollerTest, ClosedDescriptorIsReportedReadyBothWays) {
  Pair p = stream_pair();
  Pair other = stream_pair();
  int fd = p.a.get();
  p.a.reset();
  change(fd, kNone, kBoth);
  change(other.a.get(), kNone, kReadable);
  EXPECT_EQ(ready(fd, kBoth, 1000), kBoth);
  // One bad descriptor does not hide a good one for long.
  put(other.b);
  change(fd, kBoth, kNone);
  EXPECT_EQ(ready(other.a.get(), kReadable, 1000), kReadable);
  change(other.a.get(), kReadable, kNone);
}

// A list of changes some of which the kernel refuses: the others count all the same.
TEST_F(PollerTest, BadChangesAmongGoodOnes) {
  std::vector<Pair> pairs;
  std::vector<Change> changes;
  for (int i = 0; i < 20; ++i) {
    pairs.push_back(stream_pair());
    put(pairs.back().b);
    changes.push_back({pairs.back().a.get(), kNone, kReadable});
  }
  for (size_t i = 0; i < 20; i += 3) pairs[i].a.reset();
  poller_.apply(changes);
  std::vector<uint8_t> found(static_cast<size_t>(poller_.limit() > 4096 ? 4096 : poller_.limit()));
  for (int turn = 0; turn < 3; ++turn) {
    for (const Ready& r : poller_.wait(0)) found[static_cast<size_t>(r.fd)] |= r.what;
    // Who hears that a descriptor is bad gives it up; select(2) tells of nothing else before.
    for (size_t i = 0; i < 20; i += 3) change(changes[i].fd, kReadable, kNone);
  }
  for (size_t i = 0; i < 20; ++i) {
    uint8_t want = kReadable;
    if (i % 3 == 0) want = kBoth;
    EXPECT_EQ(found[static_cast<size_t>(changes[i].fd)] & want, want) << "descriptor " << i;
  }
  for (Change& c : changes) c = {c.fd, kReadable, kNone};
  poller_.apply(changes);
  EXPECT_TRUE(poller_.wait(0).empty());
}

// close(2) before removal breaks the contract, but only for its own descriptor: what it leaves
// behind goes with the removal (an entry in /dev/poll, ENOENT or EBADF from the others).
TEST_F(PollerTest, ClosedBeforeItIsRemoved) {
  Pair p = stream_pair();
  Pair other = stream_pair();
  put(p.b);
  int fd = p.a.get();
  change(fd, kNone, kBoth);
  EXPECT_EQ(ready(fd, kBoth, 1000), kBoth);
  p.a.reset();
  change(fd, kBoth, kNone);
  EXPECT_TRUE(poller_.wait(0).empty());
  Fd again(::fcntl(other.a.get(), F_DUPFD_CLOEXEC, fd));
  ASSERT_EQ(again.get(), fd);
  EXPECT_TRUE(poller_.wait(0).empty());
  put(other.b);
  change(fd, kNone, kReadable);
  EXPECT_EQ(ready(fd, kReadable, 1000), kReadable);
  change(fd, kReadable, kNone);
}

// Interest that changes between two answers, and back: event ports report once and must be asked
// again, for what is wanted by then.
TEST_F(PollerTest, InterestChangesAfterAReport) {
  Pair p = stream_pair();
  put(p.b);
  change(p.a.get(), kNone, kBoth);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kBoth);
  change(p.a.get(), kBoth, kWritable);
  change(p.a.get(), kWritable, kReadable);
  EXPECT_EQ(ready(p.a.get(), kBoth, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
  change(p.a.get(), kNone, kReadable);
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
  EXPECT_TRUE(poller_.wait(0).empty());
}

// Systems tie the size of a list to the number of descriptors a process may have: /dev/poll answers
// EINVAL to a longer one.
TEST_F(PollerTest, FewDescriptorsAllowed) {
  Pair p = stream_pair();
  put(p.b);
  std::vector<Fd> copies;
  std::vector<Change> changes;
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = {150, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int fd; (fd = ::fcntl(p.a.get(), F_DUPFD_CLOEXEC, 0)) >= 0;) {
    copies.emplace_back(fd);
    changes.push_back({fd, kNone, kWritable});
  }
  poller_.apply(changes);
  for (Change& c : changes) c = {c.fd, kWritable, kReadable};  // /dev/poll: two entries each
  poller_.apply(changes);
  std::set<int> found;
  for (int turn = 0; turn < 10; ++turn) {
    for (const Ready& r : poller_.wait(0)) found.insert(r.fd);
  }
  EXPECT_EQ(found.size(), copies.size());
  EXPECT_GT(found.size(), 100u);
  setrlimit(RLIMIT_NOFILE, &before);
  for (Change& c : changes) c = {c.fd, kReadable, kNone};
  poller_.apply(changes);
}

TEST_F(PollerTest, WakesFromItsSleep) {
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  std::thread writer([&] {
    ::usleep(20000);
    put(p.b);
  });
  EXPECT_EQ(ready(p.a.get(), kReadable, -1), kReadable);
  writer.join();
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, SignalIsAnEmptyAnswer) {
  struct sigaction action = {}, before;
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, &before);
  Pair p = stream_pair();
  change(p.a.get(), kNone, kReadable);
  pthread_t sleeper = pthread_self();
  std::thread sender([&] {
    ::usleep(50000);
    pthread_kill(sleeper, SIGUSR1);
  });
  EXPECT_TRUE(poller_.wait(5000).empty());
  sender.join();
  sigaction(SIGUSR1, &before, nullptr);
  change(p.a.get(), kReadable, kNone);
}

TEST_F(PollerTest, TwoPollersDoNotMeet) {
  Poller second;
  ASSERT_TRUE(second.open().ok());
  Pair p = stream_pair();
  put(p.b);
  change(p.a.get(), kNone, kReadable);
  EXPECT_TRUE(second.wait(0).empty());
  EXPECT_EQ(ready(p.a.get(), kReadable, 1000), kReadable);
  change(p.a.get(), kReadable, kNone);
}

}  // namespace
}  // namespace node::poll
