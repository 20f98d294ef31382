// Node-API: ArrayBuffers, views and Buffers, over V8's memory or the addon's.
#include <mutex>
#include <vector>

#include "core/wakeup.h"
#include "js/buffer.h"
#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

namespace node::js {

namespace {

// Memory of an addon under an ArrayBuffer. V8 lets go of it on whatever thread it likes, perhaps
// after the environment has ended.
struct ExternalMemory : ListNode<> {
  NapiPostbox* box;  // nullptr: ended, and the addon has been told
  NapiFinalizer finalizer;
};

// Guards every postbox; held for a few instructions.
std::mutex memory_mutex;

}  // namespace

// Brings memory that V8 let go of back to the environment's thread.
class NapiPostbox {
 public:
  explicit NapiPostbox(napi_env env) : env_(env), watcher_(on_ready, this) {}

  // False when descriptors have run out.
  bool open() {
    if (!wakeup_.open().ok()) return false;
    if (!env_->env.loop().start(watcher_, wakeup_.fd(), poll::kReadable).ok()) return false;
    env_->env.loop().set_referenced(watcher_, false);
    return true;
  }

  ExternalMemory* add(const NapiFinalizer& finalizer) {
    auto* memory = new ExternalMemory;
    memory->box = this;
    memory->finalizer = finalizer;
    std::lock_guard lock(memory_mutex);
    live_.push_back(memory);
    return memory;
  }

  // Any thread.
  static void let_go(void*, size_t, void* data) {
    auto* memory = static_cast<ExternalMemory*>(data);
    std::lock_guard lock(memory_mutex);
    if (memory->box == nullptr) {
      delete memory;
      return;
    }
    memory->unlink();
    memory->box->free_.push_back(memory);
    memory->box->wakeup_.wake();
  }

  // Tells the addon about all memory, whether V8 still has it or not.
  void end() {
    if (watcher_.started()) env_->env.loop().stop(watcher_);
    finalize_free();
    std::vector<NapiFinalizer> finalizers;
    {
      std::lock_guard lock(memory_mutex);
      while (ExternalMemory* memory = live_.pop_front()) {
        memory->box = nullptr;
        finalizers.push_back(memory->finalizer);
      }
    }
    for (const NapiFinalizer& f : finalizers) env_->run_finalizer(f);
  }

 private:
  struct BoxWatcher : Watcher {
    BoxWatcher(Callback callback, NapiPostbox* owner) : Watcher(callback), box(owner) {}
    NapiPostbox* box;
  };
  static void on_ready(Watcher* watcher, uint8_t) {
    NapiPostbox* box = static_cast<BoxWatcher*>(watcher)->box;
    box->wakeup_.clear();
    box->env_->enter([box] { box->finalize_free(); });
  }
  void finalize_free() {
    for (;;) {
      ExternalMemory* memory;
      {
        std::lock_guard lock(memory_mutex);
        memory = free_.pop_front();
      }
      if (memory == nullptr) return;
      NapiFinalizer finalizer = memory->finalizer;
      delete memory;
      env_->run_finalizer(finalizer);
    }
  }

  napi_env env_;
  Wakeup wakeup_;
  BoxWatcher watcher_;
  List<ExternalMemory> live_;
  List<ExternalMemory> free_;
};

void napi_finalize_memory(napi_env env) {
  if (env->postbox == nullptr) return;
  env->postbox->end();
  delete env->postbox;
  env->postbox = nullptr;
}

namespace {

void leave_alone(void*, size_t, void*) {}

// An ArrayBuffer over the addon's memory; empty when descriptors have run out.
v8::MaybeLocal<v8::ArrayBuffer> wrap_memory(napi_env env, void* data, size_t length,
                                            const NapiFinalizer& finalizer) {
  v8::Isolate* isolate = env->isolate();
  if (data == nullptr || length == 0) {
    // V8 would not say when it is done with nothing.
    v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(isolate, 0);
    if (finalizer.callback != nullptr) {
      napi_add_finalizer(env, to_napi(buffer), finalizer.data, finalizer.callback, finalizer.hint,
                         nullptr);
    }
    return buffer;
  }
  if (finalizer.callback == nullptr) {
    return v8::ArrayBuffer::New(
        isolate, v8::ArrayBuffer::NewBackingStore(data, length, leave_alone, nullptr));
  }
  if (env->postbox == nullptr) {
    auto box = std::make_unique<NapiPostbox>(env);
    if (!box->open()) return {};
    env->postbox = box.release();
  }
  return v8::ArrayBuffer::New(isolate,
                              v8::ArrayBuffer::NewBackingStore(data, length, NapiPostbox::let_go,
                                                               env->postbox->add(finalizer)));
}

v8::Local<v8::Value> view_as_buffer(napi_env env, v8::Local<v8::ArrayBuffer> memory) {
  v8::Local<v8::Uint8Array> view = v8::Uint8Array::New(memory, 0, memory->ByteLength());
  ignore(set_prototype(env->context(), view, env->env.hook(Hook::kBufferPrototype)));
  return view;
}

// What V8 says about each kind of typed array, in the order of napi_typedarray_type.
struct TypedArrayKind {
  const char* name;
  size_t element;
  bool (v8::Value::*is)() const;
  v8::Local<v8::Value> (*make)(v8::Local<v8::ArrayBuffer> buffer, size_t offset, size_t length);
};
template <typename T>
v8::Local<v8::Value> make_typed(v8::Local<v8::ArrayBuffer> buffer, size_t offset, size_t length) {
  return T::New(buffer, offset, length);
}
constexpr TypedArrayKind kKinds[] = {
    {"Int8Array", 1, &v8::Value::IsInt8Array, make_typed<v8::Int8Array>},
    {"Uint8Array", 1, &v8::Value::IsUint8Array, make_typed<v8::Uint8Array>},
    {"Uint8ClampedArray", 1, &v8::Value::IsUint8ClampedArray, make_typed<v8::Uint8ClampedArray>},
    {"Int16Array", 2, &v8::Value::IsInt16Array, make_typed<v8::Int16Array>},
    {"Uint16Array", 2, &v8::Value::IsUint16Array, make_typed<v8::Uint16Array>},
    {"Int32Array", 4, &v8::Value::IsInt32Array, make_typed<v8::Int32Array>},
    {"Uint32Array", 4, &v8::Value::IsUint32Array, make_typed<v8::Uint32Array>},
    {"Float32Array", 4, &v8::Value::IsFloat32Array, make_typed<v8::Float32Array>},
    {"Float64Array", 8, &v8::Value::IsFloat64Array, make_typed<v8::Float64Array>},
    {"BigInt64Array", 8, &v8::Value::IsBigInt64Array, make_typed<v8::BigInt64Array>},
    {"BigUint64Array", 8, &v8::Value::IsBigUint64Array, make_typed<v8::BigUint64Array>},
};

napi_status throw_range(napi_env env, const char* code, const std::string& message) {
  napi_throw_range_error(env, code, message.c_str());
  return env->set(napi_invalid_arg);
}

// Where the bytes of a view begin, or of its whole buffer.
void* view_data(v8::Local<v8::ArrayBufferView> view) {
  return static_cast<char*>(view->Buffer()->Data()) + view->ByteOffset();
}

}  // namespace

}  // namespace node::js

// ---- ArrayBuffers --------------------------------------------------------------------------

napi_status napi_is_arraybuffer(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsArrayBuffer();
  return env->ok();
}

napi_status napi_create_arraybuffer(napi_env env, size_t byte_length, void** data,
                                    napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env->isolate(), byte_length);
  if (data != nullptr) *data = buffer->Data();
  *result = to_napi(buffer);
  return script.done();
}

napi_status napi_create_external_arraybuffer(napi_env env, void* external_data, size_t byte_length,
                                             node_api_nogc_finalize finalize_cb,
                                             void* finalize_hint, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  v8::Local<v8::ArrayBuffer> buffer;
  if (!js::wrap_memory(env, external_data, byte_length, {finalize_cb, external_data, finalize_hint})
           .ToLocal(&buffer)) {
    return script.failed();
  }
  *result = to_napi(buffer);
  return script.done();
}

napi_status napi_get_arraybuffer_info(napi_env env, napi_value arraybuffer, void** data,
                                      size_t* byte_length) {
  NAPI_ENTER(env);
  NAPI_ARG(env, arraybuffer);
  NAPI_REQUIRE(env, from_napi(arraybuffer)->IsArrayBuffer(), napi_invalid_arg);
  v8::Local<v8::ArrayBuffer> buffer = from_napi(arraybuffer).As<v8::ArrayBuffer>();
  if (data != nullptr) *data = buffer->Data();
  if (byte_length != nullptr) *byte_length = buffer->ByteLength();
  return env->ok();
}

napi_status napi_detach_arraybuffer(napi_env env, napi_value arraybuffer) {
  NAPI_ENTER(env);
  NAPI_ARG(env, arraybuffer);
  NAPI_REQUIRE(env, from_napi(arraybuffer)->IsArrayBuffer(), napi_arraybuffer_expected);
  v8::Local<v8::ArrayBuffer> buffer = from_napi(arraybuffer).As<v8::ArrayBuffer>();
  NAPI_REQUIRE(env, buffer->IsDetachable(), napi_detachable_arraybuffer_expected);
  js::detach(buffer);
  return env->ok();
}

napi_status napi_is_detached_arraybuffer(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  // Without memory it counts as detached, as that over an addon's null pointer does.
  *result = false;
  if (from_napi(value)->IsArrayBuffer()) {
    v8::Local<v8::ArrayBuffer> buffer = from_napi(value).As<v8::ArrayBuffer>();
    *result = buffer->WasDetached() || buffer->Data() == nullptr;
  }
  return env->ok();
}

// ---- Typed arrays and DataViews ------------------------------------------------------------

napi_status napi_is_typedarray(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsTypedArray();
  return env->ok();
}

napi_status napi_create_typedarray(napi_env env, napi_typedarray_type type, size_t length,
                                   napi_value arraybuffer, size_t byte_offset, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, arraybuffer);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(arraybuffer)->IsArrayBuffer(), napi_invalid_arg);
  NAPI_REQUIRE(env, static_cast<size_t>(type) < std::size(js::kKinds), napi_invalid_arg);
  v8::Local<v8::ArrayBuffer> buffer = from_napi(arraybuffer).As<v8::ArrayBuffer>();
  const js::TypedArrayKind& kind = js::kKinds[type];
  if (byte_offset % kind.element != 0) {
    return js::throw_range(env, "ERR_NAPI_INVALID_TYPEDARRAY_ALIGNMENT",
                           std::string("start offset of ") + kind.name +
                               " should be a multiple of " + std::to_string(kind.element));
  }
  if (byte_offset > buffer->ByteLength() ||
      length > (buffer->ByteLength() - byte_offset) / kind.element) {
    return js::throw_range(env, "ERR_NAPI_INVALID_TYPEDARRAY_LENGTH", "Invalid typed array length");
  }
  *result = to_napi(kind.make(buffer, byte_offset, length));
  return script.done();
}

napi_status napi_get_typedarray_info(napi_env env, napi_value typedarray,
                                     napi_typedarray_type* type, size_t* length, void** data,
                                     napi_value* arraybuffer, size_t* byte_offset) {
  NAPI_ENTER(env);
  NAPI_ARG(env, typedarray);
  NAPI_REQUIRE(env, from_napi(typedarray)->IsTypedArray(), napi_invalid_arg);
  v8::Local<v8::TypedArray> array = from_napi(typedarray).As<v8::TypedArray>();
  for (size_t i = 0; type != nullptr && i < std::size(js::kKinds); ++i) {
    if (((*array)->*js::kKinds[i].is)()) *type = static_cast<napi_typedarray_type>(i);
  }
  if (length != nullptr) *length = array->Length();
  if (data != nullptr) *data = js::view_data(array);
  if (arraybuffer != nullptr) *arraybuffer = to_napi(array->Buffer());
  if (byte_offset != nullptr) *byte_offset = array->ByteOffset();
  return env->ok();
}

napi_status napi_create_dataview(napi_env env, size_t byte_length, napi_value arraybuffer,
                                 size_t byte_offset, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, arraybuffer);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(arraybuffer)->IsArrayBuffer(), napi_invalid_arg);
  v8::Local<v8::ArrayBuffer> buffer = from_napi(arraybuffer).As<v8::ArrayBuffer>();
  if (byte_offset > buffer->ByteLength() || byte_length > buffer->ByteLength() - byte_offset) {
    napi_throw_range_error(env, "ERR_NAPI_INVALID_DATAVIEW_ARGS",
                           "byte_offset + byte_length should be less than or equal to the size in "
                           "bytes of the array passed in");
    return env->set(napi_pending_exception);
  }
  *result = to_napi(v8::DataView::New(buffer, byte_offset, byte_length));
  return script.done();
}

napi_status napi_is_dataview(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsDataView();
  return env->ok();
}

napi_status napi_get_dataview_info(napi_env env, napi_value dataview, size_t* byte_length,
                                   void** data, napi_value* arraybuffer, size_t* byte_offset) {
  NAPI_ENTER(env);
  NAPI_ARG(env, dataview);
  NAPI_REQUIRE(env, from_napi(dataview)->IsDataView(), napi_invalid_arg);
  v8::Local<v8::DataView> view = from_napi(dataview).As<v8::DataView>();
  if (byte_length != nullptr) *byte_length = view->ByteLength();
  if (data != nullptr) *data = js::view_data(view);
  if (arraybuffer != nullptr) *arraybuffer = to_napi(view->Buffer());
  if (byte_offset != nullptr) *byte_offset = view->ByteOffset();
  return env->ok();
}

// ---- Buffers -------------------------------------------------------------------------------

napi_status napi_create_buffer(napi_env env, size_t length, void** data, napi_value* result) {
  return napi_create_buffer_copy(env, length, nullptr, data, result);
}

// Without bytes to copy they are zero.
napi_status napi_create_buffer_copy(napi_env env, size_t length, const void* data,
                                    void** result_data, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  void* memory = std::calloc(1, length == 0 ? 1 : length);
  NAPI_REQUIRE(env, memory != nullptr, napi_generic_failure);
  if (data != nullptr) std::memcpy(memory, data, length);
  v8::Local<v8::Value> buffer = js::make_buffer_adopt(env->env, static_cast<char*>(memory), length);
  if (result_data != nullptr) *result_data = js::view_data(buffer.As<v8::ArrayBufferView>());
  *result = to_napi(buffer);
  return script.done();
}

napi_status napi_create_external_buffer(napi_env env, size_t length, void* data,
                                        node_api_nogc_finalize finalize_cb, void* finalize_hint,
                                        napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  v8::Local<v8::ArrayBuffer> memory;
  if (!js::wrap_memory(env, data, length, {finalize_cb, data, finalize_hint}).ToLocal(&memory)) {
    return script.failed();
  }
  *result = to_napi(js::view_as_buffer(env, memory));
  return script.done();
}

napi_status napi_is_buffer(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsArrayBufferView();
  return env->ok();
}

napi_status napi_get_buffer_info(napi_env env, napi_value value, void** data, size_t* length) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_REQUIRE(env, from_napi(value)->IsArrayBufferView(), napi_invalid_arg);
  v8::Local<v8::ArrayBufferView> view = from_napi(value).As<v8::ArrayBufferView>();
  if (data != nullptr) *data = js::view_data(view);
  if (length != nullptr) *length = view->ByteLength();
  return env->ok();
}
#endif
