// TLS for HTTP's server connections.
#pragma once

#include <string>

#include "http/secure_layer.h"
#include "net/tls_engine.h"

namespace node::http {

class TlsLayer final : public SecureLayer, private net::TlsDelegate {
 public:
  explicit TlsLayer(std::vector<char>* out) : engine_(*this), out_(out) {}
  // `alpn`: the protocols that are spoken (RFC 7301's list), or empty.
  bool open(net::TlsContext& context, std::string_view alpn);
  net::TlsEngine& engine() { return engine_; }

  void give(std::string_view cipher) override { engine_.give(cipher); }
  size_t read(std::span<char> room) override;
  void keep() override { engine_.keep_input(); }
  void write(std::string_view plain) override { engine_.write(plain); }
  void end() override { engine_.shutdown(); }
  bool secure() const override { return engine_.secure(); }
  bool ended() const override { return engine_.ended(); }
  bool failed() const override { return engine_.failed(); }

 private:
  void on_cipher(std::string_view cipher) override {
    out_->insert(out_->end(), cipher.begin(), cipher.end());
  }
  void on_secure() override {}

  net::TlsEngine engine_;
  std::vector<char>* out_;
};

// Of one server.
class TlsMaker final : public SecureMaker {
 public:
  // The context must stay as long as connections are made.
  void set(net::TlsContext* context, std::string_view alpn) {
    context_ = context;
    alpn_ = alpn;
  }
  SecureLayer* make(std::vector<char>* out) override;

 private:
  net::TlsContext* context_ = nullptr;
  std::string alpn_;
};

}  // namespace node::http
