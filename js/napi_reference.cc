// Node-API: references, wrapped pointers, externals, finalizers, handle scopes.
#include <memory>

#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

namespace node::js {

// A counted hold of a value, weak while the count is zero; with it, or in place of it, a function
// to be called when the value is gone.
class NapiReference : public ListNode<NapiReference>, public NapiDue {
 public:
  // Deleted by the addon, or by itself once the value is gone.
  enum class Owner { kAddon, kRuntime };

  NapiReference(napi_env env, v8::Local<v8::Value> value, uint32_t count, Owner owner,
                NapiFinalizer finalizer = {})
      : env_(env),
        value_(env->isolate(), value),
        count_(count),
        owner_(owner),
        may_be_weak_(value->IsObject() || value->IsSymbol()),
        finalizer_(finalizer) {
    (finalizer.callback == nullptr ? env->references : env->finalizing_references).push_front(this);
    if (count == 0) weaken();
  }

  uint32_t ref() {
    if (value_.IsEmpty()) return 0;
    if (++count_ == 1) value_.ClearWeak();
    return count_;
  }
  uint32_t unref() {
    if (value_.IsEmpty() || count_ == 0) return 0;
    if (--count_ == 0) weaken();
    return count_;
  }
  uint32_t count() const { return count_; }
  v8::Local<v8::Value> value() const { return value_.Get(env_->isolate()); }
  bool gone() const { return value_.IsEmpty(); }
  void* data() const { return finalizer_.data; }
  Owner owner() const { return owner_; }
  void forget_finalizer() { finalizer_.callback = nullptr; }
  // The value must lose its way to this when this is deleted.
  void mark_as_wrap() { wraps_ = true; }
  bool wraps() const { return wraps_; }

  // The value is gone or the environment ends: the finalizer's turn.
  void run(napi_env env) override {
    NapiFinalizer finalizer = finalizer_;
    bool mine = owner_ == Owner::kRuntime;
    finalizer_.callback = nullptr;
    value_.Reset();
    ListNode<NapiReference>::unlink();
    if (!mine) env->references.push_front(this);
    // From here on the addon may delete its references, this one too.
    std::unique_ptr<NapiReference> self(mine ? this : nullptr);
    if (finalizer.callback != nullptr) env->run_finalizer(finalizer);
  }

 private:
  void weaken() {
    if (!may_be_weak_) return value_.Reset();
    value_.SetWeak(this, on_collected, v8::WeakCallbackType::kParameter);
  }
  static void on_collected(const v8::WeakCallbackInfo<NapiReference>& info) {
    NapiReference* self = info.GetParameter();
    self->value_.Reset();
    if (self->finalizer_.callback == nullptr) {
      if (self->owner_ == Owner::kRuntime) delete self;
    } else if (!self->env_->experimental()) {
      self->env_->post(self);
    } else {
      info.SetSecondPassCallback([](const v8::WeakCallbackInfo<NapiReference>& second) {
        second.GetParameter()->run(second.GetParameter()->env_);
      });
    }
  }

  napi_env env_;
  v8::Global<v8::Value> value_;
  uint32_t count_;
  const Owner owner_;
  const bool may_be_weak_;
  bool wraps_ = false;
  NapiFinalizer finalizer_;
};

namespace {

NapiReference* reference(napi_ref ref) { return reinterpret_cast<NapiReference*>(ref); }
napi_ref handle(NapiReference* ref) { return reinterpret_cast<napi_ref>(ref); }
constexpr const char* kWrap = "napi.wrap";

// The reference that a wrapped object carries; nullptr when it carries none.
NapiReference* find_wrap(napi_env env, v8::Local<v8::Object> object) {
  v8::Local<v8::Value> value;
  if (!object->GetPrivate(env->context(), napi_private(env, kWrap)).ToLocal(&value) ||
      !value->IsExternal()) {
    return nullptr;
  }
  return static_cast<NapiReference*>(value.As<v8::External>()->Value());
}

void remove_wrap(napi_env env, v8::Local<v8::Object> object) {
  ignore(object->DeletePrivate(env->context(), napi_private(env, kWrap)));
}

}  // namespace

void napi_finalize_references(napi_env env) {
  while (NapiReference* r = env->finalizing_references.front()) r->run(env);
  while (NapiReference* r = env->references.front()) delete r;
}

}  // namespace node::js

using js::NapiReference;

// ---- References ----------------------------------------------------------------------------

napi_status napi_create_reference(napi_env env, napi_value value, uint32_t initial_refcount,
                                  napi_ref* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  v8::Local<v8::Value> v = from_napi(value);
  NAPI_REQUIRE(env, env->experimental() || v->IsObject() || v->IsExternal() || v->IsSymbol(),
               napi_invalid_arg);
  *result = js::handle(new NapiReference(env, v, initial_refcount, NapiReference::Owner::kAddon));
  return env->ok();
}

napi_status napi_delete_reference(napi_env env, napi_ref ref) {
  NAPI_ENTER(env);
  NAPI_ARG(env, ref);
  NapiReference* r = js::reference(ref);
  if (r->wraps() && !r->gone()) js::remove_wrap(env, r->value().As<v8::Object>());
  delete r;
  return env->ok();
}

napi_status napi_reference_ref(napi_env env, napi_ref ref, uint32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, ref);
  uint32_t count = js::reference(ref)->ref();
  if (result != nullptr) *result = count;
  return env->ok();
}

napi_status napi_reference_unref(napi_env env, napi_ref ref, uint32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, ref);
  NAPI_REQUIRE(env, js::reference(ref)->count() > 0, napi_generic_failure);
  uint32_t count = js::reference(ref)->unref();
  if (result != nullptr) *result = count;
  return env->ok();
}

// A value that is gone is answered with nullptr.
napi_status napi_get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, ref);
  NAPI_ARG(env, result);
  *result = js::reference(ref)->gone() ? nullptr : to_napi(js::reference(ref)->value());
  return env->ok();
}

// ---- Wrapped pointers ----------------------------------------------------------------------

napi_status napi_wrap(napi_env env, napi_value js_object, void* native_object,
                      node_api_nogc_finalize finalize_cb, void* finalize_hint, napi_ref* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, js_object);
  NAPI_REQUIRE(env, from_napi(js_object)->IsObject(), napi_object_expected);
  v8::Local<v8::Object> object = from_napi(js_object).As<v8::Object>();
  v8::Local<v8::Private> key = js::napi_private(env, js::kWrap);
  NAPI_REQUIRE(env, !object->HasPrivate(env->context(), key).FromMaybe(true), napi_invalid_arg);
  auto* r = new NapiReference(
      env, object, 0,
      result == nullptr ? NapiReference::Owner::kRuntime : NapiReference::Owner::kAddon,
      {finalize_cb, native_object, finalize_hint});
  r->mark_as_wrap();
  if (!object->SetPrivate(env->context(), key, v8::External::New(env->isolate(), r))
           .FromMaybe(false)) {
    delete r;
    return script.failed();
  }
  if (result != nullptr) *result = js::handle(r);
  return script.done();
}

napi_status napi_unwrap(napi_env env, napi_value js_object, void** result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, js_object);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(js_object)->IsObject(), napi_object_expected);
  NapiReference* r = js::find_wrap(env, from_napi(js_object).As<v8::Object>());
  NAPI_REQUIRE(env, r != nullptr, napi_invalid_arg);
  *result = r->data();
  return script.done();
}

napi_status napi_remove_wrap(napi_env env, napi_value js_object, void** result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, js_object);
  NAPI_REQUIRE(env, from_napi(js_object)->IsObject(), napi_object_expected);
  v8::Local<v8::Object> object = from_napi(js_object).As<v8::Object>();
  NapiReference* r = js::find_wrap(env, object);
  NAPI_REQUIRE(env, r != nullptr, napi_invalid_arg);
  if (result != nullptr) *result = r->data();
  js::remove_wrap(env, object);
  if (r->owner() == NapiReference::Owner::kRuntime) {
    delete r;
  } else {
    r->forget_finalizer();
  }
  return script.done();
}

napi_status napi_add_finalizer(napi_env env, napi_value js_object, void* finalize_data,
                               node_api_nogc_finalize finalize_cb, void* finalize_hint,
                               napi_ref* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, js_object);
  NAPI_ARG(env, finalize_cb);
  NAPI_REQUIRE(env, from_napi(js_object)->IsObject(), napi_invalid_arg);
  auto* r = new NapiReference(
      env, from_napi(js_object), 0,
      result == nullptr ? NapiReference::Owner::kRuntime : NapiReference::Owner::kAddon,
      {finalize_cb, finalize_data, finalize_hint});
  if (result != nullptr) *result = js::handle(r);
  return env->ok();
}

napi_status napi_create_external(napi_env env, void* data, node_api_nogc_finalize finalize_cb,
                                 void* finalize_hint, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  v8::Local<v8::External> external = v8::External::New(env->isolate(), data);
  if (finalize_cb != nullptr) {
    new NapiReference(env, external, 0, NapiReference::Owner::kRuntime,
                      {finalize_cb, data, finalize_hint});
  }
  *result = to_napi(external);
  return script.done();
}

napi_status napi_get_value_external(napi_env env, napi_value value, void** result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsExternal(), napi_invalid_arg);
  *result = from_napi(value).As<v8::External>()->Value();
  return env->ok();
}

// ---- Handle scopes -------------------------------------------------------------------------

struct napi_handle_scope__ {
  explicit napi_handle_scope__(v8::Isolate* isolate) : scope(isolate) {}
  v8::HandleScope scope;
};

struct napi_escapable_handle_scope__ {
  explicit napi_escapable_handle_scope__(v8::Isolate* isolate) : scope(isolate) {}
  v8::EscapableHandleScope scope;
  bool escaped = false;
};

napi_status napi_open_handle_scope(napi_env env, napi_handle_scope* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = new napi_handle_scope__(env->isolate());
  ++env->open_handle_scopes;
  return env->ok();
}

napi_status napi_close_handle_scope(napi_env env, napi_handle_scope scope) {
  NAPI_ENTER(env);
  NAPI_ARG(env, scope);
  if (env->open_handle_scopes == 0) return napi_handle_scope_mismatch;
  --env->open_handle_scopes;
  delete scope;
  return env->ok();
}

napi_status napi_open_escapable_handle_scope(napi_env env, napi_escapable_handle_scope* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = new napi_escapable_handle_scope__(env->isolate());
  ++env->open_handle_scopes;
  return env->ok();
}

napi_status napi_close_escapable_handle_scope(napi_env env, napi_escapable_handle_scope scope) {
  NAPI_ENTER(env);
  NAPI_ARG(env, scope);
  if (env->open_handle_scopes == 0) return napi_handle_scope_mismatch;
  --env->open_handle_scopes;
  delete scope;
  return env->ok();
}

napi_status napi_escape_handle(napi_env env, napi_escapable_handle_scope scope, napi_value escapee,
                               napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, scope);
  NAPI_ARG(env, escapee);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, !scope->escaped, napi_escape_called_twice);
  scope->escaped = true;
  *result = to_napi(scope->scope.Escape(from_napi(escapee)));
  return env->ok();
}

napi_status napi_adjust_external_memory(node_api_nogc_env env, int64_t change_in_bytes,
                                        int64_t* adjusted_value) {
  NAPI_ENTER(env);
  NAPI_ARG(env, adjusted_value);
  *adjusted_value = env->isolate()->AdjustAmountOfExternalAllocatedMemory(change_in_bytes);
  return env->ok();
}
#endif
