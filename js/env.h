// Env: one isolate, one context, one loop; and the one door through which C++ enters JavaScript.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/list.h"
#include "core/loop.h"
#include "js/v8_compat.h"

namespace node::js {

struct Binding;
struct ClassSpec;
class NativeModule;
class Wrapped;

// JavaScript values that C++ keeps, by name. JavaScript sets them with
// `internalBinding('env').setHook('name', value)`; they live through the snapshot.
#define NODE_HOOKS(X)                                                                \
  X(kStart, "start")                 /* (argv, execArgv), after start-up */          \
  X(kTick, "tick")                   /* () runs nextTick queue and microtasks */     \
  X(kTickInfo, "tickInfo")           /* Uint8Array: [ticks wait, rejections wait] */ \
  X(kPromiseReject, "promiseReject") /* (type, promise, reason) */                   \
  X(kTimers, "timers")               /* (now) -> next expiry, 0: none */             \
  X(kImmediates, "immediates")       /* () runs the immediates */                    \
  X(kImmediateInfo, "immediateInfo") /* Uint32Array: [count, referenced, -] */       \
  X(kUncaught, "uncaught")           /* (error, fromPromise) -> true or status */    \
  X(kBeforeExit, "beforeExit")       /* () emits 'beforeExit' */                     \
  X(kExit, "exit")                   /* () emits 'exit', returns the status */       \
  X(kInspectError, "inspectError")   /* (error) -> text for the last report */       \
  X(kImportModule, "importModule")   /* import(): see bind_esm.cc */                 \
  X(kImportMeta, "importMeta")       /* (NativeModule, import.meta) */               \
  X(kBufferPrototype, "bufferPrototype")                                             \
  X(kStreamEvents, "streamEvents") /* net: see bind_net.cc */                        \
  X(kTlsEvents, "tlsEvents")       /* tls: see bind_tls.cc */                        \
  X(kHttpRequest, "httpRequest")   /* http: see bind_http.cc */                      \
  X(kHttpEvents, "httpEvents")                                                       \
  X(kFsStats, "fsStats") /* fs: see bind_fs_result.cc */                             \
  X(kSignal, "signal")   /* (signum) */                                              \
  X(kNapi, "napi")       /* asynchronous contexts: see napi_async.h */               \
  X(kMakeDomException, "makeDomException")

enum class Hook : int {
#define X(id, name) id,
  NODE_HOOKS(X)
#undef X
      kCount
};

// For answers whose only failure is a terminating script, which the next call into V8 reports
// anyway.
template <typename T>
void ignore(const T&) {}

// What the command line said, as far as C++ must know it.
struct Options {
  std::vector<const char*> argv;       // argv[0], script, its arguments
  std::vector<const char*> exec_argv;  // options of the command line that are for node itself
  std::vector<std::string> settings;   // NODE_OPTIONS, then the command line: "--name", "--no-name"
                                       // or "--name=value"
};

// Memory that small Buffers made by C++ share; js/buffer.cc.
struct BufferSlab {
  v8::Global<v8::ArrayBuffer> memory;
  size_t used = 0;
  bool told = false;  // script that makes views by itself has `memory`
};

class Env {
 public:
  // `isolate` and `context` outlive it. Registers itself in the isolate's slot 0.
  Env(v8::Isolate* isolate, v8::Platform* platform);
  ~Env();
  Env(const Env&) = delete;
  Env& operator=(const Env&) = delete;

  static Env& from(v8::Isolate* isolate) { return *static_cast<Env*>(isolate->GetData(0)); }
  template <typename T>
  static Env& from(const v8::FunctionCallbackInfo<T>& info) {
    return from(info.GetIsolate());
  }
  template <typename T>
  static Env& from(const v8::PropertyCallbackInfo<T>& info) {
    return from(info.GetIsolate());
  }

  v8::Isolate* isolate() const { return isolate_; }
  v8::Local<v8::Context> context() const { return context_.Get(isolate_); }
  Loop& loop() { return loop_; }

  // --- Life ---------------------------------------------------------------------------------
  // Makes the context from scratch by running the library (the snapshot maker, and node without a
  // snapshot).
  bool bootstrap();
  // Stores everything for the snapshot and lets go of all handles.
  void save(v8::SnapshotCreator* creator);
  // Takes the context out of the isolate's snapshot.
  bool restore();
  // Opens the loop, starts the program, runs the loop; returns the process's exit status.
  int run(const Options& options);
  // Ends the process now with `code`; does not emit 'exit'.
  [[noreturn]] void exit(int code);

  // --- The door -----------------------------------------------------------------------------
  // Calls into JavaScript from the loop: scopes, the call, then nextTick queue and microtasks when
  // it is the outermost call. An exception goes to 'uncaughtException'; the answer is then empty.
  // The caller holds a HandleScope when it makes `args`.
  v8::MaybeLocal<v8::Value> call(v8::Local<v8::Value> function, v8::Local<v8::Value> receiver,
                                 int argc, v8::Local<v8::Value> argv[]);
  // The same with a hook as the function and undefined as the receiver.
  v8::MaybeLocal<v8::Value> call(Hook hook, int argc, v8::Local<v8::Value> argv[]) {
    return call(this->hook(hook), v8::Undefined(isolate_), argc, argv);
  }
  // Calls a property of `object`, when it is a function.
  v8::MaybeLocal<v8::Value> call_method(v8::Local<v8::Object> object, v8::Local<v8::Name> name,
                                        int argc, v8::Local<v8::Value> argv[]);

  // --- Kept values --------------------------------------------------------------------------
  v8::Local<v8::Value> hook(Hook hook) const {
    return hooks_[static_cast<int>(hook)].Get(isolate_);
  }
  bool has_hook(Hook hook) const { return !hooks_[static_cast<int>(hook)].IsEmpty(); }
  void set_hook(Hook hook, v8::Local<v8::Value> value);

  // The constructor template of a class that some binding declares.
  v8::Local<v8::FunctionTemplate> class_template(const ClassSpec& spec);
  // A new instance of it without running its constructor: for objects that C++ makes (accepted
  // sockets). Empty when script is terminating.
  v8::MaybeLocal<v8::Object> new_instance(const ClassSpec& spec);

  // --- Strings ------------------------------------------------------------------------------
  v8::Local<v8::String> string(std::string_view utf8);
  // One-byte, internalized: for property names and short repeated texts.
  v8::Local<v8::String> name(std::string_view ascii);

  // For native code from the loop that calls into script by itself: all calls between count as
  // nested, and closing drains as the end of call() does.
  void open_door() { ++depth_; }
  void close_door() {
    --depth_;
    drain();
  }

  // --- The end ------------------------------------------------------------------------------
  // `run(data)` is called as Env ends, after script's last word; the latest added first.
  void add_cleanup(void (*run)(void* data), void* data);
  void remove_cleanup(void (*run)(void* data), void* data);
  // Holds the end up until the same number of calls with -1 has come, while the loop turns.
  void delay_end(int change) { delays_of_end_ += change; }

  // Reports an exception that nothing caught: 'uncaughtException' or the report and the end of the
  // process.
  void uncaught(v8::Local<v8::Value> error, v8::Local<v8::Message> message, bool from_promise);
  // (Re)arms the one timer below JavaScript's timers; see js/bind_timers.cc.
  void schedule_timer(double after_ms);
  void set_timer_referenced(bool referenced) { loop_.set_referenced(timer_, referenced); }
  List<Wrapped>& wrapped() { return wrapped_; }

  // Whether V8 may abort for an uncaught error, as --abort-on-uncaught-exception asks it to.
  void set_abort_on_uncaught(bool on) { abort_on_uncaught_ = on; }
  bool abort_on_uncaught() const { return abort_on_uncaught_; }
  // The module records there are, by V8's identity hash.
  std::unordered_multimap<int, NativeModule*>& modules() { return modules_; }
  BufferSlab& buffer_slab() { return buffer_slab_; }
  v8::Platform* platform() const { return platform_; }

 private:
  friend class DoorScope;
  void make_class_templates(v8::Local<v8::Context> context);
  void drain();
  void run_cleanups();
  void cache_hook_memory();
  void on_timer();
  void on_immediates();
  bool start_program(const Options& options);
  void spin();

  v8::Isolate* isolate_;
  v8::Platform* platform_;
  v8::Global<v8::Context> context_;
  v8::Global<v8::Value> hooks_[static_cast<int>(Hook::kCount)];
  std::vector<v8::Global<v8::FunctionTemplate>> classes_;
  Loop loop_;
  struct EnvTimer : Timer {
    EnvTimer(Callback callback, Env* owner) : Timer(callback), env(owner) {}
    Env* env;
  } timer_;
  struct EnvTask : Task {
    EnvTask(Callback callback, Env* owner) : Task(callback), env(owner) {}
    Env* env;
  } immediates_;
  List<Wrapped> wrapped_;
  bool abort_on_uncaught_ = true;
  std::unordered_multimap<int, NativeModule*> modules_;
  BufferSlab buffer_slab_;
  const volatile uint8_t* tick_info_ = nullptr;
  const volatile uint32_t* immediate_info_ = nullptr;
  bool ran_immediates_ = false;  // in this turn of spin()
  int depth_ = 0;
  struct Cleanup {
    void (*run)(void* data);
    void* data;
  };
  std::vector<Cleanup> cleanups_;
  int delays_of_end_ = 0;
};

}  // namespace node::js
