// Key pairs and secrets made on the thread pool (EVP_PKEY_keygen(3), EVP_PKEY_paramgen(3)).
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "js/bind_crypto_dh.h"
#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using MaybeValue = v8::MaybeLocal<v8::Value>;

Value undefined(Env& env) { return v8::Undefined(env.isolate()); }

// Generates parameters first, when `parameters` has them described, and then the key.
class PairJob : public CryptoJob {
 public:
  PairJob(PkeyContextPtr parameters, PkeyContextPtr key)
      : parameters_(std::move(parameters)), key_context_(std::move(key)) {}

  bool compute() override {
    if (parameters_ != nullptr) {
      EVP_PKEY* made = nullptr;
      if (EVP_PKEY_paramgen(parameters_.get(), &made) != 1) return false;
      PkeyPtr owner(made);
      key_context_.reset(EVP_PKEY_CTX_new(made, nullptr));
      if (key_context_ == nullptr || EVP_PKEY_keygen_init(key_context_.get()) != 1) return false;
    }
    EVP_PKEY* pair = nullptr;
    if (EVP_PKEY_keygen(key_context_.get(), &pair) != 1) return false;
    pair_.reset(pair);
    return true;
  }

  // [public handle, private handle]
  MaybeValue result(Env& env) override {
    v8::Local<v8::Object> handles[2];
    if (!KeyHandle::create(env, KeyKind::kPublic, share_key(pair_.get())).ToLocal(&handles[0]) ||
        !KeyHandle::create(env, KeyKind::kPrivate, std::move(pair_)).ToLocal(&handles[1]))
      return undefined(env);
    Value values[] = {handles[0], handles[1]};
    return v8::Array::New(env.isolate(), values, 2);
  }

 private:
  PkeyContextPtr parameters_;
  PkeyContextPtr key_context_;
  PkeyPtr pair_;
};

class SecretJob : public CryptoJob {
 public:
  explicit SecretJob(size_t bytes) : secret_(bytes) {}
  bool compute() override {
    return RAND_bytes(secret_.data(), static_cast<int>(secret_.size())) == 1;
  }
  MaybeValue result(Env& env) override {
    v8::Local<v8::Object> handle;
    if (!KeyHandle::create_secret(env, std::move(secret_)).ToLocal(&handle)) return undefined(env);
    return handle;
  }

 private:
  SecretBytes secret_;
};

MaybeValue generate(Env& env, PkeyContextPtr parameters, PkeyContextPtr key, Value callback) {
  auto job = std::make_unique<PairJob>(std::move(parameters), std::move(key));
  return run_job(env, std::move(job), callback);
}

MaybeValue fail(Env& env) {
  throw_openssl_error(env, {"Key generation failed"});
  return undefined(env);
}

// Null with OpenSSL's errors when it does not know the type.
PkeyContextPtr key_context(int type) {
  PkeyContextPtr context(EVP_PKEY_CTX_new_id(type, nullptr));
  if (context != nullptr && EVP_PKEY_keygen_init(context.get()) != 1) context.reset();
  return context;
}

PkeyContextPtr parameter_context(int type) {
  PkeyContextPtr context(EVP_PKEY_CTX_new_id(type, nullptr));
  if (context != nullptr && EVP_PKEY_paramgen_init(context.get()) != 1) context.reset();
  return context;
}

bool set_rsa(EVP_PKEY_CTX* context, uint32_t bits, uint32_t exponent) {
  if (EVP_PKEY_CTX_set_rsa_keygen_bits(context, static_cast<int>(bits)) != 1) return false;
  BignumPtr e(BN_new());
  if (e == nullptr || BN_set_word(e.get(), exponent) != 1 ||
      EVP_PKEY_CTX_set_rsa_keygen_pubexp(context, e.get()) != 1)
    return false;
  ignore(e.release());  // the context has it
  return true;
}

// generateRsa(bits, exponent, callback or undefined)
MaybeValue generate_rsa(Env& env, uint32_t bits, uint32_t exponent, Value callback) {
  PkeyContextPtr context = key_context(EVP_PKEY_RSA);
  if (context == nullptr || !set_rsa(context.get(), bits, exponent)) return fail(env);
  return generate(env, nullptr, std::move(context), callback);
}

// The digest of that name; throws, and answers false, when there is none. Undefined is none.
bool read_digest(Env& env, Value value, const char* what, const EVP_MD** out) {
  Utf8 name;
  if (!name.read(env.isolate(), value)) return true;
  *out = EVP_get_digestbyname(name.c_str());
  if (*out != nullptr) return true;
  throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST",
                   std::string("Invalid ") + what + ": " + name.c_str());
  return false;
}

bool set_pss(EVP_PKEY_CTX* context, const EVP_MD* digest, const EVP_MD* mgf1, int32_t salt_len) {
  if (digest != nullptr && EVP_PKEY_CTX_set_rsa_pss_keygen_md(context, digest) != 1) return false;
  // RFC 4055 3.1: by default both are the same.
  if (mgf1 == nullptr) mgf1 = digest;
  if (mgf1 != nullptr && EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md(context, mgf1) != 1) return false;
  if (salt_len < 0 && digest != nullptr) salt_len = EVP_MD_size(digest);
  return salt_len < 0 || EVP_PKEY_CTX_set_rsa_pss_keygen_saltlen(context, salt_len) == 1;
}

// generateRsaPss(bits, exponent, digest, mgf1 digest, salt length or -1, callback or undefined)
MaybeValue generate_rsa_pss(Env& env, uint32_t bits, uint32_t exponent, Value digest, Value mgf1,
                            int32_t salt_len, Value callback) {
  const EVP_MD* md = nullptr;
  const EVP_MD* mgf1_md = nullptr;
  if (!read_digest(env, digest, "digest", &md) || !read_digest(env, mgf1, "MGF1 digest", &mgf1_md))
    return undefined(env);
  PkeyContextPtr context = key_context(EVP_PKEY_RSA_PSS);
  if (context == nullptr || !set_rsa(context.get(), bits, exponent) ||
      !set_pss(context.get(), md, mgf1_md, salt_len))
    return fail(env);
  return generate(env, nullptr, std::move(context), callback);
}

// generateDsa(bits, divisor's bits or -1, callback or undefined)
MaybeValue generate_dsa(Env& env, uint32_t bits, int32_t divisor_bits, Value callback) {
  PkeyContextPtr context = parameter_context(EVP_PKEY_DSA);
  if (context == nullptr ||
      EVP_PKEY_CTX_set_dsa_paramgen_bits(context.get(), static_cast<int>(bits)) != 1)
    return fail(env);
  if (divisor_bits >= 0 && EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context.get(), divisor_bits) != 1)
    return fail(env);
  return generate(env, std::move(context), nullptr, callback);
}

// generateEc(curve, explicit, callback or undefined)
MaybeValue generate_ec(Env& env, const Utf8& curve, bool is_explicit, Value callback) {
  int nid = curve_by_name(curve.c_str());
  PkeyContextPtr context = parameter_context(EVP_PKEY_EC);
  if (nid == NID_undef || context == nullptr ||
      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), nid) != 1) {
    ERR_clear_error();
    throw_type_error(env, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
    return undefined(env);
  }
  int encoding = is_explicit ? OPENSSL_EC_EXPLICIT_CURVE : OPENSSL_EC_NAMED_CURVE;
  if (EVP_PKEY_CTX_set_ec_param_enc(context.get(), encoding) != 1) return fail(env);
  return generate(env, std::move(context), nullptr, callback);
}

// generateOkp(type name, callback or undefined): RFC 8410's types, which have no parameters.
MaybeValue generate_okp(Env& env, const Utf8& name, Value callback) {
  PkeyContextPtr context = key_context(OBJ_sn2nid(name.c_str()));
  if (context == nullptr) return fail(env);
  return generate(env, nullptr, std::move(context), callback);
}

// generateDhOfSize(bits, generator, callback or undefined)
MaybeValue generate_dh_of_size(Env& env, int32_t bits, int32_t generator, Value callback) {
  PkeyContextPtr context = parameter_context(EVP_PKEY_DH);
  if (context == nullptr || EVP_PKEY_CTX_set_dh_paramgen_prime_len(context.get(), bits) != 1 ||
      EVP_PKEY_CTX_set_dh_paramgen_generator(context.get(), generator) != 1)
    return fail(env);
  return generate(env, std::move(context), nullptr, callback);
}

// generateDh(group's name or prime, generator, callback or undefined)
MaybeValue generate_dh(Env& env, Value group_or_prime, int32_t generator, Value callback) {
  BignumPtr prime;
  Bytes bytes;
  if (Utf8 name; name.read(env.isolate(), group_or_prime)) {
    prime = dh_group_prime(name.view());
    if (prime == nullptr) {
      throw_error(env, "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group");
      return undefined(env);
    }
  } else if (read_bytes(group_or_prime, &bytes)) {
    prime.reset(BN_bin2bn(reinterpret_cast<unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr));
  }
  PkeyPtr parameters = dh_parameters(std::move(prime), generator);
  PkeyContextPtr context(parameters == nullptr ? nullptr
                                               : EVP_PKEY_CTX_new(parameters.get(), nullptr));
  if (context == nullptr || EVP_PKEY_keygen_init(context.get()) != 1) return fail(env);
  return generate(env, nullptr, std::move(context), callback);
}

// generateSecret(bytes, callback or undefined)
MaybeValue generate_secret(Env& env, uint32_t size, Value callback) {
  return run_job(env, std::make_unique<SecretJob>(size), callback);
}

constexpr Method kMethods[] = {
    fn<&generate_rsa>("generateRsa"), fn<&generate_rsa_pss>("generateRsaPss"),
    fn<&generate_dsa>("generateDsa"), fn<&generate_ec>("generateEc"),
    fn<&generate_okp>("generateOkp"), fn<&generate_dh_of_size>("generateDhOfSize"),
    fn<&generate_dh>("generateDh"),   fn<&generate_secret>("generateSecret"),
};

}  // namespace

extern const Binding kCryptoKeygenBinding = {"crypto_keygen", kMethods, {}, nullptr};

}  // namespace node::js
