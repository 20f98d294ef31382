// Making Buffers: a Uint8Array with the library's prototype.
#include "js/buffer.h"

#include <cstdlib>
#include <cstring>

namespace node::js {

namespace {

v8::Local<v8::Value> with_prototype(Env& env, v8::Local<v8::Uint8Array> array) {
  if (env.has_hook(Hook::kBufferPrototype)) {
    ignore(array->SetPrototype(env.context(), env.hook(Hook::kBufferPrototype)));
  }
  return array;
}

}  // namespace

v8::Local<v8::Value> make_buffer(Env& env, const char* bytes, size_t size) {
  v8::Local<v8::ArrayBuffer> store = v8::ArrayBuffer::New(env.isolate(), size);
  if (size > 0) std::memcpy(store->Data(), bytes, size);
  return with_prototype(env, v8::Uint8Array::New(store, 0, size));
}

v8::Local<v8::Value> make_buffer_adopt(Env& env, char* bytes, size_t size) {
  std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
      bytes, size, [](void* data, size_t, void*) { std::free(data); }, nullptr);
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env.isolate(), std::move(store));
  return with_prototype(env, v8::Uint8Array::New(buffer, 0, size));
}

}  // namespace node::js
