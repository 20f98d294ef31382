// Node-API: work on the thread pool, and the asynchronous contexts of callbacks.
#include <vector>

#include "core/pool.h"
#include "js/napi_async.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

// ---- Asynchronous contexts -----------------------------------------------------------------

// An AsyncResource of async_hooks, made by script.
struct napi_async_context__ {
  v8::Global<v8::Object> resource;
};

namespace node::js {

v8::MaybeLocal<v8::Value> napi_async_hook(napi_env env, const char* name, int argc,
                                          v8::Local<v8::Value> argv[]) {
  v8::Local<v8::Value> hooks = env->env.hook(Hook::kNapi);
  v8::Local<v8::Value> function;
  if (!hooks.As<v8::Object>()->Get(env->context(), env->env.name(name)).ToLocal(&function)) {
    return {};
  }
  return function.As<v8::Function>()->Call(env->context(), hooks, argc, argv);
}

v8::MaybeLocal<v8::Object> napi_make_resource(napi_env env, napi_value resource, napi_value name) {
  v8::Local<v8::Value> args[] = {
      v8::Undefined(env->isolate()),
      resource == nullptr ? v8::Undefined(env->isolate()).As<v8::Value>() : from_napi(resource)};
  v8::Local<v8::String> text;
  if (!from_napi(name)->ToString(env->context()).ToLocal(&text)) return {};
  args[0] = text;
  v8::Local<v8::Value> object;
  if (!napi_async_hook(env, "make", 2, args).ToLocal(&object)) return {};
  return object.As<v8::Object>();
}

}  // namespace node::js

napi_status napi_async_init(napi_env env, napi_value async_resource, napi_value async_resource_name,
                            napi_async_context* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, async_resource_name);
  NAPI_ARG(env, result);
  if (async_resource != nullptr) {
    NAPI_REQUIRE(env, from_napi(async_resource)->IsObject(), napi_object_expected);
  }
  v8::Local<v8::Object> resource;
  if (!js::napi_make_resource(env, async_resource, async_resource_name).ToLocal(&resource)) {
    return script.failed();
  }
  *result = new napi_async_context__{v8::Global<v8::Object>(env->isolate(), resource)};
  return script.done();
}

napi_status napi_async_destroy(napi_env env, napi_async_context async_context) {
  NAPI_ENTER(env);
  NAPI_ARG(env, async_context);
  if (!env->stopping) {
    v8::HandleScope scope(env->isolate());
    js::NapiScript script(env);
    v8::Local<v8::Value> resource = async_context->resource.Get(env->isolate());
    js::ignore(js::napi_async_hook(env, "destroy", 1, &resource));
  }
  delete async_context;
  return env->ok();
}

napi_status napi_make_callback(napi_env env, napi_async_context async_context, napi_value recv,
                               napi_value func, size_t argc, const napi_value* argv,
                               napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, recv);
  if (argc > 0) NAPI_ARG(env, argv);
  NAPI_REQUIRE(env, from_napi(recv)->IsObject(), napi_object_expected);
  NAPI_ARG(env, func);
  NAPI_REQUIRE(env, from_napi(func)->IsFunction(), napi_function_expected);
  v8::Local<v8::Value> answer;
  std::vector<v8::Local<v8::Value>> args;
  if (async_context != nullptr) {
    args.push_back(async_context->resource.Get(env->isolate()));
    args.push_back(from_napi(func));
    args.push_back(from_napi(recv));
  }
  for (size_t i = 0; i < argc; ++i) args.push_back(from_napi(argv[i]));
  int count = static_cast<int>(args.size());
  v8::MaybeLocal<v8::Value> called = async_context != nullptr
                                         ? js::napi_async_hook(env, "run", count, args.data())
                                         : from_napi(func).As<v8::Function>()->Call(
                                               env->context(), from_napi(recv), count, args.data());
  if (!called.ToLocal(&answer)) return script.failed();
  if (result != nullptr) *result = to_napi(answer);
  return script.done();
}

// A stretch of native code that counts as one callback.
struct napi_callback_scope__ {
  bool entered;
};

napi_status napi_open_callback_scope(napi_env env, napi_value, napi_async_context context,
                                     napi_callback_scope* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  bool entered = false;
  if (context != nullptr) {
    js::NapiScript script(env);
    v8::Local<v8::Value> resource = context->resource.Get(env->isolate());
    entered = !js::napi_async_hook(env, "enter", 1, &resource).IsEmpty();
  }
  env->env.open_door();
  ++env->open_callback_scopes;
  *result = new napi_callback_scope__{entered};
  return env->ok();
}

napi_status napi_close_callback_scope(napi_env env, napi_callback_scope scope) {
  NAPI_ENTER(env);
  NAPI_ARG(env, scope);
  if (env->open_callback_scopes == 0) return napi_callback_scope_mismatch;
  --env->open_callback_scopes;
  if (scope->entered) {
    js::NapiScript script(env);
    js::ignore(js::napi_async_hook(env, "leave", 0, nullptr));
  }
  delete scope;
  env->env.close_door();
  return env->ok();
}

// ---- Work on the thread pool ---------------------------------------------------------------

struct napi_async_work__ : node::Work {
  napi_async_work__(napi_env owner, napi_async_execute_callback run,
                    napi_async_complete_callback after, void* user_data)
      : Work(
            [](node::Work* work) {
              auto* self = static_cast<napi_async_work__*>(work);
              self->execute(self->env, self->data);
            },
            [](node::Work* work, bool cancelled) {
              static_cast<napi_async_work__*>(work)->done(cancelled);
            }),
        env(owner),
        execute(run),
        complete(after),
        data(user_data) {}

  void done(bool cancelled) {
    queued = false;
    if (complete == nullptr) return;
    // The callback may delete this.
    napi_env owner = env;
    owner->enter([&] {
      napi_async_complete_callback callback = complete;
      callback(owner, cancelled ? napi_cancelled : napi_ok, data);
    });
  }

  napi_env env;
  napi_async_execute_callback execute;
  napi_async_complete_callback complete;
  void* data;
  bool queued = false;
};

napi_status napi_create_async_work(napi_env env, napi_value async_resource,
                                   napi_value async_resource_name,
                                   napi_async_execute_callback execute,
                                   napi_async_complete_callback complete, void* data,
                                   napi_async_work* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, execute);
  NAPI_ARG(env, result);
  NAPI_ARG(env, async_resource_name);
  if (async_resource != nullptr) {
    NAPI_REQUIRE(env, from_napi(async_resource)->IsObject(), napi_object_expected);
  }
  *result = new napi_async_work__(env, execute, complete, data);
  return env->ok();
}

napi_status napi_delete_async_work(napi_env env, napi_async_work work) {
  NAPI_ENTER(env);
  NAPI_ARG(env, work);
  NAPI_REQUIRE(env, !work->queued, napi_generic_failure);
  delete work;
  return env->ok();
}

napi_status napi_queue_async_work(node_api_nogc_env env, napi_async_work work) {
  NAPI_ENTER(env);
  NAPI_ARG(env, work);
  NAPI_REQUIRE(env, !work->queued, napi_generic_failure);
  work->queued = true;
  env->env.loop().pool().submit(*work);
  return env->ok();
}

napi_status napi_cancel_async_work(node_api_nogc_env env, napi_async_work work) {
  NAPI_ENTER(env);
  NAPI_ARG(env, work);
  NAPI_REQUIRE(env, work->queued && env->env.loop().pool().cancel(*work), napi_generic_failure);
  return env->ok();
}
#endif
