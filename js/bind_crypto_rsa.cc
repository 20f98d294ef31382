// RSA's encryption, and its signatures without digest (RFC 8017 7 and 8.2).
#include <openssl/rsa.h>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using MaybeValue = v8::MaybeLocal<v8::Value>;
using Transform = int (*)(EVP_PKEY_CTX*, unsigned char*, size_t*, const unsigned char*, size_t);

struct Operation {
  int (*init)(EVP_PKEY_CTX*);
  Transform transform;
};
// By the numbers that js/lib/internal/crypto/rsa.js has.
constexpr Operation kOperations[] = {
    {EVP_PKEY_encrypt_init, EVP_PKEY_encrypt},
    {EVP_PKEY_decrypt_init, EVP_PKEY_decrypt},
    {EVP_PKEY_sign_init, EVP_PKEY_sign},
    {EVP_PKEY_verify_recover_init, EVP_PKEY_verify_recover},
};
constexpr int32_t kDecrypt = 1;

bool set_label(EVP_PKEY_CTX* context, Bytes label) {
  if (label.empty()) return true;
  void* copy = OPENSSL_memdup(label.data(), label.size());
  if (copy != nullptr &&
      EVP_PKEY_CTX_set0_rsa_oaep_label(context, copy, static_cast<int>(label.size())) == 1)
    return true;
  OPENSSL_free(copy);
  return false;
}

// Whether decryption answers bad paddings with made-up bytes, so that nobody learns from the
// difference (the Marvin attack).
bool rejects_implicitly(EVP_PKEY_CTX* context) {
  bool does = EVP_PKEY_CTX_ctrl_str(context, "rsa_pkcs1_implicit_rejection", "1") > 0;
  ERR_clear_error();
  return does;
}

class RsaJob : public CryptoJob {
 public:
  RsaJob(PkeyContextPtr context, Transform transform, Bytes data)
      : context_(std::move(context)), transform_(transform), data_(SecretBytes::copy(data)) {
    failure = {"RSA operation failed"};
  }

  bool compute() override {
    size_t size = 0;
    const unsigned char* in = data_.size() > 0 ? data_.data() : unsigned_bytes("");
    if (!data_.ok() || transform_(context_.get(), nullptr, &size, in, data_.size()) != 1)
      return false;
    out_ = SecretBytes(size);
    if (!out_.ok() || transform_(context_.get(), out_.data(), &size, in, data_.size()) != 1)
      return false;
    out_.truncate(size);
    return true;
  }
  MaybeValue result(Env& env) override { return std::move(out_).to_buffer(env); }

 private:
  PkeyContextPtr context_;
  Transform transform_;
  SecretBytes data_, out_;
};

// rsaCipher(operation, handle, data, padding, oaep hash or undefined, oaep label or undefined,
// unsafe, callback?) -> Buffer
MaybeValue rsa_cipher(Env& env, int32_t which, Value key_value, Bytes data, int32_t padding,
                      Value hash, Value label_value, bool allow_unsafe, Value callback) {
  const KeyHandle* key = KeyHandle::from(env, key_value);
  const Operation& operation = kOperations[which & 3];
  Bytes label;
  if (!label_value->IsUndefined()) ignore(read_bytes(label_value, &label));
  const EVP_MD* digest = nullptr;
  if (Utf8 name; name.read(env.isolate(), hash)) digest = EVP_get_digestbyname(name.c_str());
  ERR_clear_error();
  PkeyContextPtr context(key == nullptr ? nullptr : EVP_PKEY_CTX_new(key->pkey(), nullptr));
  bool ok = context != nullptr && operation.init(context.get()) == 1 &&
            EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) == 1;
  if (ok && which == kDecrypt && padding == RSA_PKCS1_PADDING && !allow_unsafe &&
      !rejects_implicitly(context.get())) {
    throw_type_error(env, "ERR_INVALID_ARG_VALUE",
                     "RSA_PKCS1_PADDING is no longer supported for private decryption, this can be "
                     "reverted with --security-revert=CVE-2023-46809");
    return {};
  }
  if (padding == RSA_PKCS1_OAEP_PADDING) {
    ok = ok && (digest == nullptr || EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digest) == 1) &&
         set_label(context.get(), label);
  }
  if (ok) {
    auto job = std::make_unique<RsaJob>(std::move(context), operation.transform, data);
    return run_job(env, std::move(job), callback);
  }
  throw_openssl_error(env, {"RSA operation failed"});
  return {};
}

bool is_digest(Env&, const Utf8& name) { return EVP_get_digestbyname(name.c_str()) != nullptr; }

constexpr Method kMethods[] = {fn<&rsa_cipher>("rsaCipher"), fn<&is_digest>("isDigest")};

}  // namespace

extern const Binding kCryptoRsaBinding = {"crypto_rsa", kMethods, {}, nullptr};

}  // namespace node::js
