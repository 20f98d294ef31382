// Buffers made and read by C++.
#pragma once

#include <cstddef>

#include "js/bind.h"

namespace node::js {

// A new Buffer with a copy of `size` bytes. Empty when memory is gone (an exception is pending then).
v8::Local<v8::Value> make_buffer(Env& env, const char* bytes, size_t size);
// A new Buffer over `bytes`, which came from malloc and is freed with it.
v8::Local<v8::Value> make_buffer_adopt(Env& env, char* bytes, size_t size);
// The bytes of any view or array buffer; false when `value` is neither.
inline bool buffer_bytes(v8::Local<v8::Value> value, Bytes* out) { return read_bytes(value, out); }

}  // namespace node::js
