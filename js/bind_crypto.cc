// crypto: digests, HMAC and random bytes on OpenSSL (EVP_DigestInit(3), EVP_MAC(3), RAND_bytes(3)).
#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
#include <openssl/provider.h>
#endif
#include <openssl/rand.h>

#include <string>
#include <vector>

#include "js/bind_crypto.h"
#include "js/bind_crypto_lists.h"
#include "js/buffer.h"
#include "js/version.h"

namespace node::js {

namespace {

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
        throw_openssl_error(env(), {"Unsupported state or not XOF"});
        return v8::Undefined(env().isolate());
      }
      return make_buffer(env(), reinterpret_cast<char*>(long_out.data()), long_out.size());
    }
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_, out, &size) != 1) {
      throw_openssl_error(env(), {"Digest failed"});
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
    return throw_openssl_error(env, {"Digest method not supported"});
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
      return throw_openssl_error(env, {"HMAC failed"});
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
      throw_openssl_error(env(), {"HMAC failed"});
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

// ---- The library itself --------------------------------------------------------------------

// loadConfig(file, application): an openssl.cnf of the program's own, instead of the system's.
v8::MaybeLocal<v8::Value> load_config(Env& env, const Utf8& file, const Utf8& application) {
  const char* path = file.size() == 0 ? nullptr : file.c_str();
  unsigned long flags = CONF_MFLAGS_DEFAULT_SECTION;
  if (path == nullptr) flags |= CONF_MFLAGS_IGNORE_MISSING_FILE;
  if (CONF_modules_load_file(path, application.c_str(), flags) == 1)
    return v8::Undefined(env.isolate());
  throw_openssl_error(env, {"OpenSSL's configuration cannot be loaded"});
  return {};
}

// loadLegacy(): RC4, MD4, Blowfish and others that OpenSSL 3.0 has put aside.
v8::MaybeLocal<v8::Value> load_legacy(Env& env) {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
  // One that is loaded by its name ends that the default comes by itself.
  if (OSSL_PROVIDER_load(nullptr, "legacy") == nullptr ||
      OSSL_PROVIDER_load(nullptr, "default") == nullptr) {
    throw_openssl_error(env, {"OpenSSL's legacy provider cannot be loaded"});
    return {};
  }
#endif
  return v8::Undefined(env.isolate());
}

// initSecureHeap(bytes, min): false when memory cannot be locked or the sizes are no powers of two.
bool init_secure_heap(Env&, double bytes, double min) {
  if (CRYPTO_secure_malloc_initialized() == 1) return true;
  return CRYPTO_secure_malloc_init(static_cast<size_t>(bytes), static_cast<int>(min)) != 0;
}

// Undefined without a secure heap.
v8::Local<v8::Value> secure_heap_used(Env& env) {
  if (CRYPTO_secure_malloc_initialized() != 1) return v8::Undefined(env.isolate());
  return v8::Number::New(env.isolate(), static_cast<double>(CRYPTO_secure_used()));
}

bool get_fips(Env&) {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
  return EVP_default_properties_is_fips_enabled(nullptr) == 1;
#else
  return FIPS_mode() == 1;
#endif
}

v8::MaybeLocal<v8::Value> set_fips(Env& env, bool on) {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
  bool ok = (!on || OSSL_PROVIDER_load(nullptr, "fips") != nullptr) &&
            EVP_default_properties_enable_fips(nullptr, on ? 1 : 0) == 1;
#else
  bool ok = FIPS_mode_set(on ? 1 : 0) == 1;
#endif
  if (ok) return v8::Undefined(env.isolate());
  throw_openssl_error(env, {"FIPS mode cannot be set"});
  return {};
}

// setEngine(id, flags): false when there is none of this name.
bool use_engine(Env& env, const Utf8& id, uint32_t flags) {
  EngineState state = set_engine(id.c_str(), flags);
  if (state == EngineState::kFailed) throw_openssl_error(env, {"The engine cannot be used"});
  return state == EngineState::kSet;
}

// timingSafeEqual(a, b): of equal length.
bool timing_safe_equal(Env&, Bytes a, Bytes b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

const ClassSpec* const kClasses[] = {&kHashClass, &kHmacClass};
constexpr Method kMethods[] = {
    fn<&random_fill>("randomFill"),
    fn<&timing_safe_equal>("timingSafeEqual"),
    fn<&hash_names>("getHashes"),
    fn<&cipher_names>("getCiphers"),
    fn<&curve_names>("getCurves"),
    fn<&crypto_constants>("getConstants"),
    fn<&load_config>("loadConfig"),
    fn<&load_legacy>("loadLegacy"),
    fn<&init_secure_heap>("initSecureHeap"),
    fn<&secure_heap_used>("secureHeapUsed"),
    fn<&get_fips>("getFips"),
    fn<&set_fips>("setFips"),
    fn<&use_engine>("setEngine"),
};

}  // namespace

std::string openssl_version() {
  std::string text = OpenSSL_version(OPENSSL_VERSION);
  size_t start = text.find(' ') + 1;
  return text.substr(start, text.find(' ', start) - start);
}

extern const Binding kCryptoBinding = {"crypto", kMethods, kClasses, nullptr};

}  // namespace node::js
