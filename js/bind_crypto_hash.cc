// crypto: digests and HMAC (EVP_DigestInit(3), HMAC(3)).
//
// HMAC_CTX is deprecated since OpenSSL 3.0, but what is there instead takes ten times as long to
// set up.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>
#include <string>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_digest.h"
#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

// Of a Digest, or of a name.
const EVP_MD* find_digest(Env& env, v8::Local<v8::Value> value, std::string* name) {
  if (Digest* digest = Wrapped::from<Digest>(env, value, kDigestClass)) return digest->md();
  Utf8 text;
  if (!text.read(env.isolate(), value)) return nullptr;
  *name = text.view();
  return digest_by_name(text);
}

// ---- Hash ----------------------------------------------------------------------------------

// One digest being computed. `new Hash(Digest or other Hash, length, takes)`: a copy goes on where
// the other is, and what takes over goes on where the Digest is; without a `length` it is the
// algorithm's own.
class Hash : public Wrapped {
 public:
  static void make(Env& env, const Args& info);

  // update(string as UTF-8 or bytes): false when it failed.
  void update(const Args& info) {
    HashInput data;
    if (!data.read(env(), info[0])) return;
    info.GetReturnValue().Set(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
  }

  // digest(asHex): a Buffer or text. Ends the computation; called again, it gives the same.
  v8::Local<v8::Value> digest(bool as_hex) {
    ERR_clear_error();
    if (!finished_ && !finish()) {
      throw_openssl_error(env(), {"Digest failed"});
      return v8::Undefined(env().isolate());
    }
    finished_ = true;
    return digest_result(env(), {result_.data(), result_.size()}, as_hex);
  }

 private:
  Hash(Env& env, v8::Local<v8::Object> object, DigestContextPtr context, size_t length)
      : Wrapped(env, object), context_(std::move(context)), length_(length) {}

  bool finish() {
    result_ = SecretBytes(length_);
    if (length_ == 0 || !result_.ok()) return length_ == 0;
    if (length_ != static_cast<size_t>(EVP_MD_CTX_size(context_.get())))
      return EVP_DigestFinalXOF(context_.get(), result_.data(), length_) == 1;
    return EVP_DigestFinal_ex(context_.get(), result_.data(), nullptr) == 1;
  }

  DigestContextPtr context_;
  size_t length_;
  SecretBytes result_;
  bool finished_ = false;
};

constexpr Method kHashMethods[] = {method<&Hash::update>("update"),
                                   method<&Hash::digest>("digest")};
const ClassSpec kHashClass = wrapped_class<Hash>("Hash", kHashMethods);

void Hash::make(Env& env, const Args& info) {
  ERR_clear_error();
  DigestContextPtr context;
  bool ok = false;
  Digest* algorithm = Wrapped::from<Digest>(env, info[0], kDigestClass);
  if (algorithm != nullptr && info[2]->IsTrue()) {
    context = algorithm->take();
    ok = context != nullptr;
  } else {
    context.reset(EVP_MD_CTX_new());
    Hash* other = algorithm != nullptr ? nullptr : Wrapped::from<Hash>(env, info[0], kHashClass);
    if (context != nullptr && algorithm != nullptr)
      ok = EVP_DigestInit_ex(context.get(), algorithm->md(), nullptr) == 1;
    else if (context != nullptr && other != nullptr)
      ok = EVP_MD_CTX_copy_ex(context.get(), other->context_.get()) == 1;
  }
  if (!ok)
    return throw_openssl_error(env, {"Digest method not supported", "ERR_OSSL_EVP_UNSUPPORTED"});
  const EVP_MD* digest = digest_of(context.get());
  size_t length = static_cast<size_t>(EVP_MD_size(digest));
  double wanted = info[1]->IsNumber() ? info[1].As<v8::Number>()->Value() : -1;
  if (wanted >= 0 && static_cast<size_t>(wanted) != length) {
    if ((EVP_MD_flags(digest) & EVP_MD_FLAG_XOF) == 0) {
      raise_evp_error(EVP_R_NOT_XOF_OR_INVALID_LENGTH);
      return throw_openssl_error(env, {"Not an extendable digest"});
    }
    length = static_cast<size_t>(wanted);
  }
  new Hash(env, info.This(), std::move(context), length);
}

// ---- Hmac ----------------------------------------------------------------------------------

using HmacContextPtr = std::unique_ptr<HMAC_CTX, net::TlsFree<HMAC_CTX_free>>;

// `new Hmac(Digest or name, secret key)`.
class Hmac : public Wrapped {
 public:
  static void make(Env& env, const Args& info);

  void update(const Args& info) {
    HashInput data;
    if (!data.read(env(), info[0])) return;
    const auto* bytes = static_cast<const unsigned char*>(data.data());
    info.GetReturnValue().Set(HMAC_Update(context_.get(), bytes, data.size()) == 1);
  }

  // digest(asHex): a Buffer or text, which is empty when called again.
  v8::Local<v8::Value> digest(bool as_hex) {
    if (std::exchange(finished_, true)) return make_buffer(env(), nullptr, 0);
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (HMAC_Final(context_.get(), out, &size) == 1)
      return digest_result(env(), {out, size}, as_hex);
    throw_openssl_error(env(), {"HMAC failed"});
    return v8::Undefined(env().isolate());
  }

 private:
  Hmac(Env& env, v8::Local<v8::Object> object, HmacContextPtr context)
      : Wrapped(env, object), context_(std::move(context)) {}
  HmacContextPtr context_;
  bool finished_ = false;
};

void Hmac::make(Env& env, const Args& info) {
  ERR_clear_error();
  std::string name;
  const EVP_MD* digest = find_digest(env, info[0], &name);
  if (digest == nullptr)
    return throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: " + name);
  std::span<const unsigned char> key;
  if (!read_secret(env, info[1], &key)) return throw_bad_argument(env, 1, "a secret key");
  // OpenSSL wants an address even where there is nothing.
  const unsigned char* bytes = key.empty() ? unsigned_bytes("") : key.data();
  HmacContextPtr context(HMAC_CTX_new());
  if (!context || key.size() > INT_MAX ||
      HMAC_Init_ex(context.get(), bytes, static_cast<int>(key.size()), digest, nullptr) != 1) {
    return throw_openssl_error(env, {"HMAC failed"});
  }
  new Hmac(env, info.This(), std::move(context));
}

constexpr Method kHmacMethods[] = {method<&Hmac::update>("update"),
                                   method<&Hmac::digest>("digest")};
const ClassSpec kHmacClass = wrapped_class<Hmac>("Hmac", kHmacMethods);

const ClassSpec* const kClasses[] = {&kDigestClass, &kHashClass, &kHmacClass};

}  // namespace

extern const Binding kCryptoHashBinding = {"crypto_hash", {}, kClasses, nullptr};

}  // namespace node::js
