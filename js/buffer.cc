// Making Buffers from C++: a slab for small ones, adopted memory for the rest.
#include "js/buffer.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace node::js {

namespace {

constexpr size_t kSlabBytes = 32 * 1024;

// V8 looks at how much memory the young Buffers hold only when it allocates some itself, and then
// needs a fraction of a millisecond to drop them. Without that look it waits for 64 MB, and marks
// the whole heap: a process that passes streams on would do nothing else. So Buffers of this size
// and more make V8 look.
constexpr size_t kMakesLook = 16 * 1024;

void free_memory(void* data, size_t, void*) { std::free(data); }

v8::Local<v8::Value> make_view(Env& env, v8::Local<v8::ArrayBuffer> memory, size_t offset,
                               size_t len) {
  v8::Local<v8::Uint8Array> view = v8::Uint8Array::New(memory, offset, len);
  if (env.has_hook(Hook::kBufferPrototype)) {
    ignore(set_prototype(env.context(), view, env.hook(Hook::kBufferPrototype)));
  }
  return view;
}

// Small Buffers are neighbours in one ArrayBuffer; empty when memory is gone.
v8::Local<v8::ArrayBuffer> copy_to_slab(Env& env, const char* data, size_t len, uint32_t* offset) {
  BufferSlab& slab = env.buffer_slab();
  if (slab.memory.IsEmpty() || kSlabBytes - slab.used < len) {
    // Zeroed: programs see the slab through `buffer.buffer`, and must not see what the heap held.
    char* fresh = static_cast<char*>(std::calloc(1, kSlabBytes));
    if (fresh == nullptr) return {};
    slab.memory.Reset(env.isolate(), adopt_array_buffer(env.isolate(), fresh, kSlabBytes));
    slab.used = 0;
    slab.told = false;
  }
  v8::Local<v8::ArrayBuffer> memory = slab.memory.Get(env.isolate());
  if (memory->ByteLength() != kSlabBytes) {
    // Script transferred it away: start anew.
    slab.memory.Reset();
    return copy_to_slab(env, data, len, offset);
  }
  *offset = static_cast<uint32_t>(slab.used);
  if (len > 0) std::memcpy(static_cast<char*>(memory->Data()) + slab.used, data, len);
  // Pieces start on 8 bytes, so that typed arrays of every kind fit over them.
  slab.used = (slab.used + len + 7) & ~size_t{7};
  return memory;
}

}  // namespace

v8::Local<v8::ArrayBuffer> adopt_array_buffer(v8::Isolate* isolate, char* malloced, size_t len) {
  if (malloced == nullptr || len == 0) {
    std::free(malloced);
    return v8::ArrayBuffer::New(isolate, 0);
  }
  if (len >= kMakesLook) v8::ArrayBuffer::NewBackingStore(isolate, 1);
  return v8::ArrayBuffer::New(
      isolate, v8::ArrayBuffer::NewBackingStore(malloced, len, free_memory, nullptr));
}

v8::Local<v8::Value> make_buffer(Env& env, const char* data, size_t len) {
  if (len > kMostPiece) {
    char* copy = static_cast<char*>(std::malloc(len));
    if (copy == nullptr) return v8::Undefined(env.isolate());
    std::memcpy(copy, data, len);
    return make_buffer_adopt(env, copy, len);
  }
  uint32_t offset = 0;
  v8::Local<v8::ArrayBuffer> memory = copy_to_slab(env, data, len, &offset);
  if (memory.IsEmpty()) return v8::Undefined(env.isolate());
  return make_view(env, memory, offset, len);
}

bool make_piece(Env& env, const char* data, size_t len, Piece* out) {
  v8::Local<v8::ArrayBuffer> memory = copy_to_slab(env, data, len, &out->offset);
  if (memory.IsEmpty()) return false;
  if (!std::exchange(env.buffer_slab().told, true)) out->memory = memory;
  return true;
}

v8::Local<v8::Value> make_buffer_adopt(Env& env, char* malloced, size_t len) {
  return make_view(env, adopt_array_buffer(env.isolate(), malloced, len), 0, len);
}

v8::Local<v8::Value> make_buffer_over(Env& env, v8::Local<v8::ArrayBuffer> memory) {
  return make_view(env, memory, 0, memory->ByteLength());
}

std::string string_too_long() {
  char text[80];
  std::snprintf(text, sizeof text, "Cannot create a string longer than 0x%x characters",
                v8::String::kMaxLength);
  return text;
}

}  // namespace node::js
