// What peers may send to a TLS engine: any bytes, in any pieces, before and after a handshake.
#include "net/tls_engine.h"

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace node::net {
namespace {

struct End : TlsDelegate {
  void on_cipher(std::string_view cipher) override { out.append(cipher); }
  void on_secure() override {}
  void receive(std::string_view cipher) {
    engine.give(cipher);
    char room[512];
    for (;;) {
      bool was_secure = engine.secure();
      if (engine.read(room) == 0 && was_secure == engine.secure()) break;
    }
    engine.keep_input();
  }
  TlsEngine engine{*this};
  std::string out;
};

std::string fixture(const char* name) {
  std::ifstream in(std::string("test/fixtures/tls/") + name);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Contexts {
  Contexts() {
    server.open(TlsRole::kBoth, 0x303, 0x304);
    server.set_certificate(fixture("server-cert.pem"));
    server.set_key(fixture("server-key.pem"), nullptr);
    client.open(TlsRole::kBoth, 0x303, 0x304);
  }
  TlsContext server, client;
};

void carry(End& client, End& server) {
  while (!client.out.empty() || !server.out.empty()) {
    server.receive(std::exchange(client.out, std::string()));
    client.receive(std::exchange(server.out, std::string()));
  }
}

}  // namespace
}  // namespace node::net

// The first byte says who gets the rest, whether after a handshake, and in how large pieces.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace node::net;
  static Contexts contexts;
  if (size < 1) return 0;
  End client, server;
  if (!server.engine.open(contexts.server, true) || !client.engine.open(contexts.client, false)) {
    return 0;
  }
  server.engine.ask_hello();
  server.engine.ask_certificate();
  client.engine.start();
  if ((data[0] & 1) != 0) {
    server.engine.resume_hello("");
    server.engine.resume_certificate();
    carry(client, server);
  }
  End& target = (data[0] & 2) != 0 ? client : server;
  size_t step = 1 + (data[0] >> 2);
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (size_t at = 0; at < bytes.size(); at += step) {
    target.receive(bytes.substr(at, step));
    if (target.engine.paused()) {
      target.engine.resume_hello("");
      target.engine.resume_certificate();
    }
  }
  target.engine.write("answer");
  target.engine.shutdown();
  return 0;
}
