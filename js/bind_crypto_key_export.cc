// Keys as PEM and DER, and the functions that make handles out of both.
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

struct Encryption {
  const EVP_CIPHER* cipher = nullptr;
  Passphrase passphrase;

  // OpenSSL asks at the terminal when it gets no address.
  char* data() const {
    if (!passphrase || passphrase->empty()) return const_cast<char*>("");
    return const_cast<char*>(passphrase->data());
  }
  int size() const { return passphrase ? static_cast<int>(passphrase->size()) : 0; }
};

bool write_public(BIO* bio, EVP_PKEY* key, KeyFormat format, KeyEncoding encoding) {
  if (encoding != KeyEncoding::kPkcs1)
    return (format == KeyFormat::kPem ? PEM_write_bio_PUBKEY : i2d_PUBKEY_bio)(bio, key) == 1;
  auto* rsa = const_cast<RSA*>(EVP_PKEY_get0_RSA(key));
  if (rsa == nullptr) return false;
  if (format == KeyFormat::kPem) return PEM_write_bio_RSAPublicKey(bio, rsa) == 1;
  return i2d_RSAPublicKey_bio(bio, rsa) == 1;
}

bool write_pkcs8(BIO* bio, EVP_PKEY* key, KeyFormat format, const Encryption& by) {
  auto write = format == KeyFormat::kPem ? PEM_write_bio_PKCS8PrivateKey : i2d_PKCS8PrivateKey_bio;
  return write(bio, key, by.cipher, by.data(), by.size(), nullptr, nullptr) == 1;
}

bool write_rsa(BIO* bio, EVP_PKEY* key, KeyFormat format, const Encryption& by) {
  auto* rsa = const_cast<RSA*>(EVP_PKEY_get0_RSA(key));
  if (rsa == nullptr) return false;
  if (format == KeyFormat::kDer) return i2d_RSAPrivateKey_bio(bio, rsa) == 1;
  auto* passphrase = reinterpret_cast<unsigned char*>(by.data());
  return PEM_write_bio_RSAPrivateKey(bio, rsa, by.cipher, passphrase, by.size(), nullptr,
                                     nullptr) == 1;
}

bool write_ec(BIO* bio, EVP_PKEY* key, KeyFormat format, const Encryption& by) {
  auto* ec = const_cast<EC_KEY*>(EVP_PKEY_get0_EC_KEY(key));
  if (ec == nullptr) return false;
  if (format == KeyFormat::kDer) return i2d_ECPrivateKey_bio(bio, ec) == 1;
  auto* passphrase = reinterpret_cast<unsigned char*>(by.data());
  return PEM_write_bio_ECPrivateKey(bio, ec, by.cipher, passphrase, by.size(), nullptr, nullptr) ==
         1;
}

bool write_private(BIO* bio, EVP_PKEY* key, KeyFormat format, KeyEncoding encoding,
                   const Encryption& by) {
  switch (encoding) {
    case KeyEncoding::kPkcs1:
      return write_rsa(bio, key, format, by);
    case KeyEncoding::kSec1:
      return write_ec(bio, key, format, by);
    default:
      return write_pkcs8(bio, key, format, by);
  }
}

v8::Local<v8::Value> handle_of(Env& env, KeyKind kind, PkeyPtr key) {
  v8::Local<v8::Object> object;
  if (key == nullptr) {
    throw_openssl_error(env, {"Failed to read asymmetric key"});
  } else if (KeyHandle::create(env, kind, std::move(key)).ToLocal(&object)) {
    ERR_clear_error();
    return object;
  }
  return v8::Undefined(env.isolate());
}

// What is encrypted wants a passphrase. OpenSSL says so clearly for DER alone.
v8::Local<v8::Value> private_handle(Env& env, PkeyPtr key, KeyKind kind, const Passphrase& words) {
  unsigned long error = ERR_peek_error();
  if (key != nullptr || words || ERR_GET_LIB(error) != ERR_LIB_PEM ||
      ERR_GET_REASON(error) != PEM_R_BAD_PASSWORD_READ)
    return handle_of(env, kind, std::move(key));
  ERR_clear_error();
  throw_type_error(env, "ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key");
  return v8::Undefined(env.isolate());
}

// parsePrivateKey(bytes, format, encoding, passphrase or undefined) -> KeyHandle
v8::Local<v8::Value> parse_private(Env& env, Bytes bytes, int32_t format, int32_t encoding,
                                   v8::Local<v8::Value> passphrase) {
  Passphrase words;
  ignore(read_passphrase(passphrase, &words));
  PkeyPtr key = parse_private_key(bytes, static_cast<KeyFormat>(format),
                                  static_cast<KeyEncoding>(encoding), words);
  return private_handle(env, std::move(key), KeyKind::kPrivate, words);
}

// parsePublicKey(bytes, format, encoding, passphrase or undefined) -> KeyHandle
v8::Local<v8::Value> parse_public(Env& env, Bytes bytes, int32_t format, int32_t encoding,
                                  v8::Local<v8::Value> passphrase) {
  Passphrase words;
  ignore(read_passphrase(passphrase, &words));
  PkeyPtr key = parse_public_key(bytes, static_cast<KeyFormat>(format),
                                 static_cast<KeyEncoding>(encoding), words);
  return private_handle(env, std::move(key), KeyKind::kPublic, words);
}

// publicOf(handle) -> KeyHandle
v8::Local<v8::Value> public_of(Env& env, v8::Local<v8::Value> value) {
  KeyHandle* handle = KeyHandle::from(env, value);
  return handle_of(env, KeyKind::kPublic, handle == nullptr ? nullptr : share_key(handle->pkey()));
}

// rawKey(type name, bytes, isPrivate) -> KeyHandle; of the types of RFC 8410.
v8::Local<v8::Value> raw_key(Env& env, const Utf8& name, Bytes bytes, bool is_private) {
  int type = OBJ_sn2nid(name.c_str());
  auto make = is_private ? EVP_PKEY_new_raw_private_key : EVP_PKEY_new_raw_public_key;
  PkeyPtr key(make(type, nullptr, reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()));
  return handle_of(env, is_private ? KeyKind::kPrivate : KeyKind::kPublic, std::move(key));
}

// ecKey(curve, point, number or undefined) -> KeyHandle
v8::Local<v8::Value> ec_key(Env& env, const Utf8& curve, Bytes point, v8::Local<v8::Value> number) {
  using EcKeyPtr = std::unique_ptr<EC_KEY, net::TlsFree<EC_KEY_free>>;
  Bytes secret;
  bool is_private = !number->IsUndefined() && read_bytes(number, &secret);
  EcKeyPtr ec(EC_KEY_new_by_curve_name(curve_by_name(curve.c_str())));
  PkeyPtr key(EVP_PKEY_new());
  bool ok = ec != nullptr && key != nullptr &&
            EC_KEY_oct2key(ec.get(), unsigned_bytes(point.data()), point.size(), nullptr) == 1;
  if (is_private) {
    ok = ok && EC_KEY_oct2priv(ec.get(), unsigned_bytes(secret.data()), secret.size()) == 1 &&
         !BN_is_zero(EC_KEY_get0_private_key(ec.get()));
  }
  ok = ok && EVP_PKEY_assign_EC_KEY(key.get(), ec.get()) == 1;
  if (ok) ignore(ec.release());  // the key has it
  if (!ok) key.reset();
  return handle_of(env, is_private ? KeyKind::kPrivate : KeyKind::kPublic, std::move(key));
}

// oidName('1.2.840.113549.2.5') -> OpenSSL's long name; undefined when it knows none.
v8::Local<v8::Value> oid_name(Env& env, const Utf8& oid) {
  int nid = OBJ_txt2nid(oid.c_str());
  ERR_clear_error();
  if (nid == NID_undef) return v8::Undefined(env.isolate());
  return env.string(OBJ_nid2ln(nid));
}

bool is_cipher(Env&, const Utf8& name) { return EVP_get_cipherbyname(name.c_str()) != nullptr; }

const ClassSpec* const kClasses[] = {&kKeyHandleClass};
constexpr Method kMethods[] = {
    fn<&parse_private>("parsePrivateKey"),
    fn<&parse_public>("parsePublicKey"),
    fn<&public_of>("publicOf"),
    fn<&raw_key>("rawKey"),
    fn<&ec_key>("ecKey"),
    fn<&oid_name>("oidName"),
    fn<&is_cipher>("isCipher"),
};

}  // namespace

v8::Local<v8::Value> KeyHandle::export_key(int32_t format, int32_t encoding,
                                           v8::Local<v8::Value> cipher,
                                           v8::Local<v8::Value> passphrase) {
  v8::Local<v8::Value> nothing = v8::Undefined(env().isolate());
  Encryption by;
  if (Utf8 name; name.read(env().isolate(), cipher)) {
    by.cipher = EVP_get_cipherbyname(name.c_str());
    if (by.cipher == nullptr) {
      throw_error(env(), "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
      return nothing;
    }
    ignore(read_passphrase(passphrase, &by.passphrase));
  }
  ERR_clear_error();
  net::BioPtr bio = secret_bio();
  auto form = static_cast<KeyFormat>(format);
  auto how = static_cast<KeyEncoding>(encoding);
  bool ok = pkey_ != nullptr && bio != nullptr &&
            (kind_ == KeyKind::kPublic ? write_public(bio.get(), pkey_.get(), form, how)
                                       : write_private(bio.get(), pkey_.get(), form, how, by));
  if (!ok) {
    throw_openssl_error(env(), {"Failed to encode key"});
    return nothing;
  }
  ERR_clear_error();
  return buffer_of(env(), bio.get());
}

extern const Binding kCryptoKeyBinding = {"crypto_key", kMethods, kClasses, nullptr};

}  // namespace node::js
