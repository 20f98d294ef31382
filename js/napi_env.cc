// Node-API: the life of a module's environment: instance data, cleanup hooks, finalizers, versions.
#include <memory>

#include "js/napi_async.h"

#ifdef NODE_HAS_NAPI
#include "js/version.h"

namespace js = node::js;

// ---- Life ----------------------------------------------------------------------------------

namespace {

void end_env(void* data) { delete static_cast<napi_env>(data); }

}  // namespace

napi_env__::napi_env__(node::js::Env& owner, std::string file, int32_t version)
    : env(owner),
      filename(std::move(file)),
      module_version(version),
      drain_task_(
          [](node::Task* task) {
            napi_env self = static_cast<DrainTask*>(task)->env;
            self->enter([self] { self->drain(); });
          },
          this) {
  env.add_cleanup(end_env, this);
}

napi_env__::~napi_env__() {
  stopping = true;
  drain();
  js::napi_finalize_references(this);
  js::napi_finalize_memory(this);
  js::NapiFinalizer last = instance_data;
  instance_data = {};
  if (last.callback != nullptr) run_finalizer(last);
  js::napi_finalize_references(this);
  drain_task_.unlink();
}

void napi_env__::report_exception(bool lenient) {
  if (last_exception.IsEmpty()) return;
  v8::Local<v8::Value> error = last_exception.Get(isolate());
  last_exception.Reset();
  if (stopping) return;
  if (lenient && module_version < 10) {
    js::NapiScript script(this);
    v8::Local<v8::Value> warned;
    if (js::napi_async_hook(this, "tolerate", 1, &error).ToLocal(&warned) && warned->IsTrue()) {
      return;
    }
  }
  env.uncaught(error, v8::Exception::CreateMessage(isolate(), error), false);
}

void napi_env__::post(js::NapiDue* due) {
  due_.push_back(due);
  if (!drain_task_.linked()) env.loop().immediate(drain_task_);
}

void napi_env__::drain() {
  node::List<js::NapiDue> batch;
  batch.splice(due_);
  while (js::NapiDue* due = batch.pop_front()) due->run(this);
}

void napi_env__::run_finalizer(const js::NapiFinalizer& finalizer) {
  v8::HandleScope scope(isolate());
  call([&] { finalizer.callback(this, finalizer.data, finalizer.hint); }, true);
}

#ifdef NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER
napi_status node_api_post_finalizer(node_api_nogc_env env, napi_finalize finalize_cb,
                                    void* finalize_data, void* finalize_hint) {
  struct Posted : js::NapiDue {
    explicit Posted(js::NapiFinalizer f) : finalizer(f) {}
    void run(napi_env owner) override {
      std::unique_ptr<Posted> self(this);
      owner->run_finalizer(finalizer);
    }
    js::NapiFinalizer finalizer;
  };
  NAPI_ENTER(env);
  NAPI_ARG(env, finalize_cb);
  env->post(new Posted({finalize_cb, finalize_data, finalize_hint}));
  return env->ok();
}
#endif

// ---- Instance data -------------------------------------------------------------------------

napi_status napi_set_instance_data(node_api_nogc_env env, void* data, napi_finalize finalize_cb,
                                   void* finalize_hint) {
  NAPI_ENTER(env);
  env->instance_data = {finalize_cb, data, finalize_hint};
  return env->ok();
}

napi_status napi_get_instance_data(node_api_nogc_env env, void** data) {
  NAPI_ENTER(env);
  NAPI_ARG(env, data);
  *data = env->instance_data.data;
  return env->ok();
}

// ---- Cleanup hooks -------------------------------------------------------------------------

napi_status napi_add_env_cleanup_hook(node_api_nogc_env env, napi_cleanup_hook fun, void* arg) {
  NAPI_ENTER(env);
  NAPI_ARG(env, fun);
  env->env.add_cleanup(fun, arg);
  return napi_ok;
}

napi_status napi_remove_env_cleanup_hook(node_api_nogc_env env, napi_cleanup_hook fun, void* arg) {
  NAPI_ENTER(env);
  NAPI_ARG(env, fun);
  env->env.remove_cleanup(fun, arg);
  return napi_ok;
}

// A hook that may take its time: the end waits until the addon removes it.
struct napi_async_cleanup_hook_handle__ {
  node::js::Env& env;
  napi_async_cleanup_hook hook;
  void* arg;
  bool running = false;

  static void run(void* data) {
    auto* self = static_cast<napi_async_cleanup_hook_handle__*>(data);
    self->running = true;
    self->env.delay_end(1);
    self->hook(self, self->arg);
  }
};

napi_status napi_add_async_cleanup_hook(node_api_nogc_env env, napi_async_cleanup_hook hook,
                                        void* arg, napi_async_cleanup_hook_handle* remove_handle) {
  NAPI_ENTER(env);
  NAPI_ARG(env, hook);
  auto* handle = new napi_async_cleanup_hook_handle__{env->env, hook, arg};
  env->env.add_cleanup(napi_async_cleanup_hook_handle__::run, handle);
  if (remove_handle != nullptr) *remove_handle = handle;
  return env->ok();
}

napi_status napi_remove_async_cleanup_hook(napi_async_cleanup_hook_handle remove_handle) {
  if (remove_handle == nullptr) return napi_invalid_arg;
  if (remove_handle->running) {
    remove_handle->env.delay_end(-1);
  } else {
    remove_handle->env.remove_cleanup(napi_async_cleanup_hook_handle__::run, remove_handle);
  }
  delete remove_handle;
  return napi_ok;
}

// ---- About ---------------------------------------------------------------------------------

napi_status napi_get_version(node_api_nogc_env env, uint32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = js::kNapiVersion;
  return env->ok();
}

napi_status napi_get_node_version(node_api_nogc_env env, const napi_node_version** version) {
  NAPI_ENTER(env);
  NAPI_ARG(env, version);
  static const napi_node_version about = [] {
    napi_node_version v = {0, 0, 0, "node"};
    std::sscanf(NODE_VERSION, "v%u.%u.%u", &v.major, &v.minor, &v.patch);
    return v;
  }();
  *version = &about;
  return env->ok();
}

// There is no libuv here: addons that want its loop are told so.
napi_status napi_get_uv_event_loop(node_api_nogc_env env, struct uv_loop_s** loop) {
  NAPI_ENTER(env);
  NAPI_ARG(env, loop);
  *loop = nullptr;
  return env->set(napi_generic_failure);
}

napi_status node_api_get_module_file_name(node_api_nogc_env env, const char** result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = env->filename.c_str();
  return env->ok();
}
#endif
