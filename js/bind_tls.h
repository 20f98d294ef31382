// What the bindings of TLS share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "js/bind.h"
#include "net/tls_context.h"
#include "net/tls_error.h"

namespace node::js {

extern const ClassSpec kSecureContextClass;
extern const ClassSpec kTrustedRootsClass;

class TrustedRoots : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new TrustedRoots(env, info.This()); }
  net::TlsRoots& roots() { return roots_; }
  v8::Local<v8::Value> list();
  v8::Local<v8::Value> warning();

 private:
  using Wrapped::Wrapped;
  net::TlsRoots roots_;
};

// The context behind a SecureContext's handle; nullptr for any other value and for one that is
// closed.
net::TlsContext* tls_context_of(Env& env, v8::Local<v8::Value> value);

// An Error with code, library, reason and so on. `otherwise` is its message when OpenSSL has none;
// `whole`: the message tells all of the queue.
v8::Local<v8::Value> make_tls_error(Env& env, const net::TlsError& error, bool whole,
                                    const char* otherwise);
// Of what is in OpenSSL's queue, which it empties.
v8::Local<v8::Value> make_tls_error(Env& env, const char* otherwise);

// The bytes of a string (UTF-8), a Buffer or the like.
class TextOrBytes {
 public:
  // False after a throw.
  bool read(Env& env, const Args& info, int index);
  std::string_view view() const { return view_; }

 private:
  Utf8 text_;
  std::string_view view_;
};

}  // namespace node::js
