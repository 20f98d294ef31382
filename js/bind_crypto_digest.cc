// crypto: digests and HMAC over data that is there (EVP_Digest(3), HMAC(3)).
#include "js/bind_crypto_digest.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>
#include <utility>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

bool HashInput::read(Env& env, v8::Local<v8::Value> value) {
  if (read_bytes(value, &bytes_)) return true;
  if (!text_.read(env.isolate(), value)) {
    throw_bad_argument(env, 0, "string or ArrayBufferView");
    return false;
  }
  view_ = text_.view();
  return true;
}

const EVP_MD* digest_by_name(const Utf8& name) {
  if (name.view().find('\0') != name.view().npos) return nullptr;
  return EVP_get_digestbyname(name.c_str());
}

// ---- Digest --------------------------------------------------------------------------------

namespace {

constexpr Method kDigestMethods[] = {method<&Digest::update>("update"),
                                     method<&Digest::finish>("finish")};

}  // namespace

const ClassSpec kDigestClass = wrapped_class<Digest>("Digest", kDigestMethods);

v8::Local<v8::Value> digest_result(Env& env, std::span<const unsigned char> bytes, bool as_hex) {
  if (!as_hex) return make_buffer(env, reinterpret_cast<const char*>(bytes.data()), bytes.size());
  constexpr char kDigits[] = "0123456789abcdef";
  SecretBytes text(2 * bytes.size());
  if (!text.ok()) {
    throw_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Failed to allocate memory");
    return v8::Undefined(env.isolate());
  }
  char* at = text.chars();
  for (unsigned char byte : bytes) {
    *at++ = kDigits[byte >> 4];
    *at++ = kDigits[byte & 15];
  }
  return env.string(text.view());
}

void Digest::make(Env& env, const Args& info) {
  ERR_clear_error();
  Utf8 name;
  const EVP_MD* known = name.read(env.isolate(), info[0]) ? digest_by_name(name) : nullptr;
  DigestPtr md = known == nullptr ? nullptr : fetch_digest(known);
  DigestContextPtr context(EVP_MD_CTX_new());
  if (md == nullptr || context == nullptr ||
      EVP_DigestInit_ex(context.get(), md.get(), nullptr) != 1)
    return throw_openssl_error(env, {"Digest method not supported", "ERR_OSSL_EVP_UNSUPPORTED"});
  new Digest(env, info.This(), std::move(md), std::move(context));
}

void Digest::update(const Args& info) {
  HashInput data;
  if (!data.read(env(), info[0])) return;
  info.GetReturnValue().Set(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
}

v8::Local<v8::Value> Digest::finish(bool as_hex) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  bool ok = EVP_DigestFinal_ex(context_.get(), out, &size) == 1;
  // Which leaves no trace of the data either.
  ok = EVP_DigestInit_ex(context_.get(), md_.get(), nullptr) == 1 && ok;
  v8::Local<v8::Value> result = v8::Undefined(env().isolate());
  if (ok)
    result = digest_result(env(), {out, size}, as_hex);
  else
    throw_openssl_error(env(), {"Digest failed"});
  OPENSSL_cleanse(out, sizeof out);
  return result;
}

DigestContextPtr Digest::take() {
  DigestContextPtr next(EVP_MD_CTX_new());
  if (next == nullptr || EVP_DigestInit_ex(next.get(), md_.get(), nullptr) != 1) return nullptr;
  std::swap(next, context_);
  return next;
}

// ---- Jobs ----------------------------------------------------------------------------------

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
  const EVP_MD* md = digest_by_name(name);
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
