// Two TLS engines back to back: handshakes, records, ends and failures at any cut of the bytes.
#include "net/tls_engine.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "net/tls_info.h"

namespace node::net {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream in("test/fixtures/tls/" + name);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// An engine with what it has said and got so far.
struct End : TlsDelegate {
  void on_cipher(std::string_view cipher) override { out.append(cipher); }
  void on_secure() override { ++secured; }
  void on_renegotiation() override { ++renegotiations; }
  void on_sent() override { ++sent; }
  void on_session(std::string_view, std::string_view der) override { session = der; }
  void on_hello(const TlsHello& hello) override { hello_name = hello.server_name; }
  void on_certificate(std::string_view name, bool) override {
    asked_name = name;
    if (choose != nullptr) {
      engine.use_context(choose);
      engine.resume_certificate();
    }
  }

  // Takes `cipher` as the network would bring it; what was decrypted is in `plain`.
  void receive(std::string_view cipher) {
    engine.give(cipher);
    pump();
    engine.keep_input();
  }
  void pump() {
    char room[64];  // less than a record
    for (;;) {
      bool was_secure = engine.secure();
      size_t n = engine.read(room);
      if (n == 0 && was_secure == engine.secure()) return;
      plain.append(room, n);
    }
  }

  TlsEngine engine{*this};
  TlsContext* choose = nullptr;
  std::string out, plain, session, hello_name, asked_name;
  int secured = 0, sent = 0, renegotiations = 0;
};

class TlsEngineTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server_context.open(TlsRole::kBoth, 0x303, max_version));
    ASSERT_TRUE(server_context.set_certificate(fixture("server-cert.pem")));
    ASSERT_TRUE(server_context.set_key(fixture("server-key.pem"), nullptr));
    ASSERT_TRUE(client_context.open(TlsRole::kBoth, 0x303, max_version));
    ASSERT_TRUE(client_context.add_authority(fixture("ca-cert.pem")));
    restart();
  }
  void restart() {
    server = std::make_unique<End>();
    client = std::make_unique<End>();
    ASSERT_TRUE(server->engine.open(server_context, true));
    ASSERT_TRUE(client->engine.open(client_context, false));
  }
  // Carries bytes to and fro, `step` at once, until there are none.
  void carry(size_t step) {
    while (!client->out.empty() || !server->out.empty()) {
      move(*client, *server, step);
      move(*server, *client, step);
    }
  }
  static void move(End& from, End& to, size_t step) {
    std::string bytes = std::exchange(from.out, std::string());
    for (size_t at = 0; at < bytes.size(); at += step) {
      to.receive(std::string_view(bytes).substr(at, step));
    }
  }
  void handshake(size_t step = 100'000) {
    client->engine.start();
    carry(step);
  }

  int max_version = 0x304;
  TlsContext server_context, client_context;
  std::unique_ptr<End> server, client;
};

TEST_F(TlsEngineTest, HandshakeAtEveryCut) {
  for (size_t step : {1, 2, 5, 17, 100, 100'000}) {
    restart();
    handshake(step);
    EXPECT_TRUE(client->engine.secure() && server->engine.secure()) << step;
    EXPECT_EQ(client->secured, 1);
    EXPECT_EQ(server->secured, 1);
    EXPECT_EQ(client->engine.verify_result(-1), 0);
    EXPECT_STREQ(tls_version(client->engine), "TLSv1.3");
  }
}

TEST_F(TlsEngineTest, PlainTextArrivesWholeAtEveryCut) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += static_cast<char>('a' + i % 26);
  for (size_t step : {1, 1000, 100'000}) {
    restart();
    handshake();
    EXPECT_TRUE(client->engine.write(text));
    EXPECT_TRUE(server->engine.write("short"));
    carry(step);
    EXPECT_EQ(server->plain, text);
    EXPECT_EQ(client->plain, "short");
    EXPECT_FALSE(server->engine.has_input());
  }
}

TEST_F(TlsEngineTest, WhatIsWrittenEarlyGoesAfterTheHandshake) {
  EXPECT_FALSE(client->engine.write("early"));
  EXPECT_FALSE(client->engine.write(" bird"));
  EXPECT_EQ(client->engine.pending(), 10u);
  client->engine.shutdown();
  handshake();
  EXPECT_EQ(client->sent, 1);
  EXPECT_EQ(server->plain, "early bird");
  EXPECT_TRUE(server->engine.ended());
  EXPECT_FALSE(client->engine.ended());
  // The other direction goes on.
  EXPECT_TRUE(server->engine.write("late"));
  carry(1000);
  EXPECT_EQ(client->plain, "late");
}

TEST_F(TlsEngineTest, AskingForTheCertificatePauses) {
  TlsContext other;
  ASSERT_TRUE(other.open(TlsRole::kBoth, 0x303, 0x304));
  ASSERT_TRUE(other.set_certificate(fixture("named-cert.pem")));
  ASSERT_TRUE(other.set_key(fixture("named-key.pem"), nullptr));
  for (bool at_once : {true, false}) {
    restart();
    server->engine.ask_hello();
    server->engine.ask_certificate();
    client->engine.set_server_name("a.example");
    if (at_once) server->choose = &other;
    client->engine.start();
    carry(100'000);
    EXPECT_EQ(server->hello_name, "a.example");
    EXPECT_TRUE(server->engine.paused());
    EXPECT_FALSE(server->engine.secure());
    server->engine.resume_hello("");
    server->pump();
    EXPECT_EQ(server->asked_name, "a.example");
    if (!at_once) {
      EXPECT_TRUE(server->engine.paused());
      EXPECT_TRUE(server->engine.use_context(&other));
      server->engine.resume_certificate();
      server->pump();
    }
    carry(100'000);
    ASSERT_TRUE(client->engine.secure() && server->engine.secure());
    EXPECT_EQ(tls_peer_chain(client->engine, false)[0], tls_der(other.certificate()));
  }
}

TEST_F(TlsEngineTest, SessionsAreResumed) {
  client->engine.tell_sessions();
  handshake();
  ASSERT_FALSE(client->session.empty());
  EXPECT_FALSE(client->engine.session_reused());
  std::string session = client->session;
  restart();
  EXPECT_FALSE(client->engine.set_session("garbage"));
  EXPECT_TRUE(client->engine.set_session(session));
  handshake();
  EXPECT_TRUE(client->engine.session_reused());
  // Other keys: the ticket is good for nothing.
  EXPECT_TRUE(server_context.set_ticket_keys(std::string(TlsContext::kTicketKeyBytes, 'x')));
  restart();
  EXPECT_TRUE(client->engine.set_session(session));
  handshake();
  EXPECT_TRUE(client->engine.secure());
  EXPECT_FALSE(client->engine.session_reused());
}

TEST_F(TlsEngineTest, AlpnTakesTheServersChoice) {
  client->engine.set_alpn("\x02h2\x08http/1.1");
  server->engine.set_alpn("\x08http/1.1\x02h2");
  handshake();
  EXPECT_EQ(client->engine.alpn(), "http/1.1");
  EXPECT_EQ(server->engine.alpn(), "http/1.1");
}

TEST_F(TlsEngineTest, GarbageFailsWithItsReason) {
  server->receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(server->engine.failed());
  TlsError error = server->engine.take_error();
  EXPECT_EQ(error.code, "ERR_SSL_HTTP_REQUEST");
  EXPECT_NE(error.report.find("http request"), std::string::npos);
  EXPECT_FALSE(server->engine.write("x"));
}

TEST_F(TlsEngineTest, AChangedRecordFails) {
  handshake();
  client->engine.write("something");
  client->out[client->out.size() - 3] ^= 1;
  carry(1000);
  EXPECT_TRUE(server->engine.failed());
  EXPECT_EQ(server->engine.take_error().reason, "decryption failed or bad record mac");
  EXPECT_EQ(server->plain, "");
}

TEST_F(TlsEngineTest, CertificatesAreRequiredAndLookedAt) {
  ASSERT_TRUE(server_context.add_authority(fixture("other-ca-cert.pem")));
  server->engine.verify_peer(server_context, true);
  handshake();
  EXPECT_TRUE(server->engine.failed());
  EXPECT_EQ(server->engine.take_error().reason, "peer did not return a certificate");

  ASSERT_TRUE(client_context.set_certificate(fixture("client-cert.pem")));
  ASSERT_TRUE(client_context.set_key(fixture("client-key.pem"), nullptr));
  restart();
  server->engine.verify_peer(server_context, true);
  handshake();
  EXPECT_TRUE(server->engine.secure());
  EXPECT_STREQ(tls_verify_code(server->engine.verify_result(-1)), "SELF_SIGNED_CERT_IN_CHAIN");
}

TEST_F(TlsEngineTest, KeysAreReadWithTheirPassphrase) {
  std::string pem = fixture("client-key-encrypted.pem");
  std::string_view wrong = "wrong", right = "secret";
  TlsContext context;
  ASSERT_TRUE(context.open(TlsRole::kBoth, 0, 0));
  EXPECT_FALSE(context.set_key(pem, nullptr));
  EXPECT_FALSE(context.set_key(pem, &wrong));
  EXPECT_NE(take_tls_error().report.find("bad decrypt"), std::string::npos);
  EXPECT_TRUE(context.set_key(pem, &right));
  EXPECT_FALSE(context.load_pfx(fixture("client.pfx"), &wrong));
  take_tls_error();
  EXPECT_TRUE(context.load_pfx(fixture("client.pfx"), &right));
  EXPECT_NE(context.issuer(), nullptr);
  EXPECT_FALSE(context.set_certificate("nonsense"));
  EXPECT_EQ(take_tls_error().code, "ERR_OSSL_PEM_NO_START_LINE");
}

TEST_F(TlsEngineTest, ClosingWithinAReport) {
  struct Closer : End {
    void on_secure() override { engine.close(); }
  } closer;
  ASSERT_TRUE(closer.engine.open(server_context, true));
  client->engine.start();
  while (!client->out.empty() || !closer.out.empty()) {
    move(*client, closer, 1000);
    move(closer, *client, 1000);
  }
  EXPECT_FALSE(closer.engine.is_open());
  EXPECT_FALSE(closer.engine.write("x"));
}

class TlsEngine12Test : public TlsEngineTest {
 protected:
  TlsEngine12Test() { max_version = 0x303; }
};

TEST_F(TlsEngine12Test, RenegotiationIsToldAndMayBeForbidden) {
  handshake(7);
  EXPECT_STREQ(tls_version(client->engine), "TLSv1.2");
  EXPECT_TRUE(client->engine.renegotiate());
  carry(7);
  EXPECT_EQ(server->renegotiations, 1);
  EXPECT_EQ(server->secured, 2);
  EXPECT_EQ(client->secured, 2);
  server->engine.forbid_renegotiation();
  client->engine.renegotiate();
  carry(1000);
  EXPECT_EQ(server->renegotiations, 1);
  EXPECT_EQ(server->secured, 2);
  EXPECT_EQ(client->engine.take_error().reason, "no renegotiation");
}

TEST_F(TlsEngine12Test, SessionsOfTheProgramAreResumedByTheirIds) {
  server_context.set_options(0x4000);  // SSL_OP_NO_TICKET
  restart();
  server->engine.tell_sessions();
  client->engine.tell_sessions();
  handshake();
  std::string stored = server->session, session = client->session;
  ASSERT_FALSE(stored.empty());
  restart();
  client->engine.set_session(session);
  server->engine.ask_hello();
  client->engine.start();
  carry(1000);
  EXPECT_TRUE(server->engine.paused());
  server->engine.resume_hello(stored);
  server->pump();
  carry(1000);
  EXPECT_TRUE(server->engine.session_reused() && client->engine.session_reused());
}

}  // namespace
}  // namespace node::net
