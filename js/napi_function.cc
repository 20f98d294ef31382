// Node-API: functions that addons offer, classes, and calls into script.
#include <vector>

#include "js/napi_property.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

// What a callback can ask about its call.
struct napi_callback_info__ {
  const v8::FunctionCallbackInfo<v8::Value>& info;
  void* data;
};

namespace node::js {

namespace {

// A C function and its data; lives as long as the function or template that calls it.
struct Callback {
  napi_env env;
  napi_callback function;
  void* data;
  v8::Global<v8::Value> holder;
};

void invoke(const v8::FunctionCallbackInfo<v8::Value>& info) {
  const Callback& callback = *static_cast<Callback*>(info.Data().As<v8::External>()->Value());
  napi_env env = callback.env;
  napi_callback_info__ call{info, callback.data};
  int scopes = env->open_handle_scopes;
  int callback_scopes = env->open_callback_scopes;
  env->set(napi_ok);
  env->last_exception.Reset();
  napi_value result = callback.function(env, &call);
  CHECK(env->open_handle_scopes == scopes);
  CHECK(env->open_callback_scopes == callback_scopes);
  if (!env->last_exception.IsEmpty()) {
    v8::Local<v8::Value> error = env->last_exception.Get(env->isolate());
    env->last_exception.Reset();
    env->isolate()->ThrowException(error);
  } else if (result != nullptr) {
    info.GetReturnValue().Set(from_napi(result));
  }
}

// The value that carries a callback to `invoke`; frees it when nobody refers to it any more.
v8::Local<v8::Value> make_data(napi_env env, napi_callback function, void* data) {
  Callback* callback = new Callback{env, function, data, {}};
  v8::Local<v8::External> holder = v8::External::New(env->isolate(), callback);
  callback->holder.Reset(env->isolate(), holder);
  callback->holder.SetWeak(
      callback,
      [](const v8::WeakCallbackInfo<Callback>& info) {
        info.GetParameter()->holder.Reset();
        delete info.GetParameter();
      },
      v8::WeakCallbackType::kParameter);
  return holder;
}

v8::Local<v8::FunctionTemplate> make_template(napi_env env, napi_callback function, void* data,
                                              v8::Local<v8::Signature> signature = {}) {
  return v8::FunctionTemplate::New(env->isolate(), invoke, make_data(env, function, data),
                                   signature);
}

v8::PropertyAttribute attributes_of(const napi_property_descriptor& property) {
  int result = v8::None;
  bool accessor = property.getter != nullptr || property.setter != nullptr;
  if (!accessor && !(property.attributes & napi_writable)) result |= v8::ReadOnly;
  if (!(property.attributes & napi_enumerable)) result |= v8::DontEnum;
  if (!(property.attributes & napi_configurable)) result |= v8::DontDelete;
  return static_cast<v8::PropertyAttribute>(result);
}

// Adds a property of instances to the class `tpl`.
void add_to_class(napi_env env, v8::Local<v8::FunctionTemplate> tpl, v8::Local<v8::Name> name,
                  const napi_property_descriptor& p) {
  v8::Isolate* isolate = env->isolate();
  v8::Local<v8::ObjectTemplate> prototype = tpl->PrototypeTemplate();
  v8::PropertyAttribute attributes = attributes_of(p);
  v8::Local<v8::Signature> signature = v8::Signature::New(isolate, tpl);
  if (p.getter != nullptr || p.setter != nullptr) {
    v8::Local<v8::FunctionTemplate> get;
    v8::Local<v8::FunctionTemplate> set;
    if (p.getter != nullptr) get = make_template(env, p.getter, p.data, signature);
    if (p.setter != nullptr) set = make_template(env, p.setter, p.data, signature);
    prototype->SetAccessorProperty(name, get, set, attributes);
  } else if (p.method != nullptr) {
    prototype->Set(name, make_template(env, p.method, p.data, signature), attributes);
  } else {
    prototype->Set(name, from_napi(p.value), attributes);
  }
}

std::vector<v8::Local<v8::Value>> arguments(size_t argc, const napi_value* argv) {
  std::vector<v8::Local<v8::Value>> args(argc);
  for (size_t i = 0; i < argc; ++i) args[i] = from_napi(argv[i]);
  return args;
}

}  // namespace

v8::MaybeLocal<v8::Function> napi_make_function(napi_env env, napi_callback callback, void* data) {
  return v8::Function::New(env->context(), invoke, make_data(env, callback, data));
}

}  // namespace node::js

napi_status napi_create_function(napi_env env, const char* utf8name, size_t length,
                                 napi_callback callback, void* data, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_ARG(env, callback);
  v8::EscapableHandleScope scope(env->isolate());
  v8::Local<v8::Function> function;
  if (!js::napi_make_function(env, callback, data).ToLocal(&function)) return script.failed();
  if (utf8name != nullptr) {
    v8::Local<v8::String> name;
    NAPI_REQUIRE(env, js::napi_new_string(env, utf8name, length, &name), napi_invalid_arg);
    function->SetName(name);
  }
  *result = to_napi(scope.Escape(function));
  return script.done();
}

napi_status napi_define_class(napi_env env, const char* utf8name, size_t length,
                              napi_callback constructor, void* data, size_t property_count,
                              const napi_property_descriptor* properties, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_ARG(env, constructor);
  if (property_count > 0) NAPI_ARG(env, properties);
  v8::EscapableHandleScope scope(env->isolate());
  v8::Local<v8::String> class_name;
  NAPI_REQUIRE(env, utf8name != nullptr && js::napi_new_string(env, utf8name, length, &class_name),
               napi_invalid_arg);
  v8::Local<v8::FunctionTemplate> tpl = js::make_template(env, constructor, data);
  tpl->SetClassName(class_name);
  std::vector<napi_property_descriptor> statics;
  for (size_t i = 0; i < property_count; ++i) {
    const napi_property_descriptor& p = properties[i];
    if (p.attributes & napi_static) {
      statics.push_back(p);
      continue;
    }
    v8::Local<v8::Name> name;
    napi_status why;
    if (!js::napi_property_name(env, p, &name, &why)) return env->set(why);
    if (p.getter == nullptr && p.setter == nullptr && p.method == nullptr) {
      // Templates hold primitives only.
      NAPI_ARG(env, p.value);
    }
    js::add_to_class(env, tpl, name, p);
  }
  v8::Local<v8::Function> function;
  if (!tpl->GetFunction(env->context()).ToLocal(&function)) return script.failed();
  *result = to_napi(scope.Escape(function));
  if (statics.empty()) return script.done();
  return napi_define_properties(env, *result, statics.size(), statics.data());
}

napi_status napi_get_cb_info(napi_env env, napi_callback_info cbinfo, size_t* argc,
                             napi_value* argv, napi_value* this_arg, void** data) {
  NAPI_ENTER(env);
  NAPI_ARG(env, cbinfo);
  const v8::FunctionCallbackInfo<v8::Value>& info = cbinfo->info;
  if (argv != nullptr) {
    NAPI_ARG(env, argc);
    // Beyond the last argument V8 answers undefined.
    for (size_t i = 0; i < *argc; ++i) argv[i] = to_napi(info[static_cast<int>(i)]);
  }
  if (argc != nullptr) *argc = static_cast<size_t>(info.Length());
  if (this_arg != nullptr) *this_arg = to_napi(info.This());
  if (data != nullptr) *data = cbinfo->data;
  return env->ok();
}

napi_status napi_get_new_target(napi_env env, napi_callback_info cbinfo, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, cbinfo);
  NAPI_ARG(env, result);
  *result = cbinfo->info.IsConstructCall() ? to_napi(cbinfo->info.NewTarget()) : nullptr;
  return env->ok();
}

napi_status napi_call_function(napi_env env, napi_value recv, napi_value func, size_t argc,
                               const napi_value* argv, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, func);
  if (argc > 0) NAPI_ARG(env, argv);
  NAPI_REQUIRE(env, from_napi(func)->IsFunction(), napi_function_expected);
  v8::Local<v8::Value> receiver = v8::Undefined(env->isolate());
  if (recv != nullptr) receiver = from_napi(recv);
  std::vector<v8::Local<v8::Value>> args = js::arguments(argc, argv);
  v8::Local<v8::Value> answer;
  if (!from_napi(func)
           .As<v8::Function>()
           ->Call(env->context(), receiver, static_cast<int>(argc), args.data())
           .ToLocal(&answer)) {
    return script.failed();
  }
  if (result != nullptr) *result = to_napi(answer);
  return script.done();
}

napi_status napi_new_instance(napi_env env, napi_value constructor, size_t argc,
                              const napi_value* argv, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, constructor);
  if (argc > 0) NAPI_ARG(env, argv);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(constructor)->IsFunction(), napi_function_expected);
  std::vector<v8::Local<v8::Value>> args = js::arguments(argc, argv);
  v8::Local<v8::Object> instance;
  if (!from_napi(constructor)
           .As<v8::Function>()
           ->NewInstance(env->context(), static_cast<int>(argc), args.data())
           .ToLocal(&instance)) {
    return script.failed();
  }
  *result = to_napi(instance);
  return script.done();
}

napi_status napi_instanceof(napi_env env, napi_value object, napi_value constructor, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, object);
  NAPI_ARG(env, result);
  *result = false;
  NAPI_ARG(env, constructor);
  if (!from_napi(constructor)->IsFunction()) {
    napi_throw_type_error(env, "ERR_NAPI_CONS_FUNCTION", "Constructor must be a function");
    return env->set(napi_function_expected);
  }
  if (!from_napi(object)
           ->InstanceOf(env->context(), from_napi(constructor).As<v8::Object>())
           .To(result)) {
    return script.failed();
  }
  return script.done();
}

napi_status napi_run_script(napi_env env, napi_value source, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, source);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(source)->IsString(), napi_string_expected);
  v8::Local<v8::Script> compiled;
  v8::Local<v8::Value> value;
  if (!v8::Script::Compile(env->context(), from_napi(source).As<v8::String>()).ToLocal(&compiled) ||
      !compiled->Run(env->context()).ToLocal(&value)) {
    return script.failed();
  }
  *result = to_napi(value);
  return script.done();
}

// ---- Promises ------------------------------------------------------------------------------

struct napi_deferred__ {
  v8::Global<v8::Promise::Resolver> resolver;
};

napi_status napi_create_promise(napi_env env, napi_deferred* deferred, napi_value* promise) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, deferred);
  NAPI_ARG(env, promise);
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(env->context()).ToLocal(&resolver)) return script.failed();
  *deferred = new napi_deferred__{v8::Global<v8::Promise::Resolver>(env->isolate(), resolver)};
  *promise = to_napi(resolver->GetPromise());
  return script.done();
}

static napi_status conclude(napi_env env, napi_deferred deferred, napi_value value, bool resolve) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, deferred);
  NAPI_ARG(env, value);
  v8::Local<v8::Promise::Resolver> resolver = deferred->resolver.Get(env->isolate());
  v8::Maybe<bool> done = resolve ? resolver->Resolve(env->context(), from_napi(value))
                                 : resolver->Reject(env->context(), from_napi(value));
  delete deferred;
  return done.FromMaybe(false) ? script.done() : script.failed();
}

napi_status napi_resolve_deferred(napi_env env, napi_deferred deferred, napi_value resolution) {
  return conclude(env, deferred, resolution, true);
}

napi_status napi_reject_deferred(napi_env env, napi_deferred deferred, napi_value rejection) {
  return conclude(env, deferred, rejection, false);
}

napi_status napi_is_promise(napi_env env, napi_value value, bool* is_promise) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, is_promise);
  *is_promise = from_napi(value)->IsPromise();
  return env->ok();
}
#endif
