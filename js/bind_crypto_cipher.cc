// crypto: ciphers, with and without authentication (EVP_EncryptInit(3)).
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_key.h"
#include "js/bind_crypto_lists.h"
#include "js/buffer.h"

namespace node::js {

namespace {

constexpr int kNoTagLength = -1;
// The address of no bytes: without one, OpenSSL takes them for the end or for lengths.
constexpr unsigned char kNone = 0;

// NIST SP 800-38D, section 5.2.1.2.
bool is_gcm_tag_length(int len) { return len == 4 || len == 8 || (len >= 12 && len <= 16); }

void throw_bad_tag_length(Env& env, int len) {
  throw_type_error(
      env, "ERR_CRYPTO_INVALID_AUTH_TAG",
      "Invalid authentication tag length: " + std::to_string(static_cast<unsigned>(len)));
}
void throw_bad_iv(Env& env) {
  throw_type_error(env, "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
}

// ---- Cipher --------------------------------------------------------------------------------

// `new Cipher(encrypt, algorithm, secret key, iv, tag length)`: `iv` is bytes or null, for none.
// With undefined instead, the key is a password that key and iv are derived from. `tag length` is
// -1 where none was asked for.
class Cipher : public Wrapped {
 public:
  static void make(Env& env, const Args& info);

  ~Cipher() override { OPENSSL_cleanse(tag_, sizeof tag_); }

  v8::Local<v8::Value> update(Bytes data);
  v8::Local<v8::Value> final();
  // Like final(), but takes whatever padding there is.
  v8::Local<v8::Value> final_tolerant();
  bool set_auto_padding(bool on) {
    return context_ && EVP_CIPHER_CTX_set_padding(context_.get(), on ? 1 : 0) == 1;
  }
  // The tag after final(), or undefined.
  v8::Local<v8::Value> get_auth_tag();
  bool set_auth_tag(Bytes tag);
  // `plaintext_len` is -1 where it was not given.
  bool set_aad(Bytes data, double plaintext_len);

 private:
  enum class TagState { kUnknown, kKnown, kPassed };

  Cipher(Env& env, v8::Local<v8::Object> object, const EVP_CIPHER* cipher, bool encrypt)
      : Wrapped(env, object),
        context_(EVP_CIPHER_CTX_new()),
        cipher_(cipher),
        mode_(EVP_CIPHER_mode(cipher)),
        authenticated_(is_authenticated(cipher)),
        encrypt_(encrypt) {}

  // These return false after a throw.
  bool init(std::span<const unsigned char> key, const unsigned char* iv, size_t iv_len,
            int tag_len);
  bool init_authenticated(size_t iv_len, int tag_len);
  bool check_message_length(double len);

  bool pass_tag();
  bool update_with_nothing();
  v8::Local<v8::Value> fail(const char* message);

  CipherContextPtr context_;  // none after final()
  const EVP_CIPHER* cipher_;
  int mode_;
  bool authenticated_;
  bool encrypt_;
  TagState tag_state_ = TagState::kUnknown;
  int tag_len_ = kNoTagLength;
  unsigned char tag_[EVP_GCM_TLS_TAG_LEN] = {};
  int max_message_ = INT_MAX;
  bool updated_ = false;
  bool forged_ = false;  // CCM has found it in update(); final() tells
};

constexpr Method kCipherMethods[] = {
    method<&Cipher::update>("update"),
    method<&Cipher::final>("final"),
    method<&Cipher::final_tolerant>("finalTolerant"),
    method<&Cipher::set_auto_padding>("setAutoPadding"),
    method<&Cipher::get_auth_tag>("getAuthTag"),
    method<&Cipher::set_auth_tag>("setAuthTag"),
    method<&Cipher::set_aad>("setAAD"),
};
const ClassSpec kCipherClass = wrapped_class<Cipher>("Cipher", kCipherMethods);

// 2010's way from a password to a key: one round of MD5 without salt (EVP_BytesToKey(3)).
struct PasswordKey {
  ~PasswordKey() {
    OPENSSL_cleanse(key, sizeof key);
    OPENSSL_cleanse(iv, sizeof iv);
  }
  bool derive(const EVP_CIPHER* cipher, std::span<const unsigned char> password) {
    return EVP_BytesToKey(cipher, EVP_md5(), nullptr, password.empty() ? &kNone : password.data(),
                          static_cast<int>(password.size()), 1, key, iv) > 0;
  }
  unsigned char key[EVP_MAX_KEY_LENGTH];
  unsigned char iv[EVP_MAX_IV_LENGTH];
};

void Cipher::make(Env& env, const Args& info) {
  ERR_clear_error();
  Utf8 name;
  const EVP_CIPHER* cipher =
      name.read(env.isolate(), info[1]) ? EVP_get_cipherbyname(name.c_str()) : nullptr;
  if (cipher == nullptr) return throw_error(env, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  std::span<const unsigned char> key;
  if (!read_secret(env, info[2], &key)) return throw_bad_argument(env, 2, "a secret key");
  int tag_len = info[4]->IsInt32() ? info[4].As<v8::Int32>()->Value() : kNoTagLength;
  std::unique_ptr<Cipher> self(
      new Cipher(env, info.This(), cipher, info[0]->BooleanValue(env.isolate())));
  size_t wanted = static_cast<size_t>(EVP_CIPHER_iv_length(cipher));
  if (info[3]->IsUndefined()) {
    PasswordKey derived;
    if (key.size() > INT_MAX || !derived.derive(cipher, key))
      return throw_openssl_error(env, {"The key cannot be derived"});
    std::span<const unsigned char> made(derived.key,
                                        static_cast<size_t>(EVP_CIPHER_key_length(cipher)));
    if (self->init(made, wanted == 0 ? nullptr : derived.iv, wanted, tag_len)) self.release();
    return;
  }
  Bytes iv;
  read_bytes(info[3], &iv);
  bool fits = self->authenticated_ ? iv.size() <= INT_MAX : iv.empty() || iv.size() == wanted;
  if ((iv.empty() && wanted != 0) || !fits || (is_chacha(cipher) && iv.size() > 12))
    return throw_bad_iv(env);
  const unsigned char* bytes = iv.empty() ? nullptr : unsigned_bytes(iv.data());
  if (self->init(key, bytes, iv.size(), tag_len)) self.release();
}

bool Cipher::init(std::span<const unsigned char> key, const unsigned char* iv, size_t iv_len,
                  int tag_len) {
  EVP_CIPHER_CTX* ctx = context_.get();
  CryptoFailure failure = {"Failed to initialize cipher"};
  if (ctx == nullptr) {
    throw_openssl_error(env(), failure);
    return false;
  }
  if (mode_ == EVP_CIPH_WRAP_MODE) EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (EVP_CipherInit_ex(ctx, cipher_, nullptr, nullptr, nullptr, encrypt_ ? 1 : 0) != 1) {
    throw_openssl_error(env(), failure);
    return false;
  }
  if (authenticated_ && !init_authenticated(iv_len, tag_len)) return false;
  if (key.size() > INT_MAX ||
      EVP_CIPHER_CTX_set_key_length(ctx, static_cast<int>(key.size())) != 1) {
    ERR_clear_error();
    throw_range_error(env(), "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    return false;
  }
  if (EVP_CipherInit_ex(ctx, nullptr, nullptr, key.data(), iv, encrypt_ ? 1 : 0) != 1) {
    throw_openssl_error(env(), failure);
    return false;
  }
  return true;
}

bool Cipher::init_authenticated(size_t iv_len, int tag_len) {
  EVP_CIPHER_CTX* ctx = context_.get();
  if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, static_cast<int>(iv_len), nullptr) != 1) {
    ERR_clear_error();
    throw_bad_iv(env());
    return false;
  }
  if (mode_ == EVP_CIPH_GCM_MODE) {
    if (tag_len != kNoTagLength && !is_gcm_tag_length(tag_len)) {
      throw_bad_tag_length(env(), tag_len);
      return false;
    }
    tag_len_ = tag_len;
    return true;
  }
  if (tag_len == kNoTagLength && is_chacha(cipher_)) tag_len = 16;
  if (tag_len == kNoTagLength) {
    throw_type_error(
        env(), "ERR_CRYPTO_INVALID_AUTH_TAG",
        std::string("authTagLength required for ") + OBJ_nid2ln(EVP_CIPHER_nid(cipher_)));
    return false;
  }
  if (tag_len > static_cast<int>(sizeof tag_) ||
      EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, tag_len, nullptr) != 1) {
    ERR_clear_error();
    throw_bad_tag_length(env(), tag_len);
    return false;
  }
  tag_len_ = tag_len;
  // The length of the message is told in 15 - iv_len bytes (RFC 3610, section 2.1).
  if (mode_ == EVP_CIPH_CCM_MODE && iv_len >= 12) max_message_ = iv_len == 12 ? 16777215 : 65535;
  return true;
}

bool Cipher::check_message_length(double len) {
  if (len <= max_message_) return true;
  throw_range_error(env(), "ERR_CRYPTO_INVALID_MESSAGELEN", "Invalid message length");
  return false;
}

v8::Local<v8::Value> Cipher::fail(const char* message) {
  throw_openssl_error(env(), {message, "ERR_CRYPTO_INVALID_STATE"});
  return v8::Undefined(env().isolate());
}

// Hands the tag over, before the first bytes to decrypt.
bool Cipher::pass_tag() {
  if (encrypt_ || !authenticated_ || tag_state_ != TagState::kKnown) return true;
  if (EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, tag_len_, tag_) != 1) return false;
  tag_state_ = TagState::kPassed;
  return true;
}

bool Cipher::update_with_nothing() {
  unsigned char out[EVP_MAX_BLOCK_LENGTH];
  int len = 0;
  if (EVP_CipherUpdate(context_.get(), out, &len, &kNone, 0) == 1) return true;
  // It says no more than that it failed.
  ERR_clear_error();
  return false;
}

v8::Local<v8::Value> Cipher::update(Bytes data) {
  constexpr const char* kBadState = "Trying to add data in unsupported state";
  ERR_clear_error();
  EVP_CIPHER_CTX* ctx = context_.get();
  // What comes out may be a block longer, and its length is an int.
  if (ctx == nullptr || data.size() > INT_MAX - EVP_MAX_BLOCK_LENGTH) return fail(kBadState);
  bool ccm = mode_ == EVP_CIPH_CCM_MODE;
  if (ccm && !check_message_length(static_cast<double>(data.size())))
    return v8::Undefined(env().isolate());
  if (!pass_tag()) return fail(kBadState);
  updated_ = true;
  int len = static_cast<int>(data.size());
  int out_len = len + EVP_CIPHER_CTX_block_size(ctx);
  const unsigned char* in = unsigned_bytes(data.data());
  // Wrapping makes more of it than a block; it says how much.
  bool wraps = encrypt_ && mode_ == EVP_CIPH_WRAP_MODE;
  if (wraps && EVP_CipherUpdate(ctx, nullptr, &out_len, in, len) != 1) return fail(kBadState);
  char* out = static_cast<char*>(std::malloc(static_cast<size_t>(out_len)));
  if (out == nullptr) return fail("Out of memory");
  bool ok =
      EVP_CipherUpdate(ctx, unsigned_bytes(out), &out_len, in == nullptr ? &kNone : in, len) == 1;
  if (!ok && ccm && !encrypt_) {
    // Nothing of it may be seen.
    ERR_clear_error();
    forged_ = true;
    std::free(out);
    return make_buffer(env(), nullptr, 0);
  }
  if (!ok) {
    std::free(out);
    return fail(kBadState);
  }
  return make_buffer_adopt(env(), out, static_cast<size_t>(out_len));
}

v8::Local<v8::Value> Cipher::final() {
  ERR_clear_error();
  if (!context_) return fail("Unsupported state");
  bool ok = pass_tag();
  // CCM checks its tag where the message comes, be it an empty one.
  if (ok && mode_ == EVP_CIPH_CCM_MODE && !encrypt_ && !updated_) ok = update_with_nothing();
  CipherContextPtr context = std::move(context_);
  unsigned char out[EVP_MAX_BLOCK_LENGTH];
  int len = 0;
  if (!encrypt_ && is_chacha(cipher_)) ok = ok && tag_state_ == TagState::kPassed;
  if (!encrypt_ && mode_ == EVP_CIPH_CCM_MODE) {
    ok = ok && !forged_ && tag_state_ == TagState::kPassed;
  } else {
    ok = ok && EVP_CipherFinal_ex(context.get(), out, &len) == 1;
  }
  if (ok && encrypt_ && authenticated_) {
    if (tag_len_ == kNoTagLength) tag_len_ = sizeof tag_;
    ok = EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_len_, tag_) == 1;
    if (ok) tag_state_ = TagState::kKnown;
  }
  v8::Local<v8::Value> result =
      ok ? make_buffer(env(), reinterpret_cast<char*>(out), static_cast<size_t>(len))
         : fail(authenticated_ ? "Unsupported state or unable to authenticate data"
                               : "Unsupported state");
  OPENSSL_cleanse(out, sizeof out);
  return result;
}

// Padding (RFC 5652, section 6.3) that is right goes; else the last block comes as it is.
v8::Local<v8::Value> Cipher::final_tolerant() {
  if (encrypt_ || authenticated_ || !context_) return final();
  ERR_clear_error();
  CipherContextPtr context = std::move(context_);
  unsigned char out[EVP_MAX_BLOCK_LENGTH];
  int len = 0;
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  if (EVP_CipherFinal_ex(context.get(), out, &len) != 1) len = 0;
  ERR_clear_error();
  int padding = len > 0 ? out[len - 1] : 0;
  bool padded = padding > 0 && padding <= len;
  for (int i = len - padding; padded && i < len; ++i) padded = out[i] == padding;
  if (padded) len -= padding;
  v8::Local<v8::Value> result =
      make_buffer(env(), reinterpret_cast<char*>(out), static_cast<size_t>(len));
  OPENSSL_cleanse(out, sizeof out);
  return result;
}

v8::Local<v8::Value> Cipher::get_auth_tag() {
  if (context_ || !encrypt_ || tag_state_ != TagState::kKnown)
    return v8::Undefined(env().isolate());
  return make_buffer(env(), reinterpret_cast<char*>(tag_), static_cast<size_t>(tag_len_));
}

bool Cipher::set_auth_tag(Bytes tag) {
  if (!context_ || !authenticated_ || encrypt_ || tag_state_ != TagState::kUnknown) return false;
  int len = tag.size() > sizeof tag_ ? INT_MAX : static_cast<int>(tag.size());
  bool fits = tag_len_ == len;
  if (mode_ == EVP_CIPH_GCM_MODE)
    fits = (tag_len_ == kNoTagLength || fits) && is_gcm_tag_length(len);
  if (!fits) {
    throw_bad_tag_length(env(), static_cast<int>(tag.size()));
    return true;
  }
  tag_len_ = len;
  tag_state_ = TagState::kKnown;
  std::memcpy(tag_, tag.data(), tag.size());
  return true;
}

bool Cipher::set_aad(Bytes data, double plaintext_len) {
  if (!context_ || !authenticated_ || data.size() > INT_MAX) return false;
  ERR_clear_error();
  int len = 0;
  if (mode_ == EVP_CIPH_CCM_MODE) {
    if (plaintext_len < 0) {
      throw_type_error(env(), "ERR_MISSING_ARGS",
                       "options.plaintextLength required for CCM mode with AAD");
      return true;
    }
    if (!check_message_length(plaintext_len)) return true;
    // CCM wants the tag and the length of the message before anything else.
    if (!pass_tag() || EVP_CipherUpdate(context_.get(), nullptr, &len, nullptr,
                                        static_cast<int>(plaintext_len)) != 1) {
      ERR_clear_error();
      return false;
    }
  }
  const unsigned char* in = data.empty() ? &kNone : unsigned_bytes(data.data());
  bool ok = EVP_CipherUpdate(context_.get(), nullptr, &len, in, static_cast<int>(data.size())) == 1;
  ERR_clear_error();
  return ok;
}

constexpr Method kMethods[] = {fn<&cipher_info>("info")};
const ClassSpec* const kClasses[] = {&kCipherClass};

}  // namespace

extern const Binding kCryptoCipherBinding = {"crypto_cipher", kMethods, kClasses, nullptr};

}  // namespace node::js
