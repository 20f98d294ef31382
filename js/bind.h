// bind.h: turns C++ functions into JavaScript functions, from their signatures.
//
// A binding file reads as functions and classes plus a table of names:
//
//   Result<double> size_of(Env& env, const Utf8& path, bool follow);          // throws when the
//   Result is an Error void on_raw(const Args& info);                                     // hot
//   path, does its own conversions class Thing : public Wrapped { static void make(Env&, const
//   Args&); int32_t poke(int32_t n, Bytes b); };
//
//   const ClassSpec kThingClass = wrapped_class<Thing>("Thing", kThingMethods);
//   const Method kThingMethods[] = {method<&Thing::poke>("poke")};
//   const Method kMethods[] = {fn<&size_of>("sizeOf"), raw("onRaw", on_raw)};
//   const ClassSpec* const kClasses[] = {&kThingClass};
//   extern const Binding kThingBinding = {"thing", kMethods, kClasses, init};   // and a line in
//   bindings.cc
//
// `internalBinding('thing')` is then an object with these functions and classes.
#pragma once

#include <concepts>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "js/env.h"
#include "js/error.h"
#include "js/wrapped.h"

namespace node::js {

using Args = v8::FunctionCallbackInfo<v8::Value>;

struct Method {
  const char* name;
  v8::FunctionCallback callback;
};

struct ClassSpec {
  const char* name;
  std::span<const Method> methods;
  v8::FunctionCallback construct;
};

struct Binding {
  const char* name;
  std::span<const Method> methods;
  std::span<const ClassSpec* const> classes;
  // Adds constants and the like to the new object; may be null. May not create functions of its
  // own.
  void (*init)(Env& env, v8::Local<v8::Object> target);
  // Callbacks that only `init` or later code hands to V8: the snapshot must know their addresses.
  std::span<const intptr_t> references = {};
};

// Every binding there is; bindings.cc.
extern const std::span<const Binding* const> kBindings;
// Addresses that a snapshot may hold, null-terminated; the same order in maker and reader.
const intptr_t* external_references();
// The object behind internalBinding(name); empty when there is no such binding, or script is
// ending.
v8::MaybeLocal<v8::Object> make_binding(Env& env, std::string_view name);
v8::Local<v8::FunctionTemplate> make_class_template(v8::Isolate* isolate, const ClassSpec& spec);

// ---- Arguments -----------------------------------------------------------------------------

// A string argument as UTF-8, NUL-terminated; short ones without allocation. Lives for the call.
class Utf8 {
 public:
  Utf8() = default;
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
  ~Utf8() {
    if (data_ != inline_) std::free(data_);
  }
  // False when `value` is no string or memory is gone.
  bool read(v8::Isolate* isolate, v8::Local<v8::Value> value);
  const char* c_str() const { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }

 private:
  static constexpr size_t kInline = 232;
  char inline_[kInline] = "";
  char* data_ = inline_;
  size_t size_ = 0;
};

// The bytes of an ArrayBufferView, ArrayBuffer or SharedArrayBuffer argument; valid while it is
// neither collected nor detached.
using Bytes = std::span<char>;
// False when `value` has no bytes to offer.
bool read_bytes(v8::Local<v8::Value> value, Bytes* out);

[[gnu::cold]] void throw_bad_argument(Env& env, int index, const char* expected);

template <typename T>
struct Arg;

template <>
struct Arg<int32_t> {
  int32_t value;
  bool read(Env& env, const Args& info, int i) {
    v8::Local<v8::Value> v = info[i];
    if (v->IsInt32()) {
      value = v.As<v8::Int32>()->Value();
      return true;
    }
    if (v->IsNumber()) return v->Int32Value(env.context()).To(&value);
    throw_bad_argument(env, i, "number");
    return false;
  }
  int32_t get() { return value; }
};
template <>
struct Arg<uint32_t> {
  uint32_t value;
  bool read(Env& env, const Args& info, int i) {
    if (info[i]->IsNumber()) return info[i]->Uint32Value(env.context()).To(&value);
    throw_bad_argument(env, i, "number");
    return false;
  }
  uint32_t get() { return value; }
};
template <>
struct Arg<double> {
  double value;
  bool read(Env& env, const Args& info, int i) {
    if (!info[i]->IsNumber()) {
      throw_bad_argument(env, i, "number");
      return false;
    }
    value = info[i].As<v8::Number>()->Value();
    return true;
  }
  double get() { return value; }
};
// Numbers and BigInts; -1 and the like pass through.
template <>
struct Arg<int64_t> {
  int64_t value;
  bool read(Env& env, const Args& info, int i) {
    if (info[i]->IsNumber()) return info[i]->IntegerValue(env.context()).To(&value);
    if (info[i]->IsBigInt()) {
      value = info[i].As<v8::BigInt>()->Int64Value();
      return true;
    }
    throw_bad_argument(env, i, "number or bigint");
    return false;
  }
  int64_t get() { return value; }
};
template <>
struct Arg<bool> {
  bool value;
  bool read(Env& env, const Args& info, int i) {
    value = info[i]->BooleanValue(env.isolate());
    return true;
  }
  bool get() { return value; }
};
template <>
struct Arg<v8::Local<v8::Value>> {
  v8::Local<v8::Value> value;
  bool read(Env&, const Args& info, int i) {
    value = info[i];
    return true;
  }
  v8::Local<v8::Value> get() { return value; }
};
#define NODE_LOCAL_ARG(Type, check, expected)      \
  template <>                                      \
  struct Arg<v8::Local<v8::Type>> {                \
    v8::Local<v8::Type> value;                     \
    bool read(Env& env, const Args& info, int i) { \
      if (!info[i]->check()) {                     \
        throw_bad_argument(env, i, expected);      \
        return false;                              \
      }                                            \
      value = info[i].As<v8::Type>();              \
      return true;                                 \
    }                                              \
    v8::Local<v8::Type> get() { return value; }    \
  };
NODE_LOCAL_ARG(Object, IsObject, "object")
NODE_LOCAL_ARG(Function, IsFunction, "function")
NODE_LOCAL_ARG(String, IsString, "string")
NODE_LOCAL_ARG(Array, IsArray, "array")
#undef NODE_LOCAL_ARG
template <>
struct Arg<const Utf8&> {
  Utf8 value;
  bool read(Env& env, const Args& info, int i) {
    if (value.read(env.isolate(), info[i])) return true;
    throw_bad_argument(env, i, "string");
    return false;
  }
  const Utf8& get() { return value; }
};
template <>
struct Arg<Bytes> {
  Bytes value;
  bool read(Env& env, const Args& info, int i) {
    if (read_bytes(info[i], &value)) return true;
    throw_bad_argument(env, i, "ArrayBufferView");
    return false;
  }
  Bytes get() { return value; }
};

// ---- Results -------------------------------------------------------------------------------

inline void set_result(Env&, const Args& info, bool value) { info.GetReturnValue().Set(value); }
inline void set_result(Env&, const Args& info, int32_t value) { info.GetReturnValue().Set(value); }
inline void set_result(Env&, const Args& info, uint32_t value) { info.GetReturnValue().Set(value); }
inline void set_result(Env&, const Args& info, double value) { info.GetReturnValue().Set(value); }
// Wider integers, under whatever names the system has them.
template <std::integral T>
void set_result(Env&, const Args& info, T value) {
  info.GetReturnValue().Set(static_cast<double>(value));
}
template <typename T>
void set_result(Env&, const Args& info, v8::Local<T> value) {
  info.GetReturnValue().Set(value);
}
// Empty means that V8 has an exception pending: touch nothing.
template <typename T>
void set_result(Env&, const Args& info, v8::MaybeLocal<T> value) {
  v8::Local<T> local;
  if (value.ToLocal(&local)) info.GetReturnValue().Set(local);
}
inline void set_result(Env& env, const Args& info, std::string_view value) {
  info.GetReturnValue().Set(env.string(value));
}
inline void set_result(Env& env, const Args& info, const char* value) {
  info.GetReturnValue().Set(env.string(value));
}
inline void set_result(Env& env, const Args&, Result<void> result) {
  if (!result) throw_system_error(env, result.error());
}
template <typename T>
void set_result(Env& env, const Args& info, Result<T> result) {
  if (!result) return throw_system_error(env, result.error());
  set_result(env, info, result.take());
}

// ---- Thunks --------------------------------------------------------------------------------

template <auto F, typename Signature = decltype(F)>
struct Thunk;

template <auto F, typename R, typename... A>
struct Thunk<F, R (*)(Env&, A...)> {
  static void call(const Args& info) { apply(info, std::index_sequence_for<A...>()); }
  template <size_t... I>
  static void apply(const Args& info, std::index_sequence<I...>) {
    Env& env = Env::from(info);
    std::tuple<Arg<A>...> args;
    if (!(std::get<I>(args).read(env, info, I) && ...)) return;
    if constexpr (std::is_void_v<R>) {
      F(env, std::get<I>(args).get()...);
    } else {
      set_result(env, info, F(env, std::get<I>(args).get()...));
    }
  }
};

[[gnu::cold]] void throw_gone(Env& env);

template <auto F, typename C, typename R, typename... A>
struct Thunk<F, R (C::*)(A...)> {
  static void call(const Args& info) { apply(info, std::index_sequence_for<A...>()); }
  template <size_t... I>
  static void apply(const Args& info, std::index_sequence<I...>) {
    Env& env = Env::from(info);
    C* self = Wrapped::from<C>(info.This());
    if (self == nullptr) return throw_gone(env);
    std::tuple<Arg<A>...> args;
    if (!(std::get<I>(args).read(env, info, I) && ...)) return;
    if constexpr (std::is_void_v<R>) {
      (self->*F)(std::get<I>(args).get()...);
    } else {
      set_result(env, info, (self->*F)(std::get<I>(args).get()...));
    }
  }
};
// Methods that take the raw callback information: `void m(const Args&)`.
template <auto F, typename C>
struct Thunk<F, void (C::*)(const Args&)> {
  static void call(const Args& info) {
    C* self = Wrapped::from<C>(info.This());
    if (self == nullptr) return throw_gone(Env::from(info));
    (self->*F)(info);
  }
};

template <typename C>
struct Constructor {
  static void call(const Args& info) {
    Env& env = Env::from(info);
    if (!info.IsConstructCall())
      return throw_type_error(env, "ERR_CONSTRUCT_CALL_REQUIRED",
                              "Class constructor cannot be invoked without `new`");
    C::make(env, info);
  }
};

// A free function `R f(Env&, args...)`.
template <auto F>
constexpr Method fn(const char* name) {
  return {name, &Thunk<F>::call};
}
// A member function of a Wrapped class; V8 checks the receiver.
template <auto F>
constexpr Method method(const char* name) {
  return {name, &Thunk<F>::call};
}
constexpr Method raw(const char* name, v8::FunctionCallback callback) { return {name, callback}; }

// A class whose instances JavaScript makes with `new`: C has `static void make(Env&, const Args&)`,
// which creates the C++ side for info.This(), or throws.
template <typename C>
constexpr ClassSpec wrapped_class(const char* name, std::span<const Method> methods) {
  return {name, methods, &Constructor<C>::call};
}

// Sets a read-write property of a new object; for init functions.
void set_constant(Env& env, v8::Local<v8::Object> target, const char* name, double value);

}  // namespace node::js
