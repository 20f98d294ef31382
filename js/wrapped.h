// Wrapped: a C++ object that a JavaScript object owns.
#pragma once

#include "core/base/list.h"
#include "js/env.h"

namespace node::js {

// Base of classes that ClassSpec declares. Weak by default: it is destroyed when JavaScript lets go
// of the object; pin() keeps both alive while the loop can reach it. pin and unpin pair inside one
// file.
class Wrapped : public ListNode<> {
 public:
  static constexpr int kFields = 1;

  // `object` comes from the class's template (`info.This()` in a constructor, or
  // Env::new_instance).
  Wrapped(Env& env, v8::Local<v8::Object> object);
  virtual ~Wrapped();
  Wrapped(const Wrapped&) = delete;
  Wrapped& operator=(const Wrapped&) = delete;

  Env& env() const { return env_; }
  v8::Local<v8::Object> object() const { return object_.Get(env_.isolate()); }

  void pin();
  void unpin();
  bool pinned() const { return pinned_; }

  // The C++ object behind `value`, which the caller knows to be of T's class; nullptr when it is
  // gone.
  template <typename T>
  static T* from(v8::Local<v8::Object> value) {
    return static_cast<T*>(static_cast<Wrapped*>(get_pointer(value, 0)));
  }
  // The same for any value: nullptr unless it is an instance of `spec`'s class.
  template <typename T>
  static T* from(Env& env, v8::Local<v8::Value> value, const ClassSpec& spec) {
    if (!value->IsObject() || !env.class_template(spec)->HasInstance(value)) return nullptr;
    return from<T>(value.As<v8::Object>());
  }

 protected:
  // Frees it; slab-allocated classes override.
  virtual void destroy() { delete this; }

 private:
  static void first_pass(const v8::WeakCallbackInfo<Wrapped>& info);
  static void second_pass(const v8::WeakCallbackInfo<Wrapped>& info);
  void make_weak();

  Env& env_;
  v8::Global<v8::Object> object_;
  bool pinned_ = false;
};

}  // namespace node::js
