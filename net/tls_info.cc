// What can be told of a TLS connection.
#include "net/tls_info.h"

#include <openssl/x509v3.h>

#include "net/tls_compat.h"

namespace node::net {
namespace {

struct VerifyCode {
  long result;
  const char* name;
};

#define CODE(name) \
  { X509_V_ERR_##name, #name }
constexpr VerifyCode kVerifyCodes[] = {
    CODE(UNABLE_TO_GET_ISSUER_CERT),
    CODE(UNABLE_TO_GET_CRL),
    CODE(UNABLE_TO_DECRYPT_CERT_SIGNATURE),
    CODE(UNABLE_TO_DECRYPT_CRL_SIGNATURE),
    CODE(UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY),
    CODE(CERT_SIGNATURE_FAILURE),
    CODE(CRL_SIGNATURE_FAILURE),
    CODE(CERT_NOT_YET_VALID),
    CODE(CERT_HAS_EXPIRED),
    CODE(CRL_NOT_YET_VALID),
    CODE(CRL_HAS_EXPIRED),
    CODE(ERROR_IN_CERT_NOT_BEFORE_FIELD),
    CODE(ERROR_IN_CERT_NOT_AFTER_FIELD),
    CODE(ERROR_IN_CRL_LAST_UPDATE_FIELD),
    CODE(ERROR_IN_CRL_NEXT_UPDATE_FIELD),
    CODE(OUT_OF_MEM),
    CODE(DEPTH_ZERO_SELF_SIGNED_CERT),
    CODE(SELF_SIGNED_CERT_IN_CHAIN),
    CODE(UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
    CODE(UNABLE_TO_VERIFY_LEAF_SIGNATURE),
    CODE(CERT_CHAIN_TOO_LONG),
    CODE(CERT_REVOKED),
    CODE(INVALID_CA),
    CODE(PATH_LENGTH_EXCEEDED),
    CODE(INVALID_PURPOSE),
    CODE(CERT_UNTRUSTED),
    CODE(CERT_REJECTED),
    CODE(HOSTNAME_MISMATCH),
    CODE(EE_KEY_TOO_SMALL),
    CODE(CA_KEY_TOO_SMALL),
    CODE(CA_MD_TOO_WEAK),
};
#undef CODE

std::string take_der(unsigned char* der, int size) {
  std::string out;
  if (size > 0) out.assign(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return out;
}

// Who has issued `cert`: one of `chain`, or of those that are trusted. Null when it is unknown.
X509Ptr find_issuer(SSL* ssl, X509* cert, STACK_OF(X509) * chain) {
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    X509* candidate = sk_X509_value(chain, i);
    if (X509_check_issued(candidate, cert) == X509_V_OK) {
      X509_up_ref(candidate);
      return X509Ptr(candidate);
    }
  }
  X509* found = nullptr;
  X509_STORE_CTX* search = X509_STORE_CTX_new();
  X509_STORE* store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
  if (search != nullptr && X509_STORE_CTX_init(search, store, nullptr, nullptr) == 1 &&
      X509_STORE_CTX_get1_issuer(&found, search, cert) != 1) {
    found = nullptr;
  }
  X509_STORE_CTX_free(search);
  return X509Ptr(found);
}

const char* signature_name(int nid) {
  switch (nid) {
    case EVP_PKEY_RSA:
      return "RSA";
    case EVP_PKEY_RSA_PSS:
      return "RSA-PSS";
    case EVP_PKEY_DSA:
      return "DSA";
    case EVP_PKEY_EC:
      return "ECDSA";
    case NID_ED25519:
      return "Ed25519";
    case NID_ED448:
      return "Ed448";
    default:
      return OBJ_nid2sn(nid);
  }
}

}  // namespace

std::string tls_der(X509* certificate) {
  unsigned char* der = nullptr;
  int size = certificate == nullptr ? 0 : i2d_X509(certificate, &der);
  return take_der(der, size);
}

const char* tls_version(const TlsEngine& engine) { return SSL_get_version(engine.raw()); }

std::optional<TlsCipher> tls_cipher(const TlsEngine& engine) {
  const SSL_CIPHER* cipher = SSL_get_current_cipher(engine.raw());
  if (cipher == nullptr) return {};
  const char* standard = SSL_CIPHER_standard_name(cipher);
  return TlsCipher{SSL_CIPHER_get_name(cipher), standard == nullptr ? "" : standard,
                   SSL_CIPHER_get_version(cipher)};
}

TlsKeyExchange tls_key_exchange(const TlsEngine& engine) {
  TlsKeyExchange out;
  EVP_PKEY* raw = nullptr;
  if (engine.is_server() || SSL_get_peer_tmp_key(engine.raw(), &raw) != 1) return out;
  PkeyPtr key(raw);
  int type = EVP_PKEY_id(key.get());
  out.bits = EVP_PKEY_bits(key.get());
  if (type == EVP_PKEY_DH) {
    out.type = "DH";
    return out;
  }
  out.type = "ECDH";
  out.curve = OBJ_nid2sn(type);
  if (type != EVP_PKEY_EC) return out;
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
  char group[80];
  size_t size = 0;
  if (EVP_PKEY_get_group_name(key.get(), group, sizeof group, &size) == 1) out.curve = group;
#else
  EC_KEY* ec = EVP_PKEY_get0_EC_KEY(key.get());
  out.curve = OBJ_nid2sn(EC_GROUP_get_curve_name(EC_KEY_get0_group(ec)));
#endif
  return out;
}

std::vector<std::string> tls_peer_chain(const TlsEngine& engine, bool whole) {
  std::vector<std::string> out;
  SSL* ssl = engine.raw();
  X509Ptr cert(tls_peer_certificate(ssl));
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(ssl);
  while (cert) {
    out.push_back(tls_der(cert.get()));
    bool last = !whole || X509_check_issued(cert.get(), cert.get()) == X509_V_OK;
    // No chain is as long as that: a ring.
    if (last || out.size() > 100) break;
    cert = find_issuer(ssl, cert.get(), chain);
  }
  ERR_clear_error();
  return out;
}

std::string tls_own_certificate(const TlsEngine& engine) {
  return tls_der(SSL_get_certificate(engine.raw()));
}

std::string tls_session(const TlsEngine& engine) {
  SSL_SESSION* session = SSL_get_session(engine.raw());
  unsigned char* der = nullptr;
  int size = session == nullptr ? 0 : i2d_SSL_SESSION(session, &der);
  return take_der(der, size);
}

std::string tls_session_ticket(const TlsEngine& engine) {
  SSL_SESSION* session = SSL_get_session(engine.raw());
  if (session == nullptr) return {};
  const unsigned char* ticket = nullptr;
  size_t size = 0;
  SSL_SESSION_get0_ticket(session, &ticket, &size);
  if (ticket == nullptr) return {};
  return {reinterpret_cast<const char*>(ticket), size};
}

std::string tls_finished(const TlsEngine& engine, bool of_peer) {
  auto* get = of_peer ? SSL_get_peer_finished : SSL_get_finished;
  char bytes[EVP_MAX_MD_SIZE];
  size_t size = get(engine.raw(), bytes, sizeof bytes);
  return {bytes, size};
}

std::vector<std::string> tls_shared_signature_algorithms(const TlsEngine& engine) {
  std::vector<std::string> out;
  SSL* ssl = engine.raw();
  int count = SSL_get_shared_sigalgs(ssl, 0, nullptr, nullptr, nullptr, nullptr, nullptr);
  for (int i = 0; i < count; ++i) {
    int sign = 0, hash = 0;
    SSL_get_shared_sigalgs(ssl, i, &sign, &hash, nullptr, nullptr, nullptr);
    const char* digest = hash == NID_undef ? "" : OBJ_nid2sn(hash);
    out.push_back(std::string(signature_name(sign)) + "+" + (*digest ? digest : "UNDEF"));
  }
  return out;
}

std::optional<std::string> tls_export_keys(const TlsEngine& engine, size_t bytes,
                                           std::string_view label,
                                           const std::string_view* context) {
  std::string out(bytes, '\0');
  const void* data = context == nullptr ? nullptr : context->data();
  int ok = SSL_export_keying_material(engine.raw(), reinterpret_cast<unsigned char*>(out.data()),
                                      bytes, label.data(), label.size(),
                                      static_cast<const unsigned char*>(data),
                                      context == nullptr ? 0 : context->size(), context != nullptr);
  if (ok != 1) return {};
  return out;
}

const char* tls_verify_code(long result) {
  for (const VerifyCode& known : kVerifyCodes) {
    if (known.result == result) return known.name;
  }
  return "UNSPECIFIED";
}

const char* tls_verify_reason(long result) { return X509_verify_cert_error_string(result); }

std::vector<std::string> tls_all_ciphers() {
  std::vector<std::string> out;
  SSL_CTX* ctx = SSL_CTX_new(TLS_method());
  SSL* ssl = ctx == nullptr ? nullptr : SSL_new(ctx);
  if (ssl != nullptr) SSL_set_cipher_list(ssl, "ALL:@SECLEVEL=0");
  STACK_OF(SSL_CIPHER)* ciphers = ssl == nullptr ? nullptr : SSL_get_ciphers(ssl);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    out.emplace_back(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, i)));
  }
  SSL_free(ssl);
  SSL_CTX_free(ctx);
  return out;
}

long tls_no_certificate() { return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT; }

}  // namespace node::net
