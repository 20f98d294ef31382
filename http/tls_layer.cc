// TLS for HTTP's server connections.
#include "http/tls_layer.h"

#include <memory>

namespace node::http {

bool TlsLayer::open(net::TlsContext& context, std::string_view alpn) {
  if (!engine_.open(context, true)) return false;
  // Nobody but attackers of servers renegotiates.
  engine_.forbid_renegotiation();
  if (!alpn.empty()) engine_.set_alpn(alpn);
  return true;
}

// Nothing is decrypted in the call that ends the handshake: its caller sees first that it is over.
size_t TlsLayer::read(std::span<char> room) {
  return engine_.read(engine_.secure() ? room : room.first(0));
}

SecureLayer* TlsMaker::make(std::vector<char>* out) {
  auto layer = std::make_unique<TlsLayer>(out);
  if (context_ == nullptr || !layer->open(*context_, alpn_)) return nullptr;
  return layer.release();
}

}  // namespace node::http
