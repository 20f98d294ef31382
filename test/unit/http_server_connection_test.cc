// Server connections over a socket pair: order, pipelining, framing, back-pressure, timeouts, ends.
#include "http/server_connection.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <functional>
#include <string>

namespace node::http {
namespace {

class ServerConnectionTest : public ::testing::Test, public ServerDelegate {
 protected:
  void SetUp() override {
    ASSERT_TRUE(loop_.open().ok());
    hub_ = std::make_unique<ServerHub>(loop_, *this);
    group_ = hub_->open_group(0);
    int fds[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
    peer_ = Fd(fds[0]);
    connection_ = hub_->adopt(*group_, fds[1]);
    ASSERT_NE(connection_, nullptr);
    number_ = connection_->number();
  }

  void send(std::string_view bytes) {
    ASSERT_EQ(::send(peer_.get(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
  }
  void turns(int count = 3) {
    for (int i = 0; i < count; ++i) loop_.turn(false);
  }
  std::string receive() {
    std::string all;
    char bytes[65536];
    ssize_t n;
    while ((n = ::recv(peer_.get(), bytes, sizeof bytes, 0)) > 0)
      all.append(bytes, static_cast<size_t>(n));
    closed_ = n == 0;
    return all;
  }
  std::string exchange(std::string_view bytes) {
    send(bytes);
    turns();
    return receive();
  }
  // Runs turns until `done` or two seconds are over.
  void run_until(const std::function<bool()>& done) {
    loop_.update_now();
    uint64_t end = loop_.now_ms() + 2000;
    while (!done() && loop_.now_ms() < end) loop_.turn(true);
    EXPECT_TRUE(done());
  }

  void on_request(ServerConnection& connection, const Message& message) override {
    log_ +=
        "[" + std::string(method_name(message.method)) + " " + std::string(message.target) + "]";
    if (answer_) answer_(connection, message);
  }
  void on_body(ServerConnection&, std::string_view bytes) override { log_ += bytes; }
  void on_body_end(ServerConnection& connection, std::string_view trailers) override {
    log_ += "<end" + std::string(trailers) + ">";
    if (at_end_) at_end_(connection);
  }
  void on_drained(ServerConnection& connection) override {
    log_ += "<drained>";
    if (at_drain_) at_drain_(connection);
  }
  void on_refused(ServerConnection& connection, ParseError error) override {
    log_ += std::string("<refused ") + error_code(error) + ">";
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.close_soon();
  }
  void on_too_slow(ServerConnection& connection) override {
    log_ += "<slow>";
    connection.close_soon();
  }
  void on_inactive(ServerConnection& connection) override {
    log_ += "<inactive>";
    connection.kill({});
  }
  void on_peer_ended(ServerConnection& connection) override {
    log_ += "<peer ended>";
    connection.close_soon();
  }
  void on_gone(ServerConnection&, Error error) override {
    log_ += error ? "<gone with error>" : "<gone>";
    gone_ = true;
  }

  static void ok(ServerConnection& connection, const Message& message) {
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    connection.end_response(!message.keep_alive);
  }

  Loop loop_;
  std::unique_ptr<ServerHub> hub_;
  ServerGroup* group_ = nullptr;
  ServerConnection* connection_ = nullptr;
  uint32_t number_ = 0;
  Fd peer_;
  std::string log_;
  std::function<void(ServerConnection&, const Message&)> answer_;
  std::function<void(ServerConnection&)> at_end_;
  std::function<void(ServerConnection&)> at_drain_;
  bool gone_ = false;
  bool closed_ = false;
};

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const char* const kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(ServerConnectionTest, AnswersAndStays) {
  answer_ = ok;
  EXPECT_EQ(exchange(kGet), kOk);
  EXPECT_EQ(exchange(kGet), kOk);
  EXPECT_FALSE(closed_);
  EXPECT_EQ(log_, "[GET /][GET /]");
}

TEST_F(ServerConnectionTest, PipelinedAnswersKeepTheirOrder) {
  answer_ = ok;
  EXPECT_EQ(exchange("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n"),
            kOk + kOk + kOk);
  EXPECT_EQ(log_, "[GET /1][GET /2][GET /3]");
}

TEST_F(ServerConnectionTest, NextRequestWaitsForALateAnswer) {
  EXPECT_EQ(exchange("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"), "");
  EXPECT_EQ(log_, "[GET /1]");
  connection_->write("one");
  connection_->end_response(false);
  turns();
  EXPECT_EQ(receive(), "one");
  EXPECT_EQ(log_, "[GET /1][GET /2]");
}

TEST_F(ServerConnectionTest, BodyComesWhenItIsWanted) {
  send("POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc");
  turns();
  EXPECT_EQ(log_, "[POST /]");
  connection_->want_body(true);
  turns();
  EXPECT_EQ(log_, "[POST /]abc");
  at_end_ = [](ServerConnection& c) {
    c.write("done");
    c.end_response(false);
  };
  EXPECT_EQ(exchange("def"), "done");
  EXPECT_EQ(log_, "[POST /]abcdef<end>");
}

TEST_F(ServerConnectionTest, TrailersComeWithTheEnd) {
  answer_ = [](ServerConnection& c, const Message&) { c.want_body(true); };
  exchange("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX: y\r\n\r\n");
  EXPECT_EQ(log_, "[POST /]ab<endX: y\r\n\r\n>");
}

TEST_F(ServerConnectionTest, UnreadBodyIsThrownAwayAfterTheAnswer) {
  answer_ = ok;
  std::string post = "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\n";
  EXPECT_EQ(exchange(post + "abcdef" + kGet), kOk + kOk);
  EXPECT_EQ(log_, "[POST /]<end>[GET /]");
}

TEST_F(ServerConnectionTest, StopsReadingWhileTheBodyIsNotWanted) {
  send("POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n");
  std::string piece(64 * 1024, 'x');
  size_t sent = 0;
  for (int i = 0; i < 200; ++i) {
    ssize_t n = ::send(peer_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (n > 0) sent += static_cast<size_t>(n);
    turns(1);
  }
  EXPECT_LT(sent, 4u * 1024 * 1024);
}

TEST_F(ServerConnectionTest, ClosesAfterTheAnswerWhenAsked) {
  answer_ = ok;
  EXPECT_EQ(exchange("GET / HTTP/1.0\r\n\r\n"), kOk);
  EXPECT_TRUE(closed_);
  EXPECT_EQ(log_, "[GET /]<gone>");
  EXPECT_EQ(hub_->find(number_), nullptr);
}

TEST_F(ServerConnectionTest, RefusesGarbage) {
  EXPECT_EQ(exchange("garbage\r\n"), "HTTP/1.1 400 Bad Request\r\n\r\n");
  EXPECT_TRUE(closed_);
  EXPECT_EQ(log_, "<refused HPE_INVALID_METHOD>");
  peer_.reset();
  turns();
  EXPECT_TRUE(gone_);
}

TEST_F(ServerConnectionTest, TellsThatThePeerEndedDuringARequest) {
  send(kGet);
  turns();
  ::shutdown(peer_.get(), SHUT_WR);
  turns();
  EXPECT_EQ(log_, "[GET /]<peer ended><gone>");
}

TEST_F(ServerConnectionTest, IdlePeerMayLeave) {
  answer_ = ok;
  exchange(kGet);
  peer_.reset();
  turns();
  EXPECT_EQ(log_, "[GET /]<gone>");
}

TEST_F(ServerConnectionTest, EndInTheMiddleOfAHeadIsRefused) {
  send("GET / HT");
  turns();
  ::shutdown(peer_.get(), SHUT_WR);
  turns();
  EXPECT_EQ(log_, "<refused HPE_INVALID_EOF_STATE><gone>");
}

TEST_F(ServerConnectionTest, LargeAnswersAreBlockedAndDrained) {
  std::string large(8 * 1024 * 1024, 'z');
  bool was_ok = true;
  answer_ = [&](ServerConnection& c, const Message&) {
    c.write("head ");
    c.write(large);
    was_ok = c.ok();
    c.end_response(false);
  };
  send(kGet);
  send(kGet);
  std::string got;
  for (int i = 0; i < 2000 && got.size() < 2 * (large.size() + 5); ++i) {
    turns(1);
    got += receive();
  }
  EXPECT_FALSE(was_ok);
  EXPECT_TRUE(got == "head " + large + "head " + large);
  turns();
  EXPECT_EQ(log_, "[GET /]<drained>[GET /]<drained>");
}

TEST_F(ServerConnectionTest, ChunksSmallAndLarge) {
  answer_ = [](ServerConnection& c, const Message&) {
    c.write_chunk("hello");
    c.write_chunk(std::string(20000, 'x'));
    c.write(kLastChunk);
    c.end_response(false);
  };
  EXPECT_EQ(exchange(kGet), "5\r\nhello\r\n4e20\r\n" + std::string(20000, 'x') + "\r\n0\r\n\r\n");
}

TEST_F(ServerConnectionTest, WritesOfOneTurnLeaveTogether) {
  send(kGet);
  turns();
  connection_->write("a");
  connection_->write("b");
  EXPECT_EQ(receive(), "");
  turns(1);
  EXPECT_EQ(receive(), "ab");
}

TEST_F(ServerConnectionTest, KillFromWithinARequest) {
  answer_ = [](ServerConnection& c, const Message&) { c.kill({}); };
  EXPECT_EQ(exchange(std::string(kGet) + kGet), "");
  EXPECT_TRUE(closed_);
  EXPECT_EQ(log_, "[GET /]<gone>");
}

TEST_F(ServerConnectionTest, DetachGivesTheDescriptorAndTheRest) {
  std::vector<char> rest;
  Fd fd;
  answer_ = [&](ServerConnection& c, const Message&) { fd = c.detach(&rest); };
  exchange("GET / HTTP/1.1\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nrest");
  EXPECT_EQ(std::string(rest.begin(), rest.end()), "rest");
  ASSERT_TRUE(fd.valid());
  EXPECT_EQ(::send(fd.get(), "raw", 3, 0), 3);
  EXPECT_EQ(receive(), "raw");
  EXPECT_EQ(log_, "[GET /]");
  EXPECT_EQ(group_->connections, 0u);
}

TEST_F(ServerConnectionTest, IdleConnectionsAreClosedInTime) {
  group_->settings.keep_alive_timeout_ms = 20;
  group_->settings.head_timeout_ms = 0;
  hub_->settings_changed();
  answer_ = ok;
  exchange(kGet);
  run_until([this] { return gone_; });
  EXPECT_EQ(log_, "[GET /]<gone>");
}

TEST_F(ServerConnectionTest, SlowHeadsAreTold) {
  group_->settings.head_timeout_ms = 20;
  hub_->settings_changed();
  send("GET / HT");
  run_until([this] { return log_ == "<slow>"; });
}

TEST_F(ServerConnectionTest, SlowBodiesAreTold) {
  group_->settings.head_timeout_ms = 20;
  group_->settings.request_timeout_ms = 40;
  hub_->settings_changed();
  answer_ = [](ServerConnection& c, const Message&) { c.want_body(true); };
  send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\na");
  run_until([this] { return log_ == "[POST /]a<slow>"; });
}

TEST_F(ServerConnectionTest, InactivityIsTold) {
  group_->settings.inactivity_timeout_ms = 20;
  hub_->settings_changed();
  send(kGet);
  run_until([this] { return gone_; });
  EXPECT_EQ(log_, "[GET /]<inactive><gone>");
}

TEST_F(ServerConnectionTest, ClosesIdleOnesOnly) {
  answer_ = ok;
  exchange(kGet);
  hub_->close_connections(*group_, true);
  turns();
  EXPECT_TRUE(gone_);
}

TEST_F(ServerConnectionTest, CellIsSmall) { EXPECT_LE(sizeof(ServerConnection), 320u); }

}  // namespace
}  // namespace node::http
