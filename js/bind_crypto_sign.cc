// Signatures: over data that comes in pieces, and over data that is there (EVP_PKEY_sign(3),
// EVP_DigestSign(3)).
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <optional>
#include <vector>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using MaybeValue = v8::MaybeLocal<v8::Value>;
using Octets = std::vector<unsigned char>;

Value undefined(Env& env) { return v8::Undefined(env.isolate()); }

// What a signature is made or checked with, beside the data.
struct Scheme {
  std::optional<int> padding;
  std::optional<int> salt_len;
  bool p1363 = false;  // r and s side by side instead of in DER: IEEE P1363

  // (padding or undefined, salt length or undefined, p1363)
  void read(Value padding_value, Value salt_value, bool p1363_value) {
    if (padding_value->IsInt32()) padding = padding_value.As<v8::Int32>()->Value();
    if (salt_value->IsInt32()) salt_len = salt_value.As<v8::Int32>()->Value();
    p1363 = p1363_value;
  }
};

int default_padding(const EVP_PKEY* key) {
  return EVP_PKEY_id(key) == EVP_PKEY_RSA_PSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
}

bool apply_rsa(EVP_PKEY_CTX* context, const EVP_PKEY* key, const Scheme& scheme) {
  int type = EVP_PKEY_id(key);
  if (type != EVP_PKEY_RSA && type != EVP_PKEY_RSA_PSS) return true;
  int padding = scheme.padding.value_or(default_padding(key));
  if (EVP_PKEY_CTX_set_rsa_padding(context, padding) != 1) return false;
  return padding != RSA_PKCS1_PSS_PADDING || !scheme.salt_len ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, *scheme.salt_len) == 1;
}

// The bytes of each of the two numbers that make a signature of this key; 0 when it has none.
size_t half_size(EVP_PKEY* key) {
  int type = EVP_PKEY_id(key);
  if (type == EVP_PKEY_EC) {
    const EC_KEY* ec = EVP_PKEY_get0_EC_KEY(key);
    return (static_cast<size_t>(EC_GROUP_order_bits(EC_KEY_get0_group(ec))) + 7) / 8;
  }
  if (type != EVP_PKEY_DSA) return 0;
  const DSA* dsa = EVP_PKEY_get0_DSA(key);
  return static_cast<size_t>(BN_num_bytes(DSA_get0_q(dsa)));
}

// DSA's signatures are in the same DER as ECDSA's (RFC 3279 2.2).
using SignaturePtr = std::unique_ptr<ECDSA_SIG, net::TlsFree<ECDSA_SIG_free>>;

Octets to_p1363(EVP_PKEY* key, Octets der) {
  size_t half = half_size(key);
  const unsigned char* at = der.data();
  SignaturePtr signature(half == 0 ? nullptr
                                   : d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (signature == nullptr) return der;
  Octets out(2 * half);
  int size = static_cast<int>(half);
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out.data(), size);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out.data() + half, size);
  return out;
}

// Empty when it cannot be a signature.
Octets from_p1363(EVP_PKEY* key, Bytes bytes) {
  auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t half = half_size(key);
  if (half == 0) return Octets(data, data + bytes.size());
  if (bytes.size() != 2 * half) return {};
  SignaturePtr signature(ECDSA_SIG_new());
  int size = static_cast<int>(half);
  if (signature == nullptr || ECDSA_SIG_set0(signature.get(), BN_bin2bn(data, size, nullptr),
                                             BN_bin2bn(data + half, size, nullptr)) != 1)
    return {};
  unsigned char* der = nullptr;
  int len = i2d_ECDSA_SIG(signature.get(), &der);
  Octets out(der, der + std::max(len, 0));
  OPENSSL_free(der);
  return out;
}

Value octets_buffer(Env& env, const Octets& octets) {
  return make_buffer(env, reinterpret_cast<const char*>(octets.data()), octets.size());
}

// RFC 8032's keys see the data twice.
bool signs_at_once(const EVP_PKEY* key) {
  int type = EVP_PKEY_id(key);
  return type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
}

// ---- Data in pieces ------------------------------------------------------------------------

// `new SignState(digest name)`: a digest that a key then signs, or that a signature is checked
// with.
class SignState : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    Utf8 name;
    if (!name.read(env.isolate(), info[0])) return throw_bad_argument(env, 0, "string");
    // The name that OpenSSL had for SHA-1 with DSA.
    const char* known = strcasecmp(name.c_str(), "dss1") == 0 ? "SHA1" : name.c_str();
    const EVP_MD* digest = EVP_get_digestbyname(known);
    DigestContextPtr context(EVP_MD_CTX_new());
    if (digest == nullptr || context == nullptr ||
        EVP_DigestInit_ex(context.get(), digest, nullptr) != 1) {
      ERR_clear_error();
      return throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST",
                              "Invalid digest: " + std::string(name.view()));
    }
    new SignState(env, info.This(), std::move(context));
  }

  bool update(Bytes bytes) {
    return context_ != nullptr && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }

  // sign(handle, padding, salt length, p1363) -> Buffer
  Value sign(Value key_value, Value padding, Value salt_len, bool p1363) {
    const KeyHandle* key = KeyHandle::from(env(), key_value);
    Scheme scheme;
    scheme.read(padding, salt_len, p1363);
    ERR_clear_error();
    Octets digest = finish();
    if (digest.empty() || key == nullptr || key->pkey() == nullptr) return stale();
    if (signs_at_once(key->pkey())) return unsupported();
    PkeyContextPtr context(EVP_PKEY_CTX_new(key->pkey(), nullptr));
    size_t size = static_cast<size_t>(EVP_PKEY_size(key->pkey()));
    Octets signature(size);
    if (context == nullptr || EVP_PKEY_sign_init(context.get()) != 1 ||
        !apply_rsa(context.get(), key->pkey(), scheme) ||
        EVP_PKEY_CTX_set_signature_md(context.get(), digest_) != 1 ||
        EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) != 1) {
      throw_openssl_error(env(), {"Signing failed"});
      return undefined(env());
    }
    signature.resize(size);
    if (p1363) signature = to_p1363(key->pkey(), std::move(signature));
    return octets_buffer(env(), signature);
  }

  // verify(handle, signature, padding, salt length, p1363) -> boolean
  Value verify(Value key_value, Bytes signature, Value padding, Value salt_len, bool p1363) {
    const KeyHandle* key = KeyHandle::from(env(), key_value);
    Scheme scheme;
    scheme.read(padding, salt_len, p1363);
    ERR_clear_error();
    Octets digest = finish();
    if (digest.empty() || key == nullptr || key->pkey() == nullptr) return stale();
    if (signs_at_once(key->pkey())) return unsupported();
    PkeyContextPtr context(EVP_PKEY_CTX_new(key->pkey(), nullptr));
    if (context == nullptr || EVP_PKEY_verify_init(context.get()) <= 0 ||
        !apply_rsa(context.get(), key->pkey(), scheme) ||
        EVP_PKEY_CTX_set_signature_md(context.get(), digest_) <= 0) {
      throw_openssl_error(env(), {"Verification failed"});
      return undefined(env());
    }
    auto* data = reinterpret_cast<unsigned char*>(signature.data());
    Octets der = p1363 ? from_p1363(key->pkey(), signature) : Octets(data, data + signature.size());
    bool ok =
        EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error();
    return v8::Boolean::New(env().isolate(), ok);
  }

 private:
  SignState(Env& env, v8::Local<v8::Object> object, DigestContextPtr context)
      : Wrapped(env, object),
        context_(std::move(context)),
        digest_(EVP_MD_CTX_md(context_.get())) {}

  // The digest; empty after the first time.
  Octets finish() {
    if (context_ == nullptr) return {};
    Octets out(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_.get(), out.data(), &size) != 1) size = 0;
    out.resize(size);
    context_.reset();
    return out;
  }
  Value unsupported() {
    throw_error(env(), "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation");
    return undefined(env());
  }
  Value stale() {
    throw_error(env(), "ERR_CRYPTO_OPERATION_FAILED", "Not initialised");
    return undefined(env());
  }

  DigestContextPtr context_;
  const EVP_MD* digest_;
};

constexpr Method kStateMethods[] = {method<&SignState::update>("update"),
                                    method<&SignState::sign>("sign"),
                                    method<&SignState::verify>("verify")};
const ClassSpec kStateClass = wrapped_class<SignState>("SignState", kStateMethods);

// ---- Data that is there --------------------------------------------------------------------

class SignJob : public CryptoJob {
 public:
  SignJob(PkeyPtr key, const EVP_MD* digest, const Scheme& scheme, std::string data)
      : key_(std::move(key)), digest_(digest), scheme_(scheme), data_(std::move(data)) {}

  bool compute() override {
    DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* pkey_context = nullptr;
    size_t size = 0;
    if (context == nullptr ||
        EVP_DigestSignInit(context.get(), &pkey_context, digest_, nullptr, key_.get()) != 1 ||
        !apply_rsa(pkey_context, key_.get(), scheme_) ||
        EVP_DigestSign(context.get(), nullptr, &size, data(), data_.size()) != 1)
      return false;
    out_.resize(size);
    if (EVP_DigestSign(context.get(), out_.data(), &size, data(), data_.size()) != 1) return false;
    out_.resize(size);
    if (scheme_.p1363) out_ = to_p1363(key_.get(), std::move(out_));
    return true;
  }
  MaybeValue result(Env& env) override { return octets_buffer(env, out_); }

 private:
  const unsigned char* data() const { return reinterpret_cast<const unsigned char*>(data_.data()); }
  PkeyPtr key_;
  const EVP_MD* digest_;
  Scheme scheme_;
  std::string data_;
  Octets out_;
};

class VerifyJob : public CryptoJob {
 public:
  VerifyJob(PkeyPtr key, const EVP_MD* digest, const Scheme& scheme, std::string data,
            Octets signature)
      : key_(std::move(key)),
        digest_(digest),
        scheme_(scheme),
        data_(std::move(data)),
        signature_(std::move(signature)) {}

  bool compute() override {
    DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* pkey_context = nullptr;
    if (context == nullptr ||
        EVP_DigestVerifyInit(context.get(), &pkey_context, digest_, nullptr, key_.get()) != 1 ||
        !apply_rsa(pkey_context, key_.get(), scheme_))
      return false;
    auto* data = reinterpret_cast<const unsigned char*>(data_.data());
    ok_ = EVP_DigestVerify(context.get(), signature_.data(), signature_.size(), data,
                           data_.size()) == 1;
    ERR_clear_error();
    return true;
  }
  MaybeValue result(Env& env) override { return v8::Boolean::New(env.isolate(), ok_); }

 private:
  PkeyPtr key_;
  const EVP_MD* digest_;
  Scheme scheme_;
  std::string data_;
  Octets signature_;
  bool ok_ = false;
};

// Undefined stands for the digest that the key itself brings along.
bool read_digest(Env& env, Value value, const EVP_MD** out) {
  Utf8 name;
  if (!name.read(env.isolate(), value)) return true;
  *out = EVP_get_digestbyname(name.c_str());
  if (*out != nullptr) return true;
  throw_type_error(env, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: " + std::string(name.view()));
  return false;
}

// signOnce(handle, digest, data, padding, salt length, p1363, callback or undefined)
MaybeValue sign_once(Env& env, Value key_value, Value digest, Bytes data, Value padding,
                     Value salt_len, bool p1363, Value callback) {
  const EVP_MD* md = nullptr;
  const KeyHandle* key = KeyHandle::from(env, key_value);
  if (key == nullptr || !read_digest(env, digest, &md)) return undefined(env);
  Scheme scheme;
  scheme.read(padding, salt_len, p1363);
  auto job = std::make_unique<SignJob>(share_key(key->pkey()), md, scheme,
                                       std::string(data.data(), data.size()));
  return run_job(env, std::move(job), callback);
}

// verifyOnce(handle, digest, data, signature, padding, salt length, p1363, callback or undefined)
MaybeValue verify_once(Env& env, Value key_value, Value digest, Bytes data, Bytes signature,
                       Value padding, Value salt_len, bool p1363, Value callback) {
  const EVP_MD* md = nullptr;
  const KeyHandle* key = KeyHandle::from(env, key_value);
  if (key == nullptr || !read_digest(env, digest, &md)) return undefined(env);
  Scheme scheme;
  scheme.read(padding, salt_len, p1363);
  auto* bytes = reinterpret_cast<unsigned char*>(signature.data());
  Octets der = p1363 ? from_p1363(key->pkey(), signature) : Octets(bytes, bytes + signature.size());
  auto job = std::make_unique<VerifyJob>(share_key(key->pkey()), md, scheme,
                                         std::string(data.data(), data.size()), std::move(der));
  return run_job(env, std::move(job), callback);
}

const ClassSpec* const kClasses[] = {&kStateClass};
constexpr Method kMethods[] = {fn<&sign_once>("signOnce"), fn<&verify_once>("verifyOnce")};

}  // namespace

extern const Binding kCryptoSignBinding = {"crypto_sign", kMethods, kClasses, nullptr};

}  // namespace node::js
