// crypto: keys from passwords and from other keys (RFC 8018, 7914, 5869).
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <string>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

// A digest by its name, or an exception.
const EVP_MD* need_digest(Env& env, const Utf8& name) {
  const EVP_MD* digest = EVP_get_digestbyname(name.c_str());
  if (digest == nullptr) {
    std::string text = "Invalid digest: " + std::string(name.view());
    throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST", text);
  }
  return digest;
}

// OpenSSL counts these in ints, and takes -1 for "up to the NUL".
bool fits(Env& env, const char* name, size_t size) {
  if (size <= INT_MAX) return true;
  throw_range_error(env, "ERR_OUT_OF_RANGE", std::string(name) + " is too large");
  return false;
}

// What the three have in common: secret bytes in, secret bytes out.
struct DeriveJob : CryptoJob {
  DeriveJob(std::span<const unsigned char> from, Bytes with, size_t len)
      : secret(SecretBytes::copy(from)), salt(SecretBytes::copy(with)), out(len) {}
  DeriveJob(Bytes from, Bytes with, size_t len)
      : secret(SecretBytes::copy(from)), salt(SecretBytes::copy(with)), out(len) {}
  bool ok() const { return secret.ok() && salt.ok() && out.ok(); }
  v8::MaybeLocal<v8::Value> result(Env& env) override { return std::move(out).to_buffer(env); }

  SecretBytes secret, salt, out;
  const EVP_MD* digest = nullptr;
};

v8::MaybeLocal<v8::Value> run_derivation(Env& env, std::unique_ptr<DeriveJob> job,
                                         v8::Local<v8::Value> callback) {
  if (job->ok()) return run_job(env, std::move(job), callback);
  throw_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Failed to allocate memory");
  return {};
}

// ---- PBKDF2 --------------------------------------------------------------------------------

struct Pbkdf2Job : DeriveJob {
  using DeriveJob::DeriveJob;
  bool compute() override {
    return out.size() == 0 ||
           PKCS5_PBKDF2_HMAC(secret.chars(), static_cast<int>(secret.size()), salt.data(),
                             static_cast<int>(salt.size()), iterations, digest,
                             static_cast<int>(out.size()), out.data()) == 1;
  }
  int iterations = 1;
};

// pbkdf2(password or secret key, salt, iterations, length, digest, callback?)
v8::MaybeLocal<v8::Value> pbkdf2(Env& env, v8::Local<v8::Value> password, Bytes salt,
                                 int32_t iterations, int32_t len, const Utf8& digest,
                                 v8::Local<v8::Value> callback) {
  std::span<const unsigned char> secret;
  if (!read_secret(env, password, &secret)) {
    throw_bad_argument(env, 0, "a secret key");
    return {};
  }
  const EVP_MD* md = need_digest(env, digest);
  if (md == nullptr || !fits(env, "pass", secret.size()) || !fits(env, "salt", salt.size()))
    return {};
  auto job = std::make_unique<Pbkdf2Job>(secret, salt, static_cast<size_t>(len));
  job->digest = md;
  job->iterations = iterations;
  job->failure = {"PBKDF2 failed", "ERR_CRYPTO_PBKDF2_ERROR"};
  return run_derivation(env, std::move(job), callback);
}

// ---- scrypt --------------------------------------------------------------------------------

struct ScryptJob : DeriveJob {
  using DeriveJob::DeriveJob;
  bool compute() override {
    return out.size() == 0 ||
           EVP_PBE_scrypt(secret.chars(), secret.size(), salt.data(), salt.size(), cost, block_size,
                          parallelization, max_memory, out.data(), out.size()) == 1;
  }
  // Without a place for the key, OpenSSL only looks at the numbers.
  bool accepts() const {
    return EVP_PBE_scrypt(nullptr, 0, nullptr, 0, cost, block_size, parallelization, max_memory,
                          nullptr, 0) == 1;
  }
  uint64_t cost = 0, block_size = 0, parallelization = 0, max_memory = 0;
};

// scrypt(password, salt, length, N, r, p, maxmem, callback?)
v8::MaybeLocal<v8::Value> scrypt(Env& env, Bytes password, Bytes salt, int32_t len, uint32_t cost,
                                 uint32_t block_size, uint32_t parallelization, double max_memory,
                                 v8::Local<v8::Value> callback) {
  if (!fits(env, "pass", password.size()) || !fits(env, "salt", salt.size())) return {};
  auto job = std::make_unique<ScryptJob>(password, salt, static_cast<size_t>(len));
  job->cost = cost;
  job->block_size = block_size;
  job->parallelization = parallelization;
  job->max_memory = static_cast<uint64_t>(max_memory);
  job->failure = {"Scrypt failed", "ERR_CRYPTO_OPERATION_FAILED"};
  ERR_clear_error();
  if (job->accepts()) return run_derivation(env, std::move(job), callback);
  std::string why = net::take_tls_error().message;
  throw_range_error(env, "ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
                    "Invalid scrypt params" + (why.empty() ? why : ": " + why));
  return {};
}

// ---- HKDF ----------------------------------------------------------------------------------

// By hand over HMAC: OpenSSL's own refuses empty keys.
struct HkdfJob : DeriveJob {
  using DeriveJob::DeriveJob;

  bool compute() override {
    unsigned char prk[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    // No salt means zeros, as many as the digest has bytes.
    const unsigned char zeros[EVP_MAX_MD_SIZE] = {};
    bool salted = salt.size() > 0;
    int salt_len = salted ? static_cast<int>(salt.size()) : EVP_MD_size(digest);
    const unsigned char* from = secret.size() > 0 ? secret.data() : zeros;
    bool ok = HMAC(digest, salted ? salt.data() : zeros, salt_len, from, secret.size(), prk,
                   &size) != nullptr;
    ok = ok && expand(prk, size);
    OPENSSL_cleanse(prk, sizeof prk);
    return ok;
  }

  // T(n) = HMAC(PRK, T(n - 1) | info | n)
  bool expand(const unsigned char* prk, unsigned size) {
    SecretBytes input(size + info.size() + 1);
    if (!input.ok()) return false;
    std::memcpy(input.data() + size, info.data(), info.size());
    size_t skip = size;  // T(0) is empty
    unsigned char block[EVP_MAX_MD_SIZE];
    unsigned char n = 0;
    for (size_t at = 0; at < out.size(); at += size) {
      input.data()[input.size() - 1] = ++n;
      if (HMAC(digest, prk, static_cast<int>(size), input.data() + skip, input.size() - skip, block,
               nullptr) == nullptr) {
        return false;
      }
      skip = 0;
      std::memcpy(input.data(), block, size);
      std::memcpy(out.data() + at, block, std::min<size_t>(size, out.size() - at));
    }
    OPENSSL_cleanse(block, sizeof block);
    return true;
  }

  v8::MaybeLocal<v8::Value> result(Env& env) override {
    return std::move(out).to_array_buffer(env);
  }

  std::string info;
};

// hkdf(digest, secret key, salt, info, length, callback?): an ArrayBuffer.
v8::MaybeLocal<v8::Value> hkdf(Env& env, const Utf8& digest, v8::Local<v8::Value> key, Bytes salt,
                               Bytes info, double len, v8::Local<v8::Value> callback) {
  const EVP_MD* md = need_digest(env, digest);
  if (md == nullptr || !fits(env, "salt", salt.size())) return {};
  std::span<const unsigned char> secret;
  if (!read_secret(env, key, &secret)) {
    throw_bad_argument(env, 1, "a secret key");
    return {};
  }
  if (len > 255.0 * EVP_MD_size(md)) {
    throw_range_error(env, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    return {};
  }
  auto job = std::make_unique<HkdfJob>(secret, salt, static_cast<size_t>(len));
  job->digest = md;
  job->info.assign(info.data(), info.size());
  job->failure.message = "HKDF failed";
  return run_derivation(env, std::move(job), callback);
}

constexpr Method kMethods[] = {
    fn<&pbkdf2>("pbkdf2"),
    fn<&scrypt>("scrypt"),
    fn<&hkdf>("hkdf"),
};

}  // namespace

extern const Binding kCryptoKdfBinding = {"crypto_kdf", kMethods, {}, nullptr};

}  // namespace node::js
