// crypto: the library itself: its settings, and what there is in it.
#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <string>
#include <vector>

#include "js/bind_crypto.h"
#include "js/bind_crypto_compat.h"
#include "js/bind_crypto_lists.h"
#include "js/buffer.h"
#include "js/version.h"

namespace node::js {

namespace {

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
  if (load_legacy_algorithms()) return v8::Undefined(env.isolate());
  throw_openssl_error(env, {"OpenSSL's legacy provider cannot be loaded"});
  return {};
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

bool get_fips(Env&) { return is_fips_enabled(); }

v8::MaybeLocal<v8::Value> set_fips(Env& env, bool on) {
  if (enable_fips(on)) return v8::Undefined(env.isolate());
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

constexpr Method kMethods[] = {
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

extern const Binding kCryptoBinding = {"crypto", kMethods, {}, nullptr};

}  // namespace node::js
