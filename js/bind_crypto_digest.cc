// crypto: digests and HMAC over data that is there (EVP_Digest(3), HMAC(3)).
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

// The digest of the data; with a key, its HMAC.
struct DigestJob : CryptoJob {
  explicit DigestJob(const EVP_MD* md) : digest(md), out(static_cast<size_t>(EVP_MD_size(md))) {}

  bool compute() override {
    if (!copy.ok() || !key.ok() || !out.ok()) return false;
    if (!keyed) return EVP_Digest(data, len, out.data(), nullptr, digest, nullptr) == 1;
    return HMAC(digest, key.size() > 0 ? key.data() : unsigned_bytes(""),
                static_cast<int>(key.size()), data, len, out.data(), nullptr) != nullptr;
  }
  v8::MaybeLocal<v8::Value> result(Env& env) override {
    return std::move(out).to_array_buffer(env);
  }
  // Script may change the data while the pool works: then a copy stays.
  void read(Bytes bytes, bool later) {
    if (later) copy = SecretBytes::copy(bytes);
    data = later ? copy.data() : unsigned_bytes(bytes.data());
    len = bytes.size();
  }

  const EVP_MD* digest;
  SecretBytes key, copy, out;
  bool keyed = false;
  const unsigned char* data = nullptr;
  size_t len = 0;
};

std::unique_ptr<DigestJob> make_job(Env& env, const Utf8& name) {
  const EVP_MD* md = EVP_get_digestbyname(name.c_str());
  if (md != nullptr) return std::make_unique<DigestJob>(md);
  throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: " + std::string(name.view()));
  return nullptr;
}

// digest(name, data, callback?) -> ArrayBuffer
v8::MaybeLocal<v8::Value> digest(Env& env, const Utf8& name, Bytes data,
                                 v8::Local<v8::Value> callback) {
  auto job = make_job(env, name);
  if (job == nullptr) return {};
  job->read(data, callback->IsFunction());
  return run_job(env, std::move(job), callback);
}

// hmac(digest name, secret key, data, callback?) -> ArrayBuffer
v8::MaybeLocal<v8::Value> hmac(Env& env, const Utf8& name, v8::Local<v8::Value> key, Bytes data,
                               v8::Local<v8::Value> callback) {
  auto job = make_job(env, name);
  if (job == nullptr) return {};
  std::span<const unsigned char> secret;
  if (!read_secret(env, key, &secret) || secret.size() > INT_MAX) {
    throw_bad_argument(env, 1, "a secret key");
    return {};
  }
  job->keyed = true;
  job->key = SecretBytes::copy(secret);
  job->read(data, callback->IsFunction());
  return run_job(env, std::move(job), callback);
}

constexpr Method kMethods[] = {fn<&digest>("digest"), fn<&hmac>("hmac")};

}  // namespace

extern const Binding kCryptoDigestBinding = {"crypto_digest", kMethods, {}, nullptr};

}  // namespace node::js
