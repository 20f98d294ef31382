// Node-API: what the files that implement it share. Addons see js_native_api.h and node_api.h of
// the V8 distribution; behaviour follows Node-API's documentation, version 9.
#pragma once

#if __has_include(<node_api.h>)
#define NODE_HAS_NAPI 1
// Every declaration, with the types that all versions have in common.
#define NAPI_EXPERIMENTAL
#define NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT
#include <node_api.h>

#include <cstring>
#include <string>

#include "core/base/list.h"
#include "js/env.h"

namespace node::js {

// The version of Node-API that this is.
inline constexpr int32_t kNapiVersion = 9;
// What a module says that asks for features which may still change.
inline constexpr int32_t kNapiExperimental = NAPI_VERSION_EXPERIMENTAL;

class NapiReference;
class NapiPostbox;

// A function of the addon that waits to be called with a value that is gone.
struct NapiFinalizer {
  napi_finalize callback = nullptr;
  void* data = nullptr;
  void* hint = nullptr;
};

// Something of the addon's that is due, and waits for a moment at which script may run.
struct NapiDue : ListNode<> {
  virtual ~NapiDue() = default;
  // Calls it. May delete this.
  virtual void run(napi_env env) = 0;
};

// A napi_value is the handle itself: both are one pointer into V8's handle scopes.
static_assert(sizeof(v8::Local<v8::Value>) == sizeof(napi_value));
inline napi_value to_napi(v8::Local<v8::Value> local) {
  napi_value value;
  std::memcpy(static_cast<void*>(&value), &local, sizeof value);
  return value;
}
inline v8::Local<v8::Value> from_napi(napi_value value) {
  v8::Local<v8::Value> local;
  std::memcpy(static_cast<void*>(&local), &value, sizeof value);
  return local;
}

}  // namespace node::js

// One loaded module in one Env. Born when the module is loaded, destroyed when Env ends.
struct napi_env__ {
  napi_env__(node::js::Env& owner, std::string file, int32_t version);
  ~napi_env__();

  v8::Isolate* isolate() const { return env.isolate(); }
  v8::Local<v8::Context> context() const { return env.context(); }

  // Remembers `status` for napi_get_last_error_info, and returns it.
  napi_status set(napi_status status) {
    last_error.error_code = status;
    last_error.engine_error_code = 0;
    last_error.engine_reserved = nullptr;
    last_error.error_message = nullptr;
    return status;
  }
  napi_status ok() { return set(napi_ok); }
  bool experimental() const { return module_version == node::js::kNapiExperimental; }

  // Runs `body()`, native code that may call into script, from the loop. What it throws becomes an
  // 'uncaughtException'.
  template <typename Body>
  void enter(const Body& body) {
    v8::HandleScope scope(isolate());
    v8::Context::Scope context_scope(context());
    env.open_door();
    call(body);
    env.close_door();
  }
  // The same where the door is open already.
  // `lenient`: of modules below version 10, callbacks of this kind get away with a warning.
  template <typename Body>
  void call(const Body& body, bool lenient = false) {
    int scopes = open_handle_scopes;
    set(napi_ok);
    body();
    CHECK(open_handle_scopes == scopes);
    report_exception(lenient);
  }
  // Runs `due` soon: after a collection, from the loop.
  void post(node::js::NapiDue* due);
  // Calls a finalizer now. The caller is outside of collections, or the module promised not to
  // touch script.
  void run_finalizer(const node::js::NapiFinalizer& finalizer);
  // Runs all that is due.
  void drain();

  node::js::Env& env;
  const std::string filename;  // as a file: URL
  const int32_t module_version;
  napi_extended_error_info last_error = {};
  v8::Global<v8::Value> last_exception;
  int open_handle_scopes = 0;
  int open_callback_scopes = 0;
  bool stopping = false;  // script cannot run any more
  node::js::NapiFinalizer instance_data;

  // Those with finalizers go first at the end: they may delete the others.
  node::List<node::js::NapiReference, node::js::NapiReference> finalizing_references;
  node::List<node::js::NapiReference, node::js::NapiReference> references;
  // Where other threads report that they let go of external memory; made on first use.
  node::js::NapiPostbox* postbox = nullptr;

 private:
  struct DrainTask : node::Task {
    DrainTask(Callback callback, napi_env__* owner) : Task(callback), env(owner) {}
    napi_env__* env;
  } drain_task_;
  node::List<node::js::NapiDue> due_;
  void report_exception(bool lenient);
};

namespace node::js {

// A call that may run script: catches what script throws, so that the addon sees a pending
// exception.
class NapiScript {
 public:
  explicit NapiScript(napi_env env) : env_(env), catcher_(env->isolate()) {}
  ~NapiScript() {
    if (catcher_.HasCaught() && !catcher_.HasTerminated()) {
      env_->last_exception.Reset(env_->isolate(), catcher_.Exception());
    }
  }
  // The status to return when a call gave nothing.
  napi_status failed(napi_status otherwise = napi_generic_failure) {
    return env_->set(catcher_.HasCaught() ? napi_pending_exception : otherwise);
  }
  napi_status done() { return env_->set(catcher_.HasCaught() ? napi_pending_exception : napi_ok); }

 private:
  napi_env env_;
  v8::TryCatch catcher_;
};

// Why script may not be entered now; napi_ok when it may.
inline napi_status napi_script_status(napi_env env) {
  if (!env->last_exception.IsEmpty()) return napi_pending_exception;
  if (env->stopping) return env->experimental() ? napi_cannot_run_js : napi_pending_exception;
  return napi_ok;
}

// The private key under which objects keep what `name` says, one of a few.
inline v8::Local<v8::Private> napi_private(napi_env env, const char* name) {
  return v8::Private::ForApi(env->isolate(), env->env.name(name));
}

// Makes a string of addon's bytes; false when length or pointer are wrong.
bool napi_new_string(napi_env env, const char* text, size_t length, v8::Local<v8::String>* out);

// The functions that modules make; js/napi_function.cc.
v8::MaybeLocal<v8::Function> napi_make_function(napi_env env, napi_callback callback, void* data);

// Calls the finalizers of all references, and deletes these; js/napi_reference.cc.
void napi_finalize_references(napi_env env);
// The same for external memory; js/napi_buffer.cc.
void napi_finalize_memory(napi_env env);

}  // namespace node::js

// Every function begins with one of these. The first does not care for pending exceptions.
#define NAPI_ENTER(env) \
  if ((env) == nullptr) return napi_invalid_arg
#define NAPI_ENTER_SCRIPT(env)                                                                 \
  if ((env) == nullptr) return napi_invalid_arg;                                               \
  if (napi_status napi_why_not = node::js::napi_script_status(env); napi_why_not != napi_ok) { \
    return (env)->set(napi_why_not);                                                           \
  }                                                                                            \
  (env)->set(napi_ok);                                                                         \
  node::js::NapiScript script(env)
#define NAPI_REQUIRE(env, condition, status) \
  if (!(condition)) return (env)->set(status)
#define NAPI_ARG(env, pointer) NAPI_REQUIRE(env, (pointer) != nullptr, napi_invalid_arg)

#endif  // __has_include(<node_api.h>)
