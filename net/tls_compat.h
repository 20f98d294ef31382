// What differs between the OpenSSL versions that are supported: 1.1.1 and 3.0 up.
#pragma once

#include <openssl/bio.h>
#include <openssl/dh.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#if OPENSSL_VERSION_NUMBER < 0x10101000L
#error "OpenSSL 1.1.1 or newer is needed (make TLS=0 builds without it)"
#endif

#if OPENSSL_VERSION_NUMBER >= 0x30000000L
#include <openssl/core_names.h>
#include <openssl/params.h>
#else
#include <openssl/hmac.h>
#endif

#include <memory>

namespace node::net {

#if OPENSSL_VERSION_NUMBER < 0x30000000L

inline X509* tls_peer_certificate(SSL* ssl) { return SSL_get_peer_certificate(ssl); }

// Takes the PEM of Diffie-Hellman parameters; their size in bits, 0 when they are none.
inline int tls_set_dh(SSL_CTX* ctx, BIO* pem) {
  DH* dh = PEM_read_bio_DHparams(pem, nullptr, nullptr, nullptr);
  if (dh == nullptr) return 0;
  int bits = DH_bits(dh);
  if (bits >= 1024 && SSL_CTX_set_tmp_dh(ctx, dh) != 1) bits = 0;
  DH_free(dh);
  return bits;
}
inline constexpr unsigned long kTlsAllowRenegotiation = 0;

using TlsTicketMac = HMAC_CTX;
inline bool tls_init_ticket_mac(HMAC_CTX* mac, unsigned char* key, size_t size) {
  return HMAC_Init_ex(mac, key, static_cast<int>(size), EVP_sha256(), nullptr) == 1;
}
inline void tls_set_ticket_callback(SSL_CTX* ctx,
                                    int (*callback)(SSL*, unsigned char*, unsigned char*,
                                                    EVP_CIPHER_CTX*, HMAC_CTX*, int)) {
  SSL_CTX_set_tlsext_ticket_key_cb(ctx, callback);
}

#else

inline X509* tls_peer_certificate(SSL* ssl) { return SSL_get1_peer_certificate(ssl); }

inline int tls_set_dh(SSL_CTX* ctx, BIO* pem) {
  EVP_PKEY* key = PEM_read_bio_Parameters(pem, nullptr);
  if (key == nullptr) return 0;
  int bits = EVP_PKEY_is_a(key, "DH") == 1 ? EVP_PKEY_get_bits(key) : 0;
  // The context owns the parameters when this succeeds.
  if (bits < 1024 || SSL_CTX_set0_tmp_dh_pkey(ctx, key) != 1) {
    EVP_PKEY_free(key);
    return bits < 1024 ? bits : 0;
  }
  return bits;
}
inline constexpr uint64_t kTlsAllowRenegotiation = SSL_OP_ALLOW_CLIENT_RENEGOTIATION;

using TlsTicketMac = EVP_MAC_CTX;
inline bool tls_init_ticket_mac(EVP_MAC_CTX* mac, unsigned char* key, size_t size) {
  char digest[] = "sha256";
  OSSL_PARAM params[] = {OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, key, size),
                         OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                         OSSL_PARAM_construct_end()};
  return EVP_MAC_CTX_set_params(mac, params) == 1;
}
inline void tls_set_ticket_callback(SSL_CTX* ctx,
                                    int (*callback)(SSL*, unsigned char*, unsigned char*,
                                                    EVP_CIPHER_CTX*, EVP_MAC_CTX*, int)) {
  SSL_CTX_set_tlsext_ticket_key_evp_cb(ctx, callback);
}

#endif

// Frees what OpenSSL has made.
template <auto Free>
struct TlsFree {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using BioPtr = std::unique_ptr<BIO, TlsFree<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, TlsFree<X509_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, TlsFree<EVP_PKEY_free>>;
using SessionPtr = std::unique_ptr<SSL_SESSION, TlsFree<SSL_SESSION_free>>;

// A BIO that reads from `bytes`, which it does not own.
inline BioPtr tls_read_bio(const char* data, size_t len) {
  return BioPtr(BIO_new_mem_buf(data, static_cast<int>(len)));
}

}  // namespace node::net
