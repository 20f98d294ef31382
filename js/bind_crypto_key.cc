// KeyHandle: what is behind KeyObjects.
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include "js/bind_crypto_key.h"

#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "js/buffer.h"

namespace node::js {

namespace {

v8::Local<v8::Value> undefined(Env& env) { return v8::Undefined(env.isolate()); }

constexpr Method kKeyMethods[] = {
    method<&KeyHandle::type>("type"),         method<&KeyHandle::size>("size"),
    method<&KeyHandle::equals>("equals"),     method<&KeyHandle::key_type>("keyType"),
    method<&KeyHandle::curve>("curve"),       method<&KeyHandle::export_secret>("exportSecret"),
    method<&KeyHandle::export_key>("export"), method<&KeyHandle::raw>("raw"),
    method<&KeyHandle::point>("point"),       method<&KeyHandle::scalar>("scalar"),
    method<&KeyHandle::check>("check"),
};

}  // namespace

const ClassSpec kKeyHandleClass = wrapped_class<KeyHandle>("KeyHandle", kKeyMethods);

void KeyHandle::make(Env& env, const Args& info) {
  Bytes bytes;
  if (!read_bytes(info[0], &bytes)) return throw_bad_argument(env, 0, "ArrayBufferView");
  auto* handle = new KeyHandle(env, info.This());
  handle->secret_ = SecretBytes::copy(bytes);
}

v8::MaybeLocal<v8::Object> KeyHandle::create(Env& env, KeyKind kind, PkeyPtr pkey) {
  v8::Local<v8::Object> object;
  if (!env.new_instance(kKeyHandleClass).ToLocal(&object)) return {};
  auto* handle = new KeyHandle(env, object);
  handle->kind_ = kind;
  handle->pkey_ = std::move(pkey);
  return object;
}

v8::MaybeLocal<v8::Object> KeyHandle::create_secret(Env& env, SecretBytes bytes) {
  v8::Local<v8::Object> object;
  if (!env.new_instance(kKeyHandleClass).ToLocal(&object)) return {};
  auto* handle = new KeyHandle(env, object);
  handle->secret_ = std::move(bytes);
  return object;
}

KeyHandle* KeyHandle::from(Env& env, v8::Local<v8::Value> value) {
  return Wrapped::from<KeyHandle>(env, value, kKeyHandleClass);
}

bool KeyHandle::equals(v8::Local<v8::Value> value) {
  const KeyHandle* other = from(env(), value);
  if (other == nullptr || other->kind_ != kind_) return false;
  if (kind_ == KeyKind::kSecret) {
    return secret_.size() == other->secret_.size() &&
           CRYPTO_memcmp(secret_.data(), other->secret_.data(), secret_.size()) == 0;
  }
  int same = EVP_PKEY_cmp(pkey_.get(), other->pkey_.get());
  ERR_clear_error();
  return same == 1;
}

v8::Local<v8::Value> KeyHandle::key_type() {
  const char* name = pkey_ == nullptr ? nullptr : key_type_name(pkey_.get());
  if (name == nullptr) return undefined(env());
  return env().name(name);
}

v8::Local<v8::Value> KeyHandle::curve() {
  const EC_KEY* key = pkey_ == nullptr ? nullptr : EVP_PKEY_get0_EC_KEY(pkey_.get());
  int nid = key == nullptr ? NID_undef : EC_GROUP_get_curve_name(EC_KEY_get0_group(key));
  ERR_clear_error();
  if (nid == NID_undef) return undefined(env());
  return env().name(OBJ_nid2sn(nid));
}

v8::Local<v8::Value> KeyHandle::export_secret() {
  return SecretBytes::copy({secret_.chars(), secret_.size()}).to_buffer(env());
}

// The bytes of RFC 8032 and RFC 7748 keys; undefined for others.
v8::Local<v8::Value> KeyHandle::raw(bool is_private) {
  if (pkey_ == nullptr) return undefined(env());
  auto get = is_private ? EVP_PKEY_get_raw_private_key : EVP_PKEY_get_raw_public_key;
  size_t size = 64;
  SecretBytes bytes(size);
  if (get(pkey_.get(), bytes.data(), &size) != 1) {
    ERR_clear_error();
    return undefined(env());
  }
  bytes.truncate(size);
  return std::move(bytes).to_buffer(env());
}

v8::Local<v8::Value> KeyHandle::point() {
  const EC_KEY* key = pkey_ == nullptr ? nullptr : EVP_PKEY_get0_EC_KEY(pkey_.get());
  unsigned char* bytes = nullptr;
  size_t size = 0;
  if (key != nullptr) size = EC_KEY_key2buf(key, POINT_CONVERSION_UNCOMPRESSED, &bytes, nullptr);
  ERR_clear_error();
  if (size == 0) return undefined(env());
  v8::Local<v8::Value> buffer = make_buffer(env(), reinterpret_cast<char*>(bytes), size);
  OPENSSL_free(bytes);
  return buffer;
}

v8::Local<v8::Value> KeyHandle::scalar() {
  const EC_KEY* key = pkey_ == nullptr ? nullptr : EVP_PKEY_get0_EC_KEY(pkey_.get());
  const BIGNUM* number = key == nullptr ? nullptr : EC_KEY_get0_private_key(key);
  ERR_clear_error();
  if (number == nullptr) return undefined(env());
  int size = (EC_GROUP_order_bits(EC_KEY_get0_group(key)) + 7) / 8;
  SecretBytes bytes(static_cast<size_t>(size));
  BN_bn2binpad(number, bytes.data(), size);
  return std::move(bytes).to_buffer(env());
}

bool KeyHandle::check() {
  if (pkey_ == nullptr) return true;
  PkeyContextPtr context(EVP_PKEY_CTX_new(pkey_.get(), nullptr));
  auto check = kind_ == KeyKind::kPrivate ? EVP_PKEY_check : EVP_PKEY_public_check;
  bool ok = context != nullptr && check(context.get()) == 1;
  ERR_clear_error();
  return ok;
}

bool read_secret(Env& env, v8::Local<v8::Value> value, std::span<const unsigned char>* out) {
  if (const KeyHandle* handle = KeyHandle::from(env, value)) {
    *out = handle->secret();
    return handle->kind() == KeyKind::kSecret;
  }
  Bytes bytes;
  if (!read_bytes(value, &bytes)) return false;
  *out = {reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()};
  return true;
}

PkeyPtr share_key(EVP_PKEY* pkey) {
  if (pkey != nullptr) EVP_PKEY_up_ref(pkey);
  return PkeyPtr(pkey);
}

const char* key_type_name(const EVP_PKEY* pkey) {
  switch (EVP_PKEY_id(pkey)) {
    case EVP_PKEY_RSA:
      return "rsa";
    case EVP_PKEY_RSA_PSS:
      return "rsa-pss";
    case EVP_PKEY_DSA:
      return "dsa";
    case EVP_PKEY_DH:
      return "dh";
    case EVP_PKEY_EC:
      return "ec";
    case EVP_PKEY_ED25519:
      return "ed25519";
    case EVP_PKEY_ED448:
      return "ed448";
    case EVP_PKEY_X25519:
      return "x25519";
    case EVP_PKEY_X448:
      return "x448";
    default:
      return nullptr;
  }
}

int curve_by_name(const char* name) {
  int nid = EC_curve_nist2nid(name);
  if (nid == NID_undef) nid = OBJ_sn2nid(name);
  return nid;
}

v8::Local<v8::Value> buffer_of(Env& env, BIO* bio) {
  char* data = nullptr;
  long size = BIO_get_mem_data(bio, &data);
  return SecretBytes::copy({data, static_cast<size_t>(size)}).to_buffer(env);
}

net::BioPtr read_bio(std::span<const char> bytes) {
  return net::BioPtr(
      BIO_new_mem_buf(bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size())));
}

bool read_passphrase(v8::Local<v8::Value> value, Passphrase* out) {
  Bytes bytes;
  if (value->IsUndefined()) return true;
  if (!read_bytes(value, &bytes)) return false;
  *out = std::span<const char>(bytes.data(), bytes.size());
  return true;
}

}  // namespace node::js
