// What crypto needs and OpenSSL's versions do in different ways: 1.1.1 and 3.0 up.
#pragma once

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
#include <openssl/provider.h>
#endif

namespace node::js {

#if OPENSSL_VERSION_NUMBER < 0x30000000L

// Adds an error of the EVP library to the queue.
inline void raise_evp_error(int reason) {
  ERR_put_error(ERR_LIB_EVP, 0, reason, __FILE__, __LINE__);
}
inline const EVP_MD* digest_of(const EVP_MD_CTX* context) { return EVP_MD_CTX_md(context); }
// An algorithm as providers have it; only 3.0 has providers.
struct DigestFree {
  void operator()(const EVP_MD*) const {}
};
using DigestPtr = std::unique_ptr<const EVP_MD, DigestFree>;
inline DigestPtr fetch_digest(const EVP_MD* known) { return DigestPtr(known); }
// Whether a name in EVP's tables can be used: of 3.0's, providers may be missing.
inline bool can_digest(const char*) { return true; }
inline bool can_encrypt(const char*) { return true; }
// RC4, MD4 and others that 3.0 has put aside.
inline bool load_legacy_algorithms() { return true; }
inline bool is_fips_enabled() { return FIPS_mode() == 1; }
inline bool enable_fips(bool on) { return FIPS_mode_set(on ? 1 : 0) == 1; }
// 1 for a prime, 0 for none, -1 for an error; `checks` 0 leaves the number of rounds to OpenSSL.
inline int check_prime(const BIGNUM* candidate, int checks, BN_CTX* context) {
  return BN_is_prime_ex(candidate, checks, context, nullptr);
}

#else

inline void raise_evp_error(int reason) { ERR_raise(ERR_LIB_EVP, reason); }
inline const EVP_MD* digest_of(const EVP_MD_CTX* context) { return EVP_MD_CTX_get0_md(context); }
struct DigestFree {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};
using DigestPtr = std::unique_ptr<EVP_MD, DigestFree>;
inline DigestPtr fetch_digest(const EVP_MD* known) {
  return DigestPtr(EVP_MD_fetch(nullptr, EVP_MD_get0_name(known), nullptr));
}
inline bool can_digest(const char* name) {
  EVP_MD* found = EVP_MD_fetch(nullptr, name, nullptr);
  EVP_MD_free(found);
  return found != nullptr;
}
inline bool can_encrypt(const char* name) {
  EVP_CIPHER* found = EVP_CIPHER_fetch(nullptr, name, nullptr);
  EVP_CIPHER_free(found);
  return found != nullptr;
}
inline bool load_legacy_algorithms() {
  // A provider that is loaded by its name ends that the default one comes by itself.
  return OSSL_PROVIDER_load(nullptr, "legacy") != nullptr &&
         OSSL_PROVIDER_load(nullptr, "default") != nullptr;
}
inline bool is_fips_enabled() { return EVP_default_properties_is_fips_enabled(nullptr) == 1; }
inline bool enable_fips(bool on) {
  return (!on || OSSL_PROVIDER_load(nullptr, "fips") != nullptr) &&
         EVP_default_properties_enable_fips(nullptr, on ? 1 : 0) == 1;
}
// It makes 64 rounds and more, which leaves nothing for `checks` to say.
inline int check_prime(const BIGNUM* candidate, int, BN_CTX* context) {
  return BN_check_prime(candidate, context, nullptr);
}

#endif

}  // namespace node::js
