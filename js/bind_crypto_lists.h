// What there is in the OpenSSL that runs.
#pragma once

#include <openssl/evp.h>

#include "js/bind.h"

namespace node::js {

// Names that crypto's functions take: sorted as OpenSSL does it, some of them twice.
v8::Local<v8::Array> hash_names(Env& env);
v8::Local<v8::Array> cipher_names(Env& env);
v8::Local<v8::Array> curve_names(Env& env);

bool is_chacha(const EVP_CIPHER* cipher);
// Whether the cipher makes and checks tags.
bool is_authenticated(const EVP_CIPHER* cipher);
// Of a name or a nid: [mode, name, nid, block size, iv length, key length], or undefined when there
// is none that takes these lengths. Lengths are -1 where they were not asked for.
v8::Local<v8::Value> cipher_info(Env& env, v8::Local<v8::Value> which, int32_t key_len,
                                 int32_t iv_len);

// What becomes crypto.constants, but for the lists of TLS's ciphers.
v8::Local<v8::Object> crypto_constants(Env& env);

// Makes the engine `id`, a name or a file, the default for what `flags` say. A failure leaves its
// reason in OpenSSL's queue.
enum class EngineState { kSet, kUnknown, kFailed };
EngineState set_engine(const char* id, unsigned flags);

}  // namespace node::js
