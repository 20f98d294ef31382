// Streams over socket pairs, and listeners: order of events, back-pressure, half-close, errors,
// lack of descriptors.
#include "net/stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "net/listener.h"

namespace node::net {
namespace {

// Writes down what it is told.
class Recorder : public StreamListener {
 public:
  void on_descriptor(Fd fd) override { descriptors.push_back(std::move(fd)); }
  std::vector<Fd> descriptors;
  explicit Recorder(Loop& loop) : stream(loop, *this) {}
  void on_data(std::span<char> data, char**) override {
    text.append(data.data(), data.size());
    if (close_on_data) stream.close();
  }
  void on_end() override {
    events += "end ";
    if (close_on_end) stream.close();
  }
  void on_connect(Error e) override {
    events += e ? "refused " : "connect ";
    if (e) stream.close();
  }
  void on_drain() override {
    events += "drain ";
    if (close_on_drain) stream.close();
  }
  void on_shutdown(Error) override { events += "shutdown "; }
  void on_error(Error e) override {
    error = e.code;
    events += "error ";
    stream.close();
  }
  void on_close() override { events += "close "; }

  Stream stream;
  std::string text, events;
  int error = 0;
  bool close_on_end = true, close_on_data = false, close_on_drain = false;
};

struct Pair {
  Pair() {
    EXPECT_TRUE(loop.open().ok());
    int fds[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    EXPECT_TRUE(a.stream.open(Fd(fds[0])).ok());
    EXPECT_TRUE(b.stream.open(Fd(fds[1])).ok());
  }
  Loop loop;
  Recorder a{loop}, b{loop};
};

TEST(NetStream, BytesThenEndThenClose) {
  Pair p;
  p.b.stream.read_start();
  EXPECT_TRUE(p.a.stream.write("hello "));
  EXPECT_TRUE(p.a.stream.write("world"));
  EXPECT_EQ(p.a.stream.queued_bytes(), 11u);
  p.a.stream.shutdown();
  p.a.stream.read_start();
  p.loop.run();
  EXPECT_EQ(p.b.text, "hello world");
  EXPECT_EQ(p.b.events, "end close ");
  EXPECT_EQ(p.a.events, "shutdown end close ");
  EXPECT_EQ(p.a.stream.bytes_written(), 11u);
  EXPECT_EQ(p.b.stream.bytes_read(), 11u);
}

TEST(NetStream, BackPressureIsExact) {
  Pair p;
  const std::string big(4 * 1024 * 1024, 'x');
  EXPECT_FALSE(p.a.stream.write(big));
  EXPECT_GT(p.a.stream.queued_bytes(), 0u);
  EXPECT_EQ(p.a.stream.queued_bytes() + p.a.stream.bytes_written(), big.size());
  EXPECT_FALSE(p.a.stream.write("tail"));
  p.a.close_on_drain = true;
  p.b.stream.read_start();
  p.loop.run();
  EXPECT_EQ(p.b.text, big + "tail");
  EXPECT_EQ(p.a.events, "drain close ");
}

TEST(NetStream, WritesToAVanishedPeerFailWithoutASignal) {
  Pair p;
  p.b.stream.close();
  p.loop.run();
  EXPECT_EQ(p.b.events, "close ");
  p.a.stream.write("x");
  p.a.stream.flush();
  p.loop.run();
  EXPECT_EQ(p.a.error, EPIPE);
  EXPECT_EQ(p.a.events, "error close ");
}

TEST(NetStream, CloseIsIdempotentAndMayHappenInsideACallback) {
  Pair p;
  p.b.close_on_data = true;
  p.b.stream.read_start();
  p.a.stream.write("x");
  p.a.stream.flush();
  p.a.stream.close();
  p.a.stream.close();
  p.loop.run();
  EXPECT_EQ(p.a.events, "close ");
  EXPECT_EQ(p.b.events, "close ");
}

TEST(NetStream, WhatWasGatheredLeavesBeforeClose) {
  Pair p;
  p.b.stream.read_start();
  p.a.stream.write("last words");
  p.a.stream.close();
  p.loop.run();
  EXPECT_EQ(p.b.text, "last words");
}

TEST(NetStream, RefusedConnectionIsToldFromTheLoop) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  Recorder r(loop);
  Address nobody;
  ASSERT_TRUE(nobody.set_path("/nonexistent/socket"));
  ASSERT_TRUE(r.stream.connect(nobody, nullptr).ok());
  EXPECT_EQ(r.events, "");
  loop.run();
  EXPECT_EQ(r.events, "refused close ");
}

// ---- Listener ------------------------------------------------------------------------------

struct Acceptor : Listener {
  explicit Acceptor(Loop& loop)
      : Listener(loop, [](Listener* l, int fd) {
          auto* self = static_cast<Acceptor*>(l);
          self->accepted.push_back(fd);
          if (fd >= 0) ::close(fd);
          if (static_cast<int>(self->accepted.size()) == self->wanted) self->close();
        }) {}
  std::vector<int> accepted;
  int wanted = 1;
};

TEST(NetListener, AcceptsAndStops) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  Acceptor server(loop);
  Address any;
  ASSERT_TRUE(any.set_ip("127.0.0.1", 0));
  ASSERT_TRUE(server.listen(any, {}).ok());
  Address bound;
  ASSERT_TRUE(bound.set_local(server.fd()).ok());
  Acceptor second(loop);
  EXPECT_EQ(second.listen(bound, {}).error().code, EADDRINUSE);
  Recorder client(loop);
  ASSERT_TRUE(client.stream.connect(bound, nullptr).ok());
  client.stream.read_start();
  loop.run();
  EXPECT_EQ(client.events, "connect end close ");
  EXPECT_EQ(server.accepted.size(), 1u);
  EXPECT_FALSE(server.listening());
}

TEST(NetListener, RefusesCleanlyWhenDescriptorsRunOut) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  Acceptor server(loop);
  Address any;
  ASSERT_TRUE(any.set_ip("127.0.0.1", 0));
  ASSERT_TRUE(server.listen(any, {}).ok());
  Address bound;
  ASSERT_TRUE(bound.set_local(server.fd()).ok());
  Recorder client(loop);
  ASSERT_TRUE(client.stream.connect(bound, nullptr).ok());
  client.stream.read_start();
  std::vector<Fd> hoard;
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 64;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  for (;;) {
    Fd fd(::open("/dev/null", O_RDONLY));
    if (!fd.valid()) break;
    hoard.push_back(std::move(fd));
  }
  loop.run();
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(server.accepted, std::vector<int>{-1});
  EXPECT_EQ(client.events, "connect end close ");
}

TEST(NetListener, ReplacesADeadPathOnly) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  std::string path = "/tmp/net-test-" + std::to_string(::getpid());
  Address address;
  ASSERT_TRUE(address.set_path(path));
  {
    Fd dead(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(::bind(dead.get(), address.raw(), address.size()), 0);
  }
  Acceptor server(loop);
  ASSERT_TRUE(server.listen(address, {}).ok());
  Acceptor second(loop);
  EXPECT_EQ(second.listen(address, {}).error().code, EADDRINUSE);
  server.close();
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
  Fd file(::open(path.c_str(), O_CREAT | O_WRONLY, 0600));
  EXPECT_EQ(second.listen(address, {}).error().code, EADDRINUSE);
  EXPECT_EQ(::access(path.c_str(), F_OK), 0);
  ::unlink(path.c_str());
}

}  // namespace
}  // namespace node::net
