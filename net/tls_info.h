// What can be told of a TLS connection: certificates, cipher, session, keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/tls_engine.h"

namespace node::net {

struct TlsCipher {
  const char* name;      // OpenSSL's
  const char* standard;  // the RFCs'
  const char* version;   // of TLS, that it came with
};

struct TlsKeyExchange {
  const char* type = "";  // "DH", "ECDH"; empty: another, or none
  std::string curve;
  int bits = 0;
};

// Of an open engine, each of them.
const char* tls_version(const TlsEngine& engine);
// Nothing before the handshake.
std::optional<TlsCipher> tls_cipher(const TlsEngine& engine);
// The other side's key of this connection; clients only.
TlsKeyExchange tls_key_exchange(const TlsEngine& engine);
// In DER: the peer's certificate, and with `whole` those that have issued it, one after the other.
std::vector<std::string> tls_peer_chain(const TlsEngine& engine, bool whole);
// Ours in DER, empty when there is none.
std::string tls_own_certificate(const TlsEngine& engine);
// ASN.1, as TlsEngine::set_session takes it; empty when there is none.
std::string tls_session(const TlsEngine& engine);
std::string tls_session_ticket(const TlsEngine& engine);
// The Finished messages of this end and of the peer.
std::string tls_finished(const TlsEngine& engine, bool of_peer);
// "RSA-PSS+SHA256" and the like.
std::vector<std::string> tls_shared_signature_algorithms(const TlsEngine& engine);
// RFC 5705. Nothing when it fails.
std::optional<std::string> tls_export_keys(const TlsEngine& engine, size_t bytes,
                                           std::string_view label, const std::string_view* context);
// "CERT_HAS_EXPIRED" and OpenSSL's words for a verify_result().
const char* tls_verify_code(long result);
const char* tls_verify_reason(long result);
// The names of all ciphers, up to TLS 1.3.
std::vector<std::string> tls_all_ciphers();
// X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, as what is told of a peer without a certificate.
long tls_no_certificate();

std::string tls_der(x509_st* certificate);

}  // namespace node::net
