// crypto: what a cipher is, without making one.
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include <iterator>

#include "js/bind_crypto.h"
#include "js/bind_crypto_lists.h"

namespace node::js {

namespace {

const char* mode_name(const EVP_CIPHER* cipher) {
  switch (EVP_CIPHER_mode(cipher)) {
    case EVP_CIPH_CBC_MODE:
      return "cbc";
    case EVP_CIPH_CCM_MODE:
      return "ccm";
    case EVP_CIPH_CFB_MODE:
      return "cfb";
    case EVP_CIPH_CTR_MODE:
      return "ctr";
    case EVP_CIPH_ECB_MODE:
      return "ecb";
    case EVP_CIPH_GCM_MODE:
      return "gcm";
    case EVP_CIPH_OCB_MODE:
      return "ocb";
    case EVP_CIPH_OFB_MODE:
      return "ofb";
    case EVP_CIPH_WRAP_MODE:
      return "wrap";
    case EVP_CIPH_XTS_MODE:
      return "xts";
    case EVP_CIPH_STREAM_CIPHER:
      return "stream";
    default:
      return "";
  }
}

// Whether the cipher takes a key and an iv of these lengths; -1 is any.
bool takes_lengths(const EVP_CIPHER* cipher, int32_t key_len, int32_t iv_len) {
  CipherContextPtr context(EVP_CIPHER_CTX_new());
  EVP_CIPHER_CTX* ctx = context.get();
  if (ctx == nullptr) return false;
  // Otherwise wrapping is refused.
  EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (EVP_CipherInit_ex(ctx, cipher, nullptr, nullptr, nullptr, 1) != 1) return false;
  if (key_len >= 0 && EVP_CIPHER_CTX_set_key_length(ctx, key_len) != 1) return false;
  if (iv_len < 0) return true;
  if (!is_authenticated(cipher)) return iv_len == EVP_CIPHER_iv_length(cipher);
  return EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, iv_len, nullptr) == 1;
}

}  // namespace

bool is_chacha(const EVP_CIPHER* cipher) { return EVP_CIPHER_nid(cipher) == NID_chacha20_poly1305; }

bool is_authenticated(const EVP_CIPHER* cipher) {
  int mode = EVP_CIPHER_mode(cipher);
  return mode == EVP_CIPH_GCM_MODE || mode == EVP_CIPH_CCM_MODE || mode == EVP_CIPH_OCB_MODE ||
         is_chacha(cipher);
}

v8::Local<v8::Value> cipher_info(Env& env, v8::Local<v8::Value> which, int32_t key_len,
                                 int32_t iv_len) {
  const EVP_CIPHER* cipher = nullptr;
  Utf8 name;
  if (name.read(env.isolate(), which)) {
    cipher = EVP_get_cipherbyname(name.c_str());
  } else if (which->IsInt32()) {
    cipher = EVP_get_cipherbynid(which.As<v8::Int32>()->Value());
  }
  bool ok = cipher != nullptr && takes_lengths(cipher, key_len, iv_len);
  ERR_clear_error();
  if (!ok) return v8::Undefined(env.isolate());
  if (iv_len < 0) iv_len = EVP_CIPHER_iv_length(cipher);
  if (key_len < 0) key_len = EVP_CIPHER_key_length(cipher);
  v8::Local<v8::Value> facts[] = {
      env.string(mode_name(cipher)),
      env.string(OBJ_nid2sn(EVP_CIPHER_nid(cipher))),
      v8::Integer::New(env.isolate(), EVP_CIPHER_nid(cipher)),
      v8::Integer::New(env.isolate(), EVP_CIPHER_block_size(cipher)),
      v8::Integer::New(env.isolate(), iv_len),
      v8::Integer::New(env.isolate(), key_len),
  };
  return v8::Array::New(env.isolate(), facts, std::size(facts));
}

}  // namespace node::js
