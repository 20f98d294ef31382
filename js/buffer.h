// Buffers for C++: making them from bytes, and getting at the bytes of any view.
#pragma once

#include <cstddef>
#include <string>

#include "js/bind.h"

namespace node::js {

// A new Buffer with a copy of the `len` bytes at `data`. Small ones share one ArrayBuffer with
// their neighbours, so that many short reads do not make an ArrayBuffer each. Undefined when memory
// is gone.
v8::Local<v8::Value> make_buffer(Env& env, const char* data, size_t len);

// A copy of at most kMostPiece bytes, for script to make a Buffer over: that is much cheaper there.
struct Piece {
  uint32_t offset;
  v8::Local<v8::ArrayBuffer> memory;  // empty: the one that the piece before came with
};
// What is larger gets memory of its own: a slab lives as long as its longest-lived piece.
inline constexpr size_t kMostPiece = 4 * 1024;
// False when memory is gone.
bool make_piece(Env& env, const char* data, size_t len, Piece* out);

// A new Buffer over `malloced`, which it frees when collected; the caller must not use it any more.
v8::Local<v8::Value> make_buffer_adopt(Env& env, char* malloced, size_t len);

// A new Buffer over all of `memory`.
v8::Local<v8::Value> make_buffer_over(Env& env, v8::Local<v8::ArrayBuffer> memory);

// An ArrayBuffer over `malloced`, freed with it.
v8::Local<v8::ArrayBuffer> adopt_array_buffer(v8::Isolate* isolate, char* malloced, size_t len);

// The bytes of any ArrayBufferView or ArrayBuffer; false for every other value. Valid while `value`
// lives and is not detached.
inline bool buffer_bytes(v8::Local<v8::Value> value, Bytes* out) { return read_bytes(value, out); }

// The text of ERR_STRING_TOO_LONG, which tells V8's limit: it has another on 32-bit machines.
std::string string_too_long();

}  // namespace node::js
