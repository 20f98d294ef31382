// The bindings that the library's core rests on: env, errno, errors, task_queue, timers.
#include <cstring>
#include <vector>

#include "core/pool.h"
#include "js/bind.h"
#include "js/report.h"

namespace node::js {

namespace {

// ---- env -----------------------------------------------------------------------------------

constexpr const char* kHookNames[] = {
#define X(id, name) name,
    NODE_HOOKS(X)
#undef X
};

// setHook(name, value): keeps a function or shared array for C++; see NODE_HOOKS in env.h.
void set_hook(Env& env, const Utf8& name, v8::Local<v8::Value> value) {
  for (size_t i = 0; i < std::size(kHookNames); ++i) {
    if (name.view() == kHookNames[i]) return env.set_hook(static_cast<Hook>(i), value);
  }
  throw_error(env, "ERR_INTERNAL_ASSERTION", "no such hook");
}

// gc(): a full collection, for tests; harmless otherwise.
void collect_garbage(Env& env) { env.isolate()->LowMemoryNotification(); }

// activeHandles(): the objects that the loop can reach.
v8::Local<v8::Array> active_handles(Env& env) {
  std::vector<v8::Local<v8::Value>> list;
  List<Wrapped> all;
  all.splice(env.wrapped());
  while (Wrapped* w = all.pop_front()) {
    env.wrapped().push_back(w);
    if (w->pinned()) list.push_back(w->object());
  }
  return v8::Array::New(env.isolate(), list.data(), list.size());
}

// activeRequests(): how many pieces of work the thread pool has.
size_t active_requests(Env& env) { return env.loop().pool().pending(); }

constexpr Method kEnvMethods[] = {fn<&active_handles>("activeHandles"),
                                  fn<&active_requests>("activeRequests"), fn<&set_hook>("setHook"),
                                  fn<&collect_garbage>("gc")};

// ---- errno ---------------------------------------------------------------------------------

// message(code): the system's text for a positive errno.
const char* message(Env&, int32_t code) { return errno_message(code); }
const char* name(Env&, int32_t code) { return errno_name(code); }

constexpr Method kErrnoMethods[] = {fn<&message>("message"), fn<&name>("name")};

void init_errno(Env& env, v8::Local<v8::Object> target) {
  struct State {
    Env& env;
    v8::Local<v8::Object> map;
    v8::Local<v8::Array> list;
    uint32_t count = 0;
  } state{env, v8::Object::New(env.isolate()), v8::Array::New(env.isolate())};
  for_each_errno(
      [](void* context, const char* name, int code, const char* message) {
        State& s = *static_cast<State*>(context);
        set_constant(s.env, s.map, name, code);
        v8::Local<v8::Value> row[] = {s.env.name(name), v8::Integer::New(s.env.isolate(), code),
                                      s.env.string(message)};
        ignore(s.list->Set(s.env.context(), s.count++, v8::Array::New(s.env.isolate(), row, 3)));
      },
      &state);
  ignore(target->Set(env.context(), env.name("map"), state.map));
  ignore(target->Set(env.context(), env.name("list"), state.list));
}

// ---- errors --------------------------------------------------------------------------------

// triggerUncaughtException(error, fromPromise): as if nothing had caught `error`.
void trigger_uncaught(Env& env, v8::Local<v8::Value> error, bool from_promise) {
  env.uncaught(error, v8::Exception::CreateMessage(env.isolate(), error), from_promise);
}

// makeSystemError(errno, syscall, path, dest): errno positive; path and dest may be ''.
v8::Local<v8::Value> make_system_error(Env& env, int32_t code, const Utf8& call, const Utf8& path,
                                       const Utf8& dest) {
  return system_error(env, Error(code < 0 ? -code : code, call.c_str()), path.view(), dest.view());
}

// setAbortOnUncaught(on): whether --abort-on-uncaught-exception holds at the moment.
void set_abort_on_uncaught(Env& env, bool on) { env.set_abort_on_uncaught(on); }

constexpr Method kErrorsMethods[] = {fn<&set_abort_on_uncaught>("setAbortOnUncaught"),
                                     fn<&trigger_uncaught>("triggerUncaughtException"),
                                     fn<&make_system_error>("makeSystemError")};

// ---- task_queue ----------------------------------------------------------------------------

void run_microtasks(const Args& info) { info.GetIsolate()->PerformMicrotaskCheckpoint(); }

void enqueue_microtask(Env& env, v8::Local<v8::Function> task) {
  env.isolate()->EnqueueMicrotask(task);
}

void set_tick_callback(Env& env, v8::Local<v8::Function> f) { env.set_hook(Hook::kTick, f); }

void set_promise_reject_callback(Env& env, v8::Local<v8::Function> f) {
  env.set_hook(Hook::kPromiseReject, f);
}

// getContext() and setContext(value): the value that V8 carries along from a promise to its
// reactions.
void get_context(const Args& info) {
  info.GetReturnValue().Set(preserved_data(Env::from(info).context()));
}

// setPromiseHooks(init, before, after, resolve): functions that V8 calls in the life of every
// promise; undefined for none.
void set_promise_hooks(const Args& info) {
  v8::Local<v8::Function> hooks[4];
  for (int i = 0; i < 4; ++i) {
    if (info[i]->IsFunction()) hooks[i] = info[i].As<v8::Function>();
  }
  Env::from(info).context()->SetPromiseHooks(hooks[0], hooks[1], hooks[2], hooks[3]);
}

void set_context(const Args& info) { preserve_data(Env::from(info).context(), info[0]); }

constexpr Method kTaskQueueMethods[] = {
    raw("runMicrotasks", run_microtasks),
    raw("getContext", get_context),
    raw("setContext", set_context),
    raw("setPromiseHooks", set_promise_hooks),
    fn<&enqueue_microtask>("enqueueMicrotask"),
    fn<&set_tick_callback>("setTickCallback"),
    fn<&set_promise_reject_callback>("setPromiseRejectCallback"),
};

void init_task_queue(Env& env, v8::Local<v8::Object> target) {
  v8::Local<v8::Object> events = v8::Object::New(env.isolate());
  set_constant(env, events, "kPromiseRejectWithNoHandler", v8::kPromiseRejectWithNoHandler);
  set_constant(env, events, "kPromiseHandlerAddedAfterReject", v8::kPromiseHandlerAddedAfterReject);
  set_constant(env, events, "kPromiseResolveAfterResolved", kPromiseResolveAfterResolved);
  set_constant(env, events, "kPromiseRejectAfterResolved", kPromiseRejectAfterResolved);
  ignore(target->Set(env.context(), env.name("promiseRejectEvents"), events));
  v8::Local<v8::Uint8Array> info =
      v8::Uint8Array::New(v8::ArrayBuffer::New(env.isolate(), 2), 0, 2);
  ignore(target->Set(env.context(), env.name("tickInfo"), info));
  env.set_hook(Hook::kTickInfo, info);
}

// ---- timers --------------------------------------------------------------------------------

// now(): the loop's time in milliseconds, the same during one turn.
void now(const Args& info) {
  Env& env = Env::from(info);
  env.loop().update_now();
  info.GetReturnValue().Set(static_cast<double>(env.loop().now_ms()));
}

// schedule(afterMs): (re)arms the one timer below all of JavaScript's.
void schedule(Env& env, double after_ms) { env.schedule_timer(after_ms); }
void toggle_timer_ref(Env& env, bool referenced) { env.set_timer_referenced(referenced); }

void setup_callbacks(Env& env, v8::Local<v8::Function> immediates, v8::Local<v8::Function> timers) {
  env.set_hook(Hook::kImmediates, immediates);
  env.set_hook(Hook::kTimers, timers);
}

constexpr Method kTimersMethods[] = {
    raw("now", now),
    fn<&schedule>("schedule"),
    fn<&toggle_timer_ref>("toggleTimerRef"),
    fn<&setup_callbacks>("setupCallbacks"),
};

void init_timers(Env& env, v8::Local<v8::Object> target) {
  v8::Local<v8::Uint32Array> info =
      v8::Uint32Array::New(v8::ArrayBuffer::New(env.isolate(), 12), 0, 3);
  ignore(target->Set(env.context(), env.name("immediateInfo"), info));
  env.set_hook(Hook::kImmediateInfo, info);
}

}  // namespace

extern const Binding kEnvBinding = {"env", kEnvMethods, {}, nullptr};
extern const Binding kErrnoBinding = {"errno", kErrnoMethods, {}, init_errno};
extern const Binding kErrorsBinding = {"errors", kErrorsMethods, {}, nullptr};
extern const Binding kTaskQueueBinding = {"task_queue", kTaskQueueMethods, {}, init_task_queue};
extern const Binding kTimersBinding = {"timers", kTimersMethods, {}, init_timers};

}  // namespace node::js
