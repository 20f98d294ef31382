// crypto.constants: OpenSSL's numbers under OpenSSL's names.
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>

#include "js/bind_crypto_lists.h"

// Names that later versions of OpenSSL may drop; those of 3.0 that do nothing any more are 0.
#ifdef OPENSSL_NO_ENGINE
#define ENGINE_METHOD_RSA 0x0001U
#define ENGINE_METHOD_DSA 0x0002U
#define ENGINE_METHOD_DH 0x0004U
#define ENGINE_METHOD_RAND 0x0008U
#define ENGINE_METHOD_CIPHERS 0x0040U
#define ENGINE_METHOD_DIGESTS 0x0080U
#define ENGINE_METHOD_PKEY_METHS 0x0200U
#define ENGINE_METHOD_PKEY_ASN1_METHS 0x0400U
#define ENGINE_METHOD_EC 0x0800U
#define ENGINE_METHOD_ALL 0xFFFFU
#define ENGINE_METHOD_NONE 0x0000U
#else
#include <openssl/engine.h>
#endif
#ifndef RSA_X931_PADDING
#define RSA_X931_PADDING 5
#endif

namespace node::js {

namespace {

struct Constant {
  const char* name;
  double value;
};

#define C(name) \
  { #name, static_cast < double>(name) }
constexpr Constant kConstants[] = {
    C(OPENSSL_VERSION_NUMBER),
    C(SSL_OP_ALL),
    C(SSL_OP_ALLOW_NO_DHE_KEX),
    C(SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION),
    C(SSL_OP_CIPHER_SERVER_PREFERENCE),
    C(SSL_OP_CISCO_ANYCONNECT),
    C(SSL_OP_COOKIE_EXCHANGE),
    C(SSL_OP_CRYPTOPRO_TLSEXT_BUG),
    C(SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS),
    {"SSL_OP_EPHEMERAL_RSA", 0},
    C(SSL_OP_LEGACY_SERVER_CONNECT),
    {"SSL_OP_MICROSOFT_BIG_SSLV3_BUFFER", 0},
    {"SSL_OP_MICROSOFT_SESS_ID_BUG", 0},
    {"SSL_OP_MSIE_SSLV2_RSA_PADDING", 0},
    {"SSL_OP_NETSCAPE_CA_DN_BUG", 0},
    {"SSL_OP_NETSCAPE_CHALLENGE_BUG", 0},
    {"SSL_OP_NETSCAPE_DEMO_CIPHER_CHANGE_BUG", 0},
    {"SSL_OP_NETSCAPE_REUSE_CIPHER_CHANGE_BUG", 0},
    C(SSL_OP_NO_COMPRESSION),
    C(SSL_OP_NO_ENCRYPT_THEN_MAC),
    C(SSL_OP_NO_QUERY_MTU),
    C(SSL_OP_NO_RENEGOTIATION),
    C(SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION),
    {"SSL_OP_NO_SSLv2", 0},
    C(SSL_OP_NO_SSLv3),
    C(SSL_OP_NO_TICKET),
    C(SSL_OP_NO_TLSv1),
    C(SSL_OP_NO_TLSv1_1),
    C(SSL_OP_NO_TLSv1_2),
    C(SSL_OP_NO_TLSv1_3),
    {"SSL_OP_PKCS1_CHECK_1", 0},
    {"SSL_OP_PKCS1_CHECK_2", 0},
    C(SSL_OP_PRIORITIZE_CHACHA),
    {"SSL_OP_SINGLE_DH_USE", 0},
    {"SSL_OP_SINGLE_ECDH_USE", 0},
    {"SSL_OP_SSLEAY_080_CLIENT_DH_BUG", 0},
    {"SSL_OP_SSLREF2_REUSE_CERT_TYPE_BUG", 0},
    {"SSL_OP_TLS_BLOCK_PADDING_BUG", 0},
    {"SSL_OP_TLS_D5_BUG", 0},
    C(SSL_OP_TLS_ROLLBACK_BUG),
    C(ENGINE_METHOD_RSA),
    C(ENGINE_METHOD_DSA),
    C(ENGINE_METHOD_DH),
    C(ENGINE_METHOD_RAND),
    C(ENGINE_METHOD_EC),
    C(ENGINE_METHOD_CIPHERS),
    C(ENGINE_METHOD_DIGESTS),
    C(ENGINE_METHOD_PKEY_METHS),
    C(ENGINE_METHOD_PKEY_ASN1_METHS),
    C(ENGINE_METHOD_ALL),
    C(ENGINE_METHOD_NONE),
    C(DH_CHECK_P_NOT_SAFE_PRIME),
    C(DH_CHECK_P_NOT_PRIME),
    C(DH_UNABLE_TO_CHECK_GENERATOR),
    C(DH_NOT_SUITABLE_GENERATOR),
    {"ALPN_ENABLED", 1},
    C(RSA_PKCS1_PADDING),
    {"RSA_SSLV23_PADDING", 2},
    C(RSA_NO_PADDING),
    C(RSA_PKCS1_OAEP_PADDING),
    C(RSA_X931_PADDING),
    C(RSA_PKCS1_PSS_PADDING),
    C(RSA_PSS_SALTLEN_DIGEST),
    {"RSA_PSS_SALTLEN_MAX_SIGN", -2},
    C(RSA_PSS_SALTLEN_AUTO),
    C(TLS1_VERSION),
    C(TLS1_1_VERSION),
    C(TLS1_2_VERSION),
    C(TLS1_3_VERSION),
    C(POINT_CONVERSION_COMPRESSED),
    C(POINT_CONVERSION_UNCOMPRESSED),
    C(POINT_CONVERSION_HYBRID),
};
#undef C

}  // namespace

v8::Local<v8::Object> crypto_constants(Env& env) {
  v8::Local<v8::Object> target = v8::Object::New(env.isolate());
  for (const Constant& c : kConstants) set_constant(env, target, c.name, c.value);
  return target;
}

}  // namespace node::js
