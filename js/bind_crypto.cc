// crypto: digests, HMAC and random bytes on OpenSSL (EVP_DigestInit(3), EVP_MAC(3), RAND_bytes(3)).
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "js/buffer.h"

namespace node::js {

namespace {

void throw_openssl(Env& env, const char* fallback) {
  char text[256] = "";
  unsigned long code = ERR_get_error();
  if (code != 0) ERR_error_string_n(code, text, sizeof text);
  throw_error(env, "ERR_CRYPTO_OPERATION_FAILED", code != 0 ? text : fallback);
  ERR_clear_error();
}

// One digest being computed. `new Hash(algorithm)`; `new Hash(otherHash)` copies its state.
class Hash : public Wrapped {
 public:
  static void make(Env& env, const Args& info);
  ~Hash() override { EVP_MD_CTX_free(context_); }

  bool update(Bytes bytes) { return EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1; }

  // digest(length): `length` 0 means the algorithm's own; others only for extendable ones (SHAKE).
  v8::Local<v8::Value> digest(int32_t length) {
    unsigned char out[EVP_MAX_MD_SIZE];
    if (length > 0 && length != EVP_MD_CTX_size(context_)) {
      std::vector<unsigned char> long_out(static_cast<size_t>(length));
      if (EVP_DigestFinalXOF(context_, long_out.data(), long_out.size()) != 1) {
        throw_openssl(env(), "Unsupported state or not XOF");
        return v8::Undefined(env().isolate());
      }
      return make_buffer(env(), reinterpret_cast<char*>(long_out.data()), long_out.size());
    }
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_, out, &size) != 1) {
      throw_openssl(env(), "Digest failed");
      return v8::Undefined(env().isolate());
    }
    return make_buffer(env(), reinterpret_cast<char*>(out), size);
  }

 private:
  Hash(Env& env, v8::Local<v8::Object> object, EVP_MD_CTX* context)
      : Wrapped(env, object), context_(context) {}
  EVP_MD_CTX* context_;
};

constexpr Method kHashMethods[] = {method<&Hash::update>("update"),
                                   method<&Hash::digest>("digest")};
const ClassSpec kHashClass = wrapped_class<Hash>("Hash", kHashMethods);

void Hash::make(Env& env, const Args& info) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  bool ok = context != nullptr;
  if (Hash* other = Wrapped::from<Hash>(env, info[0], kHashClass)) {
    ok = ok && EVP_MD_CTX_copy_ex(context, other->context_) == 1;
  } else {
    Utf8 name;
    const EVP_MD* digest =
        name.read(env.isolate(), info[0]) ? EVP_get_digestbyname(name.c_str()) : nullptr;
    if (digest == nullptr) {
      EVP_MD_CTX_free(context);
      return throw_error(env, "ERR_OSSL_EVP_UNSUPPORTED", "Digest method not supported");
    }
    ok = ok && EVP_DigestInit_ex(context, digest, nullptr) == 1;
  }
  if (!ok) {
    EVP_MD_CTX_free(context);
    return throw_openssl(env, "Digest method not supported");
  }
  new Hash(env, info.This(), context);
}

// `new Hmac(algorithm, key)`.
class Hmac : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    Utf8 name;
    Bytes key;
    const EVP_MD* digest =
        name.read(env.isolate(), info[0]) ? EVP_get_digestbyname(name.c_str()) : nullptr;
    if (digest == nullptr || !read_bytes(info[1], &key)) {
      return throw_error(env, "ERR_CRYPTO_INVALID_DIGEST",
                         "Invalid digest: " + std::string(name.view()));
    }
    EVP_PKEY* mac_key = EVP_PKEY_new_raw_private_key(
        EVP_PKEY_HMAC, nullptr, reinterpret_cast<unsigned char*>(key.data()), key.size());
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    bool ok = mac_key != nullptr && context != nullptr &&
              EVP_DigestSignInit(context, nullptr, digest, nullptr, mac_key) == 1;
    EVP_PKEY_free(mac_key);
    if (!ok) {
      EVP_MD_CTX_free(context);
      return throw_openssl(env, "HMAC failed");
    }
    new Hmac(env, info.This(), context);
  }
  ~Hmac() override { EVP_MD_CTX_free(context_); }

  bool update(Bytes bytes) {
    return EVP_DigestSignUpdate(context_, bytes.data(), bytes.size()) == 1;
  }

  v8::Local<v8::Value> digest() {
    unsigned char out[EVP_MAX_MD_SIZE];
    size_t size = sizeof out;
    if (EVP_DigestSignFinal(context_, out, &size) != 1) {
      throw_openssl(env(), "HMAC failed");
      return v8::Undefined(env().isolate());
    }
    return make_buffer(env(), reinterpret_cast<char*>(out), size);
  }

 private:
  Hmac(Env& env, v8::Local<v8::Object> object, EVP_MD_CTX* context)
      : Wrapped(env, object), context_(context) {}
  EVP_MD_CTX* context_;
};

constexpr Method kHmacMethods[] = {method<&Hmac::update>("update"),
                                   method<&Hmac::digest>("digest")};
const ClassSpec kHmacClass = wrapped_class<Hmac>("Hmac", kHmacMethods);

// randomFill(buffer): false when the system has no randomness to give.
bool random_fill(Env&, Bytes bytes) {
  while (!bytes.empty()) {
    size_t n = std::min<size_t>(bytes.size(), 1 << 30);
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(n)) != 1)
      return false;
    bytes = bytes.subspan(n);
  }
  return true;
}

// timingSafeEqual(a, b): of equal length.
bool timing_safe_equal(Env&, Bytes a, Bytes b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// getHashes(): the names that `new Hash` takes.
v8::Local<v8::Array> hash_names(Env& env) {
  std::vector<v8::Local<v8::Value>> names;
  struct Context {
    Env& env;
    std::vector<v8::Local<v8::Value>>& names;
  } context{env, names};
  EVP_MD_do_all_sorted(
      [](const EVP_MD*, const char* from, const char*, void* data) {
        Context& c = *static_cast<Context*>(data);
        if (from != nullptr) c.names.push_back(c.env.string(from));
      },
      &context);
  return v8::Array::New(env.isolate(), names.data(), names.size());
}

v8::Local<v8::String> openssl_version(Env& env) {
  std::string text = OpenSSL_version(OPENSSL_VERSION);
  size_t start = text.find(' ') + 1;
  return env.string(text.substr(start, text.find(' ', start) - start));
}

const ClassSpec* const kClasses[] = {&kHashClass, &kHmacClass};
constexpr Method kMethods[] = {
    fn<&random_fill>("randomFill"),
    fn<&timing_safe_equal>("timingSafeEqual"),
    fn<&hash_names>("getHashes"),
    fn<&openssl_version>("version"),
};

}  // namespace

extern const Binding kCryptoBinding = {"crypto", kMethods, kClasses, nullptr};

}  // namespace node::js
