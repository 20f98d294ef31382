// What the bindings of crypto share: errors and bytes.
#include <openssl/crypto.h>
#include <openssl/err.h>

#include <cstring>
#include <utility>

#include "js/bind_crypto.h"
#include "js/buffer.h"

namespace node::js {

namespace {

void set_text(Env& env, v8::Local<v8::Object> object, const char* name, std::string_view text) {
  if (!text.empty()) ignore(object->Set(env.context(), env.name(name), env.string(text)));
}

void free_secret(void* data, size_t len, void*) { OPENSSL_secure_clear_free(data, len); }

}  // namespace

// ---- Errors --------------------------------------------------------------------------------

v8::Local<v8::Value> make_openssl_error(Env& env, const net::TlsError& error,
                                        CryptoFailure failure) {
  bool known = !error.message.empty();
  v8::Local<v8::String> text =
      env.string(known ? std::string_view(error.message) : failure.message);
  v8::Local<v8::Object> made = v8::Exception::Error(text).As<v8::Object>();
  set_text(env, made, "library", error.library);
  set_text(env, made, "function", error.function);
  set_text(env, made, "reason", error.reason);
  set_text(env, made, "code", known ? std::string_view(error.code) : failure.code);
  if (error.stack.empty()) return made;
  v8::Local<v8::Array> stack = v8::Array::New(env.isolate());
  uint32_t at = 0;
  for (const std::string& line : error.stack) {
    ignore(stack->Set(env.context(), at++, env.string(line)));
  }
  ignore(made->Set(env.context(), env.name("opensslErrorStack"), stack));
  return made;
}

v8::Local<v8::Value> take_openssl_error(Env& env, CryptoFailure failure) {
  return make_openssl_error(env, net::take_tls_error(), failure);
}

void throw_openssl_error(Env& env, CryptoFailure failure) {
  v8::Local<v8::Value> error;
  {
    // Setters of the program's on Object.prototype have their word.
    v8::TryCatch failed(env.isolate());
    error = take_openssl_error(env, failure);
    if (failed.HasCaught()) error = failed.Exception();
  }
  env.isolate()->ThrowException(error);
}

// ---- Bytes ---------------------------------------------------------------------------------

// Without a secure heap, OPENSSL_secure_malloc is malloc; one that is full is passed by, and
// OPENSSL_secure_clear_free knows what it has to free.
SecretBytes::SecretBytes(size_t len) : size_(len), capacity_(len) {
  if (len == 0) return;
  void* memory = OPENSSL_secure_malloc(len);
  if (memory == nullptr) memory = OPENSSL_malloc(len);
  data_ = static_cast<unsigned char*>(memory);
}

SecretBytes SecretBytes::copy(std::span<const unsigned char> bytes) {
  SecretBytes copied(bytes.size());
  if (copied.data_ != nullptr) std::memcpy(copied.data_, bytes.data(), bytes.size());
  return copied;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this == &other) return *this;
  clear();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

void SecretBytes::truncate(size_t len) {
  if (len >= size_) return;
  OPENSSL_cleanse(data_ + len, size_ - len);
  size_ = len;
}

void SecretBytes::clear() {
  OPENSSL_secure_clear_free(data_, capacity_);
  data_ = nullptr;
  size_ = capacity_ = 0;
}

v8::Local<v8::ArrayBuffer> SecretBytes::to_array_buffer(Env& env) && {
  if (data_ == nullptr || size_ == 0) {
    clear();
    return v8::ArrayBuffer::New(env.isolate(), 0);
  }
  // The bytes after size_ have been overwritten already.
  size_t len = size_;
  size_ = capacity_ = 0;
  return v8::ArrayBuffer::New(
      env.isolate(),
      v8::ArrayBuffer::NewBackingStore(std::exchange(data_, nullptr), len, free_secret, nullptr));
}

v8::Local<v8::Value> SecretBytes::to_buffer(Env& env) && {
  return make_buffer_over(env, std::move(*this).to_array_buffer(env));
}

bool PinnedBytes::read(v8::Local<v8::Value> value) {
  if (!read_bytes(value, &bytes_)) return false;
  if (value->IsArrayBufferView()) {
    store_ = value.As<v8::ArrayBufferView>()->Buffer()->GetBackingStore();
  } else if (value->IsArrayBuffer()) {
    store_ = value.As<v8::ArrayBuffer>()->GetBackingStore();
  } else {
    store_ = value.As<v8::SharedArrayBuffer>()->GetBackingStore();
  }
  return true;
}

}  // namespace node::js
