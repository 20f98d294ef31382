// What TLS connections have in common: versions, ciphers, sessions. Certificates are in
// tls_certificates.cc, tickets in
// tls_tickets.cc.
#include "net/tls_context.h"

#include <string>

#include "net/tls_compat.h"
#include "net/tls_engine.h"

namespace node::net {

TlsContext::~TlsContext() {
  X509_free(certificate_);
  X509_free(issuer_);
  SSL_CTX_free(ctx_);
}

bool TlsContext::open(TlsRole role, int min_version, int max_version) {
  const SSL_METHOD* method = role == TlsRole::kServer   ? TLS_server_method()
                             : role == TlsRole::kClient ? TLS_client_method()
                                                        : TLS_method();
  ctx_ = SSL_CTX_new(method);
  if (ctx_ == nullptr) return false;
  // Compression gives secrets away (CRIME); a peer that knows only insecure renegotiation gets
  // none.
  SSL_CTX_set_options(
      ctx_, SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_COMPRESSION | kTlsAllowRenegotiation);
  SSL_CTX_clear_options(ctx_, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(ctx_, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                             SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  // Sessions are the program's to keep.
  SSL_CTX_set_session_cache_mode(
      ctx_, SSL_SESS_CACHE_BOTH | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR);
  TlsEngine::install_callbacks(ctx_);
  return set_min_version(min_version) && set_max_version(max_version) && make_ticket_keys();
}

bool TlsContext::set_ciphers(std::string_view list) {
  if (SSL_CTX_set_cipher_list(ctx_, std::string(list).c_str()) == 1) return true;
  // None at all is allowed: TLS 1.3's suites are listed by themselves.
  if (!list.empty() || ERR_GET_REASON(ERR_peek_last_error()) != SSL_R_NO_CIPHER_MATCH) return false;
  ERR_clear_error();
  return true;
}

bool TlsContext::set_cipher_suites(std::string_view list) {
  return SSL_CTX_set_ciphersuites(ctx_, std::string(list).c_str()) == 1;
}

bool TlsContext::set_signature_algorithms(std::string_view list) {
  return SSL_CTX_set1_sigalgs_list(ctx_, std::string(list).c_str()) == 1;
}

bool TlsContext::set_curves(std::string_view list) {
  return list == "auto" || SSL_CTX_set1_curves_list(ctx_, std::string(list).c_str()) == 1;
}

int TlsContext::set_dh(std::string_view pem) {
  if (pem == "auto") {
    SSL_CTX_set_dh_auto(ctx_, 1);
    return 2048;
  }
  BioPtr bio = tls_read_bio(pem.data(), pem.size());
  return tls_set_dh(ctx_, bio.get());
}

bool TlsContext::set_min_version(int version) {
  return SSL_CTX_set_min_proto_version(ctx_, version) == 1;
}
bool TlsContext::set_max_version(int version) {
  return SSL_CTX_set_max_proto_version(ctx_, version) == 1;
}
int TlsContext::min_version() const {
  return static_cast<int>(SSL_CTX_get_min_proto_version(ctx_));
}
int TlsContext::max_version() const {
  return static_cast<int>(SSL_CTX_get_max_proto_version(ctx_));
}

void TlsContext::set_options(uint64_t options) { SSL_CTX_set_options(ctx_, options); }

// ---- Sessions ------------------------------------------------------------------------------

bool TlsContext::set_session_id_context(std::string_view id) {
  return SSL_CTX_set_session_id_context(ctx_, reinterpret_cast<const unsigned char*>(id.data()),
                                        static_cast<unsigned>(id.size())) == 1;
}

void TlsContext::set_session_timeout(long seconds) { SSL_CTX_set_timeout(ctx_, seconds); }

}  // namespace node::net
