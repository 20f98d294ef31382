// A digest algorithm, looked up once.
#pragma once

#include <string_view>

#include "js/bind.h"
#include "js/bind_crypto.h"
#include "js/bind_crypto_compat.h"

namespace node::js {

// Bytes of data: of a view, or of a string as UTF-8. Lives for the call.
class HashInput {
 public:
  // False after a throw.
  bool read(Env& env, v8::Local<v8::Value> value);
  const void* data() const { return text_.size() > 0 ? view_.data() : bytes_.data(); }
  size_t size() const { return text_.size() > 0 ? view_.size() : bytes_.size(); }

 private:
  Bytes bytes_;
  Utf8 text_;
  std::string_view view_;
};

// nullptr when there is none.
const EVP_MD* digest_by_name(const Utf8& name);

// `new Digest(name)`: asking OpenSSL's providers for an algorithm takes longer than a short digest.
// What it holds is that of the settings of the library at that time. One digest at a time it can
// compute itself, which saves that one an object of its own.
class Digest : public Wrapped {
 public:
  static void make(Env& env, const Args& info);

  const EVP_MD* md() const { return md_.get(); }

  // update(string as UTF-8 or bytes): false when it failed.
  void update(const Args& info);
  // finish(asHex): the digest, a Buffer or text. Afterwards the next one begins.
  v8::Local<v8::Value> finish(bool as_hex);
  // What it computes goes on elsewhere; null when there is no memory.
  DigestContextPtr take();

 private:
  Digest(Env& env, v8::Local<v8::Object> object, DigestPtr md, DigestContextPtr context)
      : Wrapped(env, object), md_(std::move(md)), context_(std::move(context)) {}

  DigestPtr md_;
  DigestContextPtr context_;
};

extern const ClassSpec kDigestClass;

v8::Local<v8::Value> digest_result(Env& env, std::span<const unsigned char> bytes, bool as_hex);

}  // namespace node::js
