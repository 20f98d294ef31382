// Keys as C++ holds them, and what reads and writes their encodings. Knows nothing of what they are
// used for.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "js/bind.h"
#include "js/bind_crypto.h"

namespace node::js {

// What JavaScript calls them too: js/lib/internal/crypto/keys.js.
enum class KeyKind : int32_t { kSecret, kPublic, kPrivate };
enum class KeyFormat : int32_t { kDer, kPem };
enum class KeyEncoding : int32_t { kAny = -1, kPkcs1, kPkcs8, kSpki, kSec1 };

// A key: immutable, and so shared by all KeyObjects that are copies of one another. A secret's
// bytes are cleansed when it goes.
class KeyHandle : public Wrapped {
 public:
  // `new KeyHandle(bytes)`: a secret.
  static void make(Env& env, const Args& info);
  // Takes the key over; empty when script is terminating.
  static v8::MaybeLocal<v8::Object> create(Env& env, KeyKind kind, PkeyPtr pkey);
  static v8::MaybeLocal<v8::Object> create_secret(Env& env, SecretBytes bytes);
  // nullptr when `value` is no handle.
  static KeyHandle* from(Env& env, v8::Local<v8::Value> value);

  KeyKind kind() const { return kind_; }
  // Null for secrets. Whoever works on another thread takes a reference of its own.
  EVP_PKEY* pkey() const { return pkey_.get(); }
  std::span<const unsigned char> secret() const { return {secret_.data(), secret_.size()}; }

  // For JavaScript.
  int32_t type() { return static_cast<int32_t>(kind_); }
  size_t size() { return secret_.size(); }
  bool equals(v8::Local<v8::Value> other);
  v8::Local<v8::Value> key_type();
  v8::Local<v8::Value> curve();
  v8::Local<v8::Value> export_secret();
  // (format, encoding, cipher name or undefined, passphrase or undefined)
  v8::Local<v8::Value> export_key(int32_t format, int32_t encoding, v8::Local<v8::Value> cipher,
                                  v8::Local<v8::Value> passphrase);
  v8::Local<v8::Value> raw(bool is_private);
  // The public point of a key on a curve, uncompressed, and its secret number; undefined otherwise.
  v8::Local<v8::Value> point();
  v8::Local<v8::Value> scalar();
  // Whether parts that must fit together do.
  bool check();

 private:
  KeyHandle(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object) {}
  KeyKind kind_ = KeyKind::kSecret;
  PkeyPtr pkey_;
  SecretBytes secret_;
};

extern const ClassSpec kKeyHandleClass;

// The bytes of a secret: those of its handle, or of a buffer. False for everything else.
bool read_secret(Env& env, v8::Local<v8::Value> value, std::span<const unsigned char>* out);
// One more reference to the same key.
PkeyPtr share_key(EVP_PKEY* pkey);

using Passphrase = std::optional<std::span<const char>>;

// These answer null with OpenSSL's errors in its queue when the bytes are no such key.
PkeyPtr parse_private_key(std::span<const char> bytes, KeyFormat format, KeyEncoding encoding,
                          const Passphrase& passphrase);
// Out of a certificate or a private key, too.
PkeyPtr parse_public_key(std::span<const char> bytes, KeyFormat format, KeyEncoding encoding,
                         const Passphrase& passphrase);

// An argument of JavaScript that may be undefined.
bool read_passphrase(v8::Local<v8::Value> value, Passphrase* out);
// A Buffer with what has been written to `bio`, in memory of its own that is cleansed.
v8::Local<v8::Value> buffer_of(Env& env, BIO* bio);
// A BIO whose memory is cleansed when it goes.
inline net::BioPtr secret_bio() { return net::BioPtr(BIO_new(BIO_s_secmem())); }
net::BioPtr read_bio(std::span<const char> bytes);

// "rsa", "ec", "ed25519"; nullptr for types that have no name here.
const char* key_type_name(const EVP_PKEY* pkey);
// The number of a curve by its name of NIST or of OpenSSL; NID_undef when there is none.
int curve_by_name(const char* name);

}  // namespace node::js
