// Node-API: thread-safe functions: any thread hands in calls, the loop's thread makes them.
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "core/wakeup.h"
#include "js/napi_async.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

// Lives until it is closed on the loop's thread and the last thread has let go of it.
struct napi_threadsafe_function__ {
  napi_threadsafe_function__(napi_env owner, size_t most, size_t threads)
      : env(owner), max_queue(most), thread_count(threads), watcher(on_ready, this) {}

  struct CallWatcher : node::Watcher {
    CallWatcher(Callback callback, napi_threadsafe_function__* owner)
        : Watcher(callback), function(owner) {}
    napi_threadsafe_function__* function;
  };

  static void on_ready(node::Watcher* watcher, uint8_t) {
    auto* self = static_cast<CallWatcher*>(watcher)->function;
    self->wakeup.clear();
    self->make_calls();
  }
  static void on_end(void* data) {
    auto* self = static_cast<napi_threadsafe_function__*>(data);
    self->close();
  }

  void make_calls();
  void call_script(void* data);
  void async_hook(const char* name, int argc, v8::Local<v8::Value> argv[]);
  void close();

  napi_env env;
  const size_t max_queue;  // 0: no limit
  void* context = nullptr;
  napi_threadsafe_function_call_js call_js = nullptr;
  js::NapiFinalizer finalizer;
  v8::Global<v8::Function> function;
  v8::Global<v8::Object> resource;

  std::mutex mutex;  // guards what follows
  std::condition_variable space;
  std::deque<void*> queue;
  size_t thread_count;
  bool closing = false;   // nothing more is taken
  bool finished = false;  // the loop's thread is through with it

  node::Wakeup wakeup;
  CallWatcher watcher;
};

namespace {

// Other watchers get their turn after so many calls.
constexpr int kCallsAtOnce = 1000;

}  // namespace

void napi_threadsafe_function__::make_calls() {
  for (int i = 0; i < kCallsAtOnce; ++i) {
    void* data;
    {
      std::unique_lock lock(mutex);
      if (closing || (queue.empty() && thread_count == 0)) {
        closing = true;
        lock.unlock();
        close();
        return;
      }
      if (queue.empty()) return;
      data = queue.front();
      queue.pop_front();
    }
    space.notify_one();
    call_script(data);
  }
  wakeup.wake();
}

void napi_threadsafe_function__::call_script(void* data) {
  env->enter([&] {
    v8::Local<v8::Value> held = resource.Get(env->isolate());
    async_hook("enter", 1, &held);
    env->call(
        [&] {
          napi_value callback = nullptr;
          if (!function.IsEmpty()) callback = to_napi(function.Get(env->isolate()));
          if (call_js != nullptr) {
            call_js(env, callback, context, data);
            return;
          }
          napi_value receiver = to_napi(v8::Undefined(env->isolate()));
          napi_call_function(env, receiver, callback, 0, nullptr, nullptr);
        },
        true);
    async_hook("leave", 0, nullptr);
  });
}

void napi_threadsafe_function__::async_hook(const char* name, int argc,
                                            v8::Local<v8::Value> argv[]) {
  js::NapiScript script(env);
  js::ignore(js::napi_async_hook(env, name, argc, argv));
}

// Once. Calls that still wait are handed back without an environment, to be freed.
void napi_threadsafe_function__::close() {
  std::deque<void*> rest;
  {
    std::lock_guard lock(mutex);
    closing = true;
    rest.swap(queue);
  }
  space.notify_all();
  env->env.remove_cleanup(on_end, this);
  env->env.loop().stop(watcher);
  function.Reset();
  resource.Reset();
  env->enter([&] {
    if (finalizer.callback != nullptr) finalizer.callback(env, finalizer.data, context);
  });
  for (void* data : rest) {
    if (call_js != nullptr) call_js(nullptr, nullptr, context, data);
  }
  bool last;
  {
    std::lock_guard lock(mutex);
    finished = true;
    last = thread_count == 0;
  }
  if (last) delete this;
}

napi_status napi_create_threadsafe_function(napi_env env, napi_value func,
                                            napi_value async_resource,
                                            napi_value async_resource_name, size_t max_queue_size,
                                            size_t initial_thread_count, void* thread_finalize_data,
                                            napi_finalize thread_finalize_cb, void* context,
                                            napi_threadsafe_function_call_js call_js_cb,
                                            napi_threadsafe_function* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, async_resource_name);
  NAPI_REQUIRE(env, initial_thread_count > 0, napi_invalid_arg);
  NAPI_ARG(env, result);
  if (func == nullptr) {
    NAPI_ARG(env, call_js_cb);
  } else {
    NAPI_REQUIRE(env, from_napi(func)->IsFunction(), napi_invalid_arg);
  }
  if (async_resource != nullptr) {
    NAPI_REQUIRE(env, from_napi(async_resource)->IsObject(), napi_object_expected);
  }
  v8::Local<v8::Object> resource;
  if (!js::napi_make_resource(env, async_resource, async_resource_name).ToLocal(&resource)) {
    return script.failed();
  }
  auto made =
      std::make_unique<napi_threadsafe_function__>(env, max_queue_size, initial_thread_count);
  NAPI_REQUIRE(env, made->wakeup.open().ok(), napi_generic_failure);
  NAPI_REQUIRE(env,
               env->env.loop().start(made->watcher, made->wakeup.fd(), node::poll::kReadable).ok(),
               napi_generic_failure);
  made->context = context;
  made->call_js = call_js_cb;
  made->finalizer = {thread_finalize_cb, thread_finalize_data, nullptr};
  made->resource.Reset(env->isolate(), resource);
  if (func != nullptr) made->function.Reset(env->isolate(), from_napi(func).As<v8::Function>());
  env->env.add_cleanup(napi_threadsafe_function__::on_end, made.get());
  *result = made.release();
  return script.done();
}

napi_status napi_get_threadsafe_function_context(napi_threadsafe_function func, void** result) {
  if (func == nullptr || result == nullptr) return napi_invalid_arg;
  *result = func->context;
  return napi_ok;
}

napi_status napi_call_threadsafe_function(napi_threadsafe_function func, void* data,
                                          napi_threadsafe_function_call_mode is_blocking) {
  if (func == nullptr) return napi_invalid_arg;
  std::unique_lock lock(func->mutex);
  while (func->max_queue > 0 && func->queue.size() >= func->max_queue && !func->closing) {
    if (is_blocking == napi_tsfn_nonblocking) return napi_queue_full;
    func->space.wait(lock);
  }
  if (func->closing) {
    if (func->thread_count == 0) return napi_invalid_arg;
    bool last = --func->thread_count == 0 && func->finished;
    lock.unlock();
    if (last) delete func;
    return napi_closing;
  }
  func->queue.push_back(data);
  func->wakeup.wake();
  return napi_ok;
}

napi_status napi_acquire_threadsafe_function(napi_threadsafe_function func) {
  if (func == nullptr) return napi_invalid_arg;
  std::lock_guard lock(func->mutex);
  if (func->closing) return napi_closing;
  ++func->thread_count;
  return napi_ok;
}

napi_status napi_release_threadsafe_function(napi_threadsafe_function func,
                                             napi_threadsafe_function_release_mode mode) {
  if (func == nullptr) return napi_invalid_arg;
  std::unique_lock lock(func->mutex);
  if (func->thread_count == 0) return napi_invalid_arg;
  --func->thread_count;
  if (func->finished) {
    bool last = func->thread_count == 0;
    lock.unlock();
    if (last) delete func;
    return napi_ok;
  }
  if (func->closing || (func->thread_count > 0 && mode != napi_tsfn_abort)) return napi_ok;
  if (mode == napi_tsfn_abort) func->closing = true;
  func->space.notify_all();
  func->wakeup.wake();
  return napi_ok;
}

napi_status napi_unref_threadsafe_function(node_api_nogc_env env, napi_threadsafe_function func) {
  NAPI_ENTER(env);
  NAPI_ARG(env, func);
  if (func->watcher.started()) env->env.loop().set_referenced(func->watcher, false);
  return napi_ok;
}

napi_status napi_ref_threadsafe_function(node_api_nogc_env env, napi_threadsafe_function func) {
  NAPI_ENTER(env);
  NAPI_ARG(env, func);
  if (func->watcher.started()) env->env.loop().set_referenced(func->watcher, true);
  return napi_ok;
}
#endif
