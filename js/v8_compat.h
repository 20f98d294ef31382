// The V8 that is there, made to look like one V8: every difference between versions lives in this
// file.
#pragma once

#include <libplatform/libplatform.h>
#include <v8.h>

#include <vector>

namespace node::js {

// From V8 12 on script origins know their isolate by themselves.
inline v8::ScriptOrigin script_origin(v8::Isolate* isolate, v8::Local<v8::Value> name,
                                      v8::Local<v8::Data> host_options = {}, int line = 0,
                                      int column = 0) {
#if V8_MAJOR_VERSION >= 12
  (void)isolate;
  return v8::ScriptOrigin(name, line, column, false, -1, v8::Local<v8::Value>(), false, false,
                          false, host_options);
#else
  return v8::ScriptOrigin(isolate, name, line, column, false, -1, v8::Local<v8::Value>(), false,
                          false, false, host_options);
#endif
}

// Switches on what Node 18's language has and this V8 has only behind a flag. Before
// V8::Initialize.
inline void set_language_flags() {
#if V8_MAJOR_VERSION < 12
  v8::V8::SetFlagsFromString("--harmony-import-assertions");
  v8::V8::SetFlagsFromString("--harmony-import-attributes");
#endif
}

// Of a SMALL=1 build: no optimising compiler, whose work area and pages are the largest single part
// of a busy process; the quick one stays. Before the command line's own flags, which so win.
inline void set_small_flags() {
  v8::V8::SetFlagsFromString(
      "--no-opt --sparkplug --optimize-for-size --max-semi-space-size=1 --single-threaded-gc");
}

// script_origin() for a module.
inline v8::ScriptOrigin module_origin(v8::Isolate* isolate, v8::Local<v8::Value> name,
                                      v8::Local<v8::Data> host_options, int line, int column) {
#if V8_MAJOR_VERSION >= 12
  (void)isolate;
  return v8::ScriptOrigin(name, line, column, true, -1, v8::Local<v8::Value>(), false, false, true,
                          host_options);
#else
  return v8::ScriptOrigin(isolate, name, line, column, true, -1, v8::Local<v8::Value>(), false,
                          false, true, host_options);
#endif
}

inline v8::Local<v8::Module> create_synthetic_module(
    v8::Isolate* isolate, v8::Local<v8::String> name,
    const std::vector<v8::Local<v8::String>>& exports,
    v8::Module::SyntheticModuleEvaluationSteps steps) {
#if V8_MAJOR_VERSION >= 12
  return v8::Module::CreateSyntheticModule(
      isolate, name, v8::MemorySpan<const v8::Local<v8::String>>(exports.data(), exports.size()),
      steps);
#else
  return v8::Module::CreateSyntheticModule(isolate, name, exports, steps);
#endif
}

// A function whose body is `source`, its parameters named: no wrapper text, so that columns stay
// true.
inline v8::MaybeLocal<v8::Function> compile_function(
    v8::Local<v8::Context> context, v8::ScriptCompiler::Source* source, size_t param_count,
    v8::Local<v8::String> params[],
    v8::ScriptCompiler::CompileOptions options = v8::ScriptCompiler::kNoCompileOptions) {
#if V8_MAJOR_VERSION >= 11
  return v8::ScriptCompiler::CompileFunction(context, source, param_count, params, 0, nullptr,
                                             options);
#else
  return v8::ScriptCompiler::CompileFunctionInContext(context, source, param_count, params, 0,
                                                      nullptr, options);
#endif
}

inline v8::Local<v8::Value> get_prototype(v8::Local<v8::Object> object) {
#if V8_MAJOR_VERSION >= 14
  return object->GetPrototypeV2();
#else
  return object->GetPrototype();
#endif
}

inline v8::Maybe<bool> set_prototype(v8::Local<v8::Context> context, v8::Local<v8::Object> object,
                                     v8::Local<v8::Value> prototype) {
#if V8_MAJOR_VERSION >= 14
  return object->SetPrototypeV2(context, prototype);
#else
  return object->SetPrototype(context, prototype);
#endif
}

// The isolate of a context that is entered.
inline v8::Isolate* isolate_of(v8::Local<v8::Context> context) {
#if V8_MAJOR_VERSION >= 14
  (void)context;
  return v8::Isolate::GetCurrent();
#else
  return context->GetIsolate();
#endif
}

// Element `index` of what V8 hands over as a FixedArray.
template <typename T>
v8::Local<T> element(v8::Local<v8::Context> context, v8::Local<v8::FixedArray> array, int index) {
#if V8_MAJOR_VERSION >= 14
  (void)context;
  return array->Get(index).As<T>();
#else
  return array->Get(context, index).As<T>();
#endif
}

// Takes an ArrayBuffer's memory away from it.
inline void detach(v8::Local<v8::ArrayBuffer> buffer) {
#if V8_MAJOR_VERSION >= 11
  (void)buffer->Detach(v8::Local<v8::Value>()).FromMaybe(false);
#else
  buffer->Detach();
#endif
}

// Copies `length` one-byte characters from `start` on; the string must be one-byte.
inline void write_one_byte(v8::Isolate* isolate, v8::Local<v8::String> string, uint8_t* out,
                           int start, int length) {
#if V8_MAJOR_VERSION >= 14
  string->WriteOneByteV2(isolate, start, length, out);
#else
  string->WriteOneByte(isolate, out, start, length, v8::String::NO_NULL_TERMINATION);
#endif
}

// Copies `length` UTF-16 units from `start` on.
inline void write_two_byte(v8::Isolate* isolate, v8::Local<v8::String> string, uint16_t* out,
                           int start, int length) {
#if V8_MAJOR_VERSION >= 14
  string->WriteV2(isolate, start, length, out);
#else
  string->Write(isolate, out, start, length, v8::String::NO_NULL_TERMINATION);
#endif
}

// Bytes that write_utf8 needs at the most.
inline size_t utf8_length(v8::Isolate* isolate, v8::Local<v8::String> string) {
#if V8_MAJOR_VERSION >= 14
  return string->Utf8LengthV2(isolate);
#else
  return string->Utf8Length(isolate);
#endif
}

// Encodes as UTF-8, lone surrogates as U+FFFD, whole characters only. Returns the bytes written.
inline size_t write_utf8(v8::Isolate* isolate, v8::Local<v8::String> string, char* out,
                         size_t capacity) {
#if V8_MAJOR_VERSION >= 14
  return string->WriteUtf8V2(isolate, out, capacity, v8::String::WriteFlags::kReplaceInvalidUtf8);
#else
  return string->WriteUtf8(isolate, out, static_cast<int>(capacity), nullptr,
                           v8::String::NO_NULL_TERMINATION | v8::String::REPLACE_INVALID_UTF8);
#endif
}

#if V8_MAJOR_VERSION >= 14
inline constexpr v8::EmbedderDataTypeTag kWrappedTag = 1;
inline void set_pointer(v8::Local<v8::Object> object, int field, void* pointer) {
  object->SetAlignedPointerInInternalField(field, pointer, kWrappedTag);
}
inline void* get_pointer(v8::Local<v8::Object> object, int field) {
  return object->GetAlignedPointerFromInternalField(field, kWrappedTag);
}
#else
inline void set_pointer(v8::Local<v8::Object> object, int field, void* pointer) {
  object->SetAlignedPointerInInternalField(field, pointer);
}
inline void* get_pointer(v8::Local<v8::Object> object, int field) {
  return object->GetAlignedPointerFromInternalField(field);
}
#endif

// Newer V8s never tell of these two.
#if V8_MAJOR_VERSION >= 14
inline constexpr auto kPromiseRejectAfterResolved = v8::kDeprecatedPromiseRejectAfterResolved;
inline constexpr auto kPromiseResolveAfterResolved = v8::kDeprecatedPromiseResolveAfterResolved;
#else
inline constexpr auto kPromiseRejectAfterResolved = v8::kPromiseRejectAfterResolved;
inline constexpr auto kPromiseResolveAfterResolved = v8::kPromiseResolveAfterResolved;
#endif

// Interceptors of properties tell whether they have answered; before V8 13 by having set a value.
#if V8_MAJOR_VERSION >= 13
using Interception = v8::Intercepted;
using WriteInfo = v8::PropertyCallbackInfo<void>;
inline Interception not_intercepted() { return v8::Intercepted::kNo; }
template <typename Info, typename T>
Interception intercepted(const Info& info, T value) {
  info.GetReturnValue().Set(value);
  return v8::Intercepted::kYes;
}
inline Interception intercepted_write(const WriteInfo&, v8::Local<v8::Value>) {
  return v8::Intercepted::kYes;
}
#else
using Interception = void;
using WriteInfo = v8::PropertyCallbackInfo<v8::Value>;
inline void not_intercepted() {}
template <typename Info, typename T>
void intercepted(const Info& info, T value) {
  info.GetReturnValue().Set(value);
}
inline void intercepted_write(const WriteInfo& info, v8::Local<v8::Value> value) {
  info.GetReturnValue().Set(value);
}
#endif

// The object that has the interceptor.
template <typename Info>
v8::Local<v8::Object> holder_of(const Info& info) {
#if V8_MAJOR_VERSION >= 14
  return info.HolderV2();
#else
  return info.Holder();
#endif
}

// Whether `x = 1` was written, and not `globalThis.x = 1`; newer V8s do not tell: then false.
inline bool without_receiver(const WriteInfo& info, v8::Local<v8::Context> context) {
#if V8_MAJOR_VERSION >= 14
  (void)info, (void)context;
  return false;
#else
  return info.This() != context->Global();
#endif
}

// The value that V8 carries along from a promise to its reactions.
inline v8::Local<v8::Value> preserved_data(v8::Local<v8::Context> context) {
#if V8_MAJOR_VERSION >= 13
  return isolate_of(context)->GetContinuationPreservedEmbedderData();
#else
  return context->GetContinuationPreservedEmbedderData();
#endif
}
inline void preserve_data(v8::Local<v8::Context> context, v8::Local<v8::Value> value) {
#if V8_MAJOR_VERSION >= 13
  isolate_of(context)->SetContinuationPreservedEmbedderData(value);
#else
  context->SetContinuationPreservedEmbedderData(value);
#endif
}

#if V8_MAJOR_VERSION >= 13
inline constexpr size_t kMostArrayBytes = v8::TypedArray::kMaxByteLength;
#else
inline constexpr size_t kMostArrayBytes = v8::TypedArray::kMaxLength;
#endif

// While it lives start-up snapshots are taken as they are, without looking for bits that have
// changed: ours is part of the executable. Code caches, which come from files, are checked as ever.
// Flags of newer V8s are fixed by then.
struct TrustedSnapshot {
#if V8_MAJOR_VERSION == 10 && V8_MINOR_VERSION < 5
  TrustedSnapshot() { v8::V8::SetFlagsFromString("--no-verify-snapshot-checksum"); }
  ~TrustedSnapshot() { v8::V8::SetFlagsFromString("--verify-snapshot-checksum"); }
#endif
};

}  // namespace node::js
