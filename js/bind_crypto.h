// What the bindings of crypto share: owners of OpenSSL's objects, its errors as exceptions, bytes
// that leave nothing behind, and computations that may run on the thread pool.
//
// Bindings check and convert as little as they can: arguments have been checked by
// js/lib/internal/crypto.
#pragma once

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/pool.h"
#include "js/bind.h"
#include "net/tls_compat.h"
#include "net/tls_error.h"

namespace node::js {

// ---- Owners --------------------------------------------------------------------------------

// For others: std::unique_ptr<X, net::TlsFree<X_free>>.
using net::PkeyPtr;
using BignumPtr = std::unique_ptr<BIGNUM, net::TlsFree<BN_clear_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, net::TlsFree<EVP_CIPHER_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, net::TlsFree<EVP_MD_CTX_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, net::TlsFree<EVP_PKEY_CTX_free>>;

inline unsigned char* unsigned_bytes(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
inline const unsigned char* unsigned_bytes(const char* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

// ---- Errors --------------------------------------------------------------------------------

// What failed, when OpenSSL does not say more.
struct CryptoFailure {
  const char* message;
  const char* code = "ERR_CRYPTO_OPERATION_FAILED";
};

// An Error with code (ERR_OSSL_...), library, function, reason and opensslErrorStack. `failure`
// speaks for an error that is empty.
v8::Local<v8::Value> make_openssl_error(Env& env, const net::TlsError& error,
                                        CryptoFailure failure);
// The same for all that is in this thread's queue, which is empty afterwards.
v8::Local<v8::Value> take_openssl_error(Env& env, CryptoFailure failure);
void throw_openssl_error(Env& env, CryptoFailure failure);

// ---- Bytes ---------------------------------------------------------------------------------

// Bytes that are overwritten when they are freed: in OpenSSL's secure heap, if there is one. What
// script gets of them is so as well.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(size_t len);
  static SecretBytes copy(std::span<const unsigned char> bytes);
  static SecretBytes copy(Bytes bytes) {
    return copy(std::span<const unsigned char>(unsigned_bytes(bytes.data()), bytes.size()));
  }
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  ~SecretBytes() { clear(); }

  // False when there was no memory.
  bool ok() const { return data_ != nullptr || size_ == 0; }
  unsigned char* data() { return data_; }
  const unsigned char* data() const { return data_; }
  char* chars() { return reinterpret_cast<char*>(data_); }
  const char* chars() const { return reinterpret_cast<const char*>(data_); }
  size_t size() const { return size_; }
  std::string_view view() const { return {chars(), size_}; }
  // Forgets the bytes after the first `len`.
  void truncate(size_t len);
  void clear();

  // A Buffer over these bytes, without a copy.
  v8::Local<v8::Value> to_buffer(Env& env) &&;
  // An ArrayBuffer over these bytes, without a copy.
  v8::Local<v8::ArrayBuffer> to_array_buffer(Env& env) &&;

 private:
  unsigned char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

// The memory of a view or an ArrayBuffer, which stays while this lives, whatever script does with
// them. For what a computation writes; what it reads is copied, since script could change it.
class PinnedBytes {
 public:
  // False for every other value.
  bool read(v8::Local<v8::Value> value);
  unsigned char* data() const { return unsigned_bytes(bytes_.data()); }
  size_t size() const { return bytes_.size(); }

 private:
  Bytes bytes_;
  std::shared_ptr<v8::BackingStore> store_;
};

// ---- Computations --------------------------------------------------------------------------

// A computation that script asks for, here and now or on the pool. It holds copies of all that it
// needs.
class CryptoJob {
 public:
  virtual ~CryptoJob() = default;
  // Runs on any thread and touches nothing of V8. False when it failed; OpenSSL's queue of errors
  // then says why, or else `failure`.
  virtual bool compute() = 0;
  // What script gets when it has not failed. Empty: an exception is pending.
  virtual v8::MaybeLocal<v8::Value> result(Env& env) = 0;

  CryptoFailure failure = {"Operation failed"};
};

// Without a function as `callback`: computes now and returns the result, or throws. With one:
// returns undefined, and calls back with (error) or (null, result). The callback is called in the
// asynchronous context of the loop: see bindJob() in js/lib/internal/crypto/util.js.
v8::MaybeLocal<v8::Value> run_job(Env& env, std::unique_ptr<CryptoJob> job,
                                  v8::Local<v8::Value> callback);

}  // namespace node::js
