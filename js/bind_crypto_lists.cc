// What there is in the OpenSSL that runs: names of digests, ciphers and curves.
#include "js/bind_crypto_lists.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include <string>
#include <vector>

#include "js/bind_crypto_compat.h"

namespace node::js {

namespace {

using Names = std::vector<std::string>;

// Aliases come without the object. OpenSSL 3.0 knows names whose providers are not loaded.
void add_digest(const EVP_MD*, const char* from, const char*, void* names) {
  const char* real = from;
  if (const EVP_MD* md = EVP_get_digestbyname(from)) real = EVP_MD_name(md);
  if (real != nullptr && can_digest(real)) static_cast<Names*>(names)->emplace_back(from);
}

void add_cipher(const EVP_CIPHER*, const char* from, const char*, void* names) {
  const char* real = from;
  if (const EVP_CIPHER* cipher = EVP_get_cipherbyname(from)) real = EVP_CIPHER_name(cipher);
  if (real != nullptr && can_encrypt(real)) static_cast<Names*>(names)->emplace_back(from);
}

v8::Local<v8::Array> to_array(Env& env, const Names& names) {
  std::vector<v8::Local<v8::Value>> values;
  for (const std::string& name : names) values.push_back(env.string(name));
  // What could not be fetched has left its errors.
  ERR_clear_error();
  return v8::Array::New(env.isolate(), values.data(), values.size());
}

}  // namespace

v8::Local<v8::Array> hash_names(Env& env) {
  Names names;
  EVP_MD_do_all_sorted(add_digest, &names);
  return to_array(env, names);
}

v8::Local<v8::Array> cipher_names(Env& env) {
  Names names;
  EVP_CIPHER_do_all_sorted(add_cipher, &names);
  return to_array(env, names);
}

v8::Local<v8::Array> curve_names(Env& env) {
  std::vector<EC_builtin_curve> curves(EC_get_builtin_curves(nullptr, 0));
  EC_get_builtin_curves(curves.data(), curves.size());
  Names names;
  for (const EC_builtin_curve& curve : curves) {
    if (const char* name = OBJ_nid2sn(curve.nid)) names.emplace_back(name);
  }
  return to_array(env, names);
}

}  // namespace node::js
