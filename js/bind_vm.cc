// vm: scripts compiled apart from running them, and further contexts whose global object shows the
// properties of an object of the program's.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "core/pool.h"
#include "js/bind.h"
#include "js/bind_esm.h"
#include "js/bind_vm.h"
#include "js/buffer.h"
#include "js/report.h"

namespace node::js {

namespace {

// Places in a made context's embedder data: its sandbox, and whether it may compile WebAssembly.
constexpr int kSandboxIndex = 1;
constexpr int kAllowWasmIndex = 2;

// The sandbox keeps its context alive, and names it, by this property.
v8::Local<v8::Private> context_key(Env& env) {
  return v8::Private::ForApi(env.isolate(), env.name("node:vm:context"));
}

}  // namespace

v8::MaybeLocal<v8::Context> context_of(Env& env, v8::Local<v8::Object> sandbox) {
  v8::Local<v8::Value> global;
  if (!sandbox->GetPrivate(env.context(), context_key(env)).ToLocal(&global) ||
      !global->IsObject()) {
    return {};
  }
  return global.As<v8::Object>()->GetCreationContext();
}

namespace {

// ---- The global object of a made context -------------------------------------------------------
//
// Every access to a global goes to the sandbox first. What a callback does not answer, V8 looks up
// on the true global object, which has the builtins.

template <typename T>
bool find_sandbox(const v8::PropertyCallbackInfo<T>& info, v8::Local<v8::Context>* context,
                  v8::Local<v8::Object>* sandbox) {
  if (!holder_of(info)->GetCreationContext().ToLocal(context)) return false;
  // While V8 still builds the context there is none.
  if ((*context)->GetNumberOfEmbedderDataFields() <= kSandboxIndex) return false;
  v8::Local<v8::Value> value = (*context)->GetEmbedderData(kSandboxIndex);
  if (!value->IsObject()) return false;
  *sandbox = value.As<v8::Object>();
  return true;
}

Interception get_named(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Value> value;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox->GetRealNamedProperty(context, name).ToLocal(&value)) {
    return not_intercepted();
  }
  if (value == sandbox) value = context->Global();
  return intercepted(info, value);
}

Interception describe_named(v8::Local<v8::Name> name,
                            const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Value> descriptor;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox->HasOwnProperty(context, name).FromMaybe(false) ||
      !sandbox->GetOwnPropertyDescriptor(context, name).ToLocal(&descriptor)) {
    return not_intercepted();
  }
  return intercepted(info, descriptor);
}

bool is_accessor(v8::Local<v8::Context> context, v8::Local<v8::Object> object,
                 v8::Local<v8::Name> name) {
  Env& env = Env::from(isolate_of(context));
  v8::Local<v8::Value> descriptor;
  if (!object->GetOwnPropertyDescriptor(context, name).ToLocal(&descriptor) ||
      !descriptor->IsObject()) {
    return false;
  }
  v8::Local<v8::Object> fields = descriptor.As<v8::Object>();
  return fields->HasOwnProperty(context, env.name("get")).FromMaybe(false) ||
         fields->HasOwnProperty(context, env.name("set")).FromMaybe(false);
}

// What is set goes to the sandbox and, because nothing is answered, to the true global object as
// well: so V8 itself throws what strict code has to see.
Interception set_named(v8::Local<v8::Name> name, v8::Local<v8::Value> value,
                       const WriteInfo& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return not_intercepted();
  v8::PropertyAttribute attributes = v8::None;
  bool on_global = context->Global()->GetRealNamedPropertyAttributes(context, name).To(&attributes);
  bool read_only = on_global && (attributes & v8::ReadOnly) != 0;
  bool on_sandbox = sandbox->GetRealNamedPropertyAttributes(context, name).To(&attributes);
  if (read_only || (on_sandbox && (attributes & v8::ReadOnly) != 0)) return not_intercepted();
  if (!on_sandbox && !on_global) {
    // `x = 1` in strict code without a declaration is an error that V8 throws; functions are
    // declared this way, too.
    bool assignment = without_receiver(info, context);
    if (info.ShouldThrowOnError() && assignment && !value->IsFunction()) return not_intercepted();
    if (name->IsSymbol()) return not_intercepted();
  }
  if (sandbox->Set(context, name, value).IsNothing()) return not_intercepted();
  // The setter has run: the global object's own, if it has one, shall not.
  if (on_sandbox && is_accessor(context, sandbox, name)) return intercepted_write(info, value);
  return not_intercepted();
}

Interception define_named(v8::Local<v8::Name> name, const v8::PropertyDescriptor& desc,
                          const WriteInfo& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return not_intercepted();
  v8::PropertyAttribute attributes = v8::None;
  bool on_global = context->Global()->GetRealNamedPropertyAttributes(context, name).To(&attributes);
  // Fixed on the global object: V8 throws.
  if (on_global && (attributes & v8::ReadOnly) != 0 && (attributes & v8::DontDelete) != 0)
    return not_intercepted();
  auto define = [&](v8::PropertyDescriptor* copy) {
    if (desc.has_enumerable()) copy->set_enumerable(desc.enumerable());
    if (desc.has_configurable()) copy->set_configurable(desc.configurable());
    ignore(sandbox->DefineProperty(context, name, *copy));
  };
  if (desc.has_get() || desc.has_set()) {
    v8::Local<v8::Value> none = v8::Undefined(info.GetIsolate());
    v8::PropertyDescriptor copy(desc.has_get() ? desc.get() : none,
                                desc.has_set() ? desc.set() : none);
    return define(&copy), not_intercepted();
  }
  if (desc.has_value() && desc.has_writable()) {
    v8::PropertyDescriptor copy(desc.value(), desc.writable());
    return define(&copy), not_intercepted();
  }
  if (desc.has_value()) {
    v8::PropertyDescriptor copy(desc.value());
    return define(&copy), not_intercepted();
  }
  v8::PropertyDescriptor copy;
  define(&copy);
  return not_intercepted();
}

Interception delete_named(v8::Local<v8::Name> name,
                          const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return not_intercepted();
  if (!sandbox->Delete(context, name).FromMaybe(true)) return intercepted(info, false);
  return not_intercepted();
}

void list_named(const v8::PropertyCallbackInfo<v8::Array>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Array> names;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox
           ->GetPropertyNames(context, v8::KeyCollectionMode::kOwnOnly, v8::ALL_PROPERTIES,
                              v8::IndexFilter::kSkipIndices)
           .ToLocal(&names)) {
    return;
  }
  info.GetReturnValue().Set(names);
}

v8::Local<v8::Name> name_of(v8::Isolate* isolate, uint32_t index) {
  return Env::from(isolate).name(std::to_string(index));
}

Interception get_indexed(uint32_t index, const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Value> value;
  if (!find_sandbox(info, &context, &sandbox) || !sandbox->Has(context, index).FromMaybe(false) ||
      !sandbox->Get(context, index).ToLocal(&value)) {
    return not_intercepted();
  }
  return intercepted(info, value);
}

Interception set_indexed(uint32_t index, v8::Local<v8::Value> value, const WriteInfo& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return not_intercepted();
  if (sandbox->Set(context, index, value).FromMaybe(false)) return intercepted_write(info, value);
  return not_intercepted();
}

Interception describe_indexed(uint32_t index, const v8::PropertyCallbackInfo<v8::Value>& info) {
  return describe_named(name_of(info.GetIsolate(), index), info);
}

void list_indexed(const v8::PropertyCallbackInfo<v8::Array>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Array> names;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox->GetOwnPropertyNames(context, v8::ALL_PROPERTIES).ToLocal(&names)) {
    return;
  }
  std::vector<v8::Local<v8::Value>> indices;
  for (uint32_t i = 0; i < names->Length(); ++i) {
    v8::Local<v8::Value> name;
    if (!names->Get(context, i).ToLocal(&name)) return;
    if (name->IsUint32()) indices.push_back(name);
  }
  info.GetReturnValue().Set(v8::Array::New(info.GetIsolate(), indices.data(), indices.size()));
}

Interception define_indexed(uint32_t index, const v8::PropertyDescriptor& desc,
                            const WriteInfo& info) {
  return define_named(name_of(info.GetIsolate(), index), desc, info);
}

Interception delete_indexed(uint32_t index, const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return not_intercepted();
  if (!sandbox->Delete(context, index).FromMaybe(true)) return intercepted(info, false);
  return not_intercepted();
}

// What a made context has besides V8's own: promise jobs that run before its scripts return.
class OwnContext : public Wrapped {
 public:
  using Wrapped::Wrapped;
  static void make(Env& env, const Args& info) { new OwnContext(env, info.This()); }
  std::unique_ptr<v8::MicrotaskQueue> microtasks;
};
const ClassSpec kOwnContextClass = wrapped_class<OwnContext>("OwnContext", {});

v8::Local<v8::Private> own_key(Env& env) {
  return v8::Private::ForApi(env.isolate(), env.name("node:vm:own"));
}

// The promise jobs of the context behind `sandbox`; nullptr when it has none of its own.
v8::MicrotaskQueue* microtasks_of(Env& env, v8::Local<v8::Object> sandbox) {
  v8::Local<v8::Value> own;
  if (!sandbox->GetPrivate(env.context(), own_key(env)).ToLocal(&own)) return nullptr;
  OwnContext* state = Wrapped::from<OwnContext>(env, own, kOwnContextClass);
  return state == nullptr ? nullptr : state->microtasks.get();
}

bool may_compile_wasm(v8::Local<v8::Context> context, v8::Local<v8::String>) {
  if (context->GetNumberOfEmbedderDataFields() <= kAllowWasmIndex) return true;
  return !context->GetEmbedderData(kAllowWasmIndex)->IsFalse();
}

// makeContext(sandbox, allowStrings, allowWasm, ownMicrotasks): makes the context behind `sandbox`.
void make_context(Env& env, v8::Local<v8::Object> sandbox, bool allow_strings, bool allow_wasm,
                  bool own_microtasks) {
  v8::Isolate* isolate = env.isolate();
  v8::HandleScope scope(isolate);
  v8::Local<v8::ObjectTemplate> global = v8::ObjectTemplate::New(isolate);
  // With descriptors instead of a query: V8 asks for what it needs to know by them.
  // Reading changes nothing, and V8 finds assignments in the code itself.
  global->SetHandler(v8::NamedPropertyHandlerConfiguration(
      get_named, set_named, describe_named, delete_named, list_named, define_named, {},
      v8::PropertyHandlerFlags::kHasNoSideEffect));
  global->SetHandler(v8::IndexedPropertyHandlerConfiguration(
      get_indexed, set_indexed, describe_indexed, delete_indexed, list_indexed, define_indexed, {},
      v8::PropertyHandlerFlags::kHasNoSideEffect));
  v8::MicrotaskQueue* microtasks = nullptr;
  if (own_microtasks) {
    v8::Local<v8::Object> object;
    if (!env.new_instance(kOwnContextClass).ToLocal(&object)) return;
    OwnContext* own = new OwnContext(env, object);
    own->microtasks = v8::MicrotaskQueue::New(isolate, v8::MicrotasksPolicy::kExplicit);
    microtasks = own->microtasks.get();
    ignore(sandbox->SetPrivate(env.context(), own_key(env), object));
  }
  v8::Local<v8::Context> context = v8::Context::New(
      isolate, nullptr, global, {}, v8::DeserializeInternalFieldsCallback(), microtasks);
  if (context.IsEmpty()) {
    return throw_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Cannot create a context");
  }
  context->SetSecurityToken(env.context()->GetSecurityToken());
  context->SetEmbedderData(kSandboxIndex, sandbox);
  context->SetEmbedderData(kAllowWasmIndex, v8::Boolean::New(isolate, allow_wasm));
  context->AllowCodeGenerationFromStrings(allow_strings);
  if (!allow_wasm) isolate->SetAllowWasmCodeGenerationCallback(may_compile_wasm);
  ignore(sandbox->SetPrivate(env.context(), context_key(env), context->Global()));
}

bool is_context(Env& env, v8::Local<v8::Object> sandbox) {
  v8::Local<v8::Context> context;
  return context_of(env, sandbox).ToLocal(&context);
}

// ---- Limits
// --------------------------------------------------------------------------------------

// Why a script was ended before it was through.
enum class Ended : char { kNot = 'n', kTimeout = 't', kInterrupt = 'i' };

// Ends the script that runs when its time is over or SIGINT comes. The waiting is done on the
// thread pool; both sides talk through pipes alone. Frees itself when the pool reports it done.
class Limit : public Work {
 public:
  // No limit of time for timeout_ms < 0. nullptr when there are no descriptors to be had.
  static Limit* start(Env& env, int timeout_ms, bool on_sigint) {
    int stop[2];
    int answer[2];
    if (::pipe2(stop, O_CLOEXEC) != 0) return nullptr;
    if (::pipe2(answer, O_CLOEXEC) != 0) {
      ::close(stop[0]);
      ::close(stop[1]);
      return nullptr;
    }
    Limit* limit = new Limit(env, timeout_ms, stop, answer);
    if (on_sigint) limit->take_sigint();
    env.loop().pool().submit(*limit);
    return limit;
  }

  // The script is over. Whether it was ended; no termination comes after this.
  Ended stop() {
    char answer = static_cast<char>(Ended::kNot);
    give_sigint_back();
    ::close(stop_[1]);
    stop_[1] = -1;
    if (!env_.loop().pool().cancel(*this)) {
      while (::read(answer_[0], &answer, 1) < 0 && errno == EINTR) {
      }
    }
    return static_cast<Ended>(answer);
  }

 private:
  Limit(Env& env, int timeout_ms, const int stop[2], const int answer[2])
      : Work(wait, free),
        env_(env),
        isolate_(env.isolate()),
        timeout_ms_(timeout_ms),
        stop_{stop[0], stop[1]},
        answer_{answer[0], answer[1]} {}
  ~Limit() {
    ::close(stop_[0]);
    ::close(answer_[0]);
    ::close(answer_[1]);
  }

  // The signal's other handlers rest until the script is over. Of scripts in one another the
  // innermost gets it.
  void take_sigint() {
    took_sigint_ = true;
    outer_sigint_fd_ = sigint_fd_;
    sigint_fd_ = stop_[1];
    struct sigaction action = {};
    action.sa_handler = on_sigint;
    ::sigaction(SIGINT, &action, &before_);
  }
  void give_sigint_back() {
    if (!took_sigint_) return;
    ::sigaction(SIGINT, &before_, nullptr);
    sigint_fd_ = outer_sigint_fd_;
  }
  static void on_sigint(int) {
    int before = errno;
    char byte = static_cast<char>(Ended::kInterrupt);
    ignore(::write(sigint_fd_, &byte, 1));
    errno = before;
  }

  static void wait(Work* work) {
    Limit* l = static_cast<Limit*>(work);
    pollfd fd{l->stop_[0], POLLIN, 0};
    int n;
    do {
      n = ::poll(&fd, 1, l->timeout_ms_);
    } while (n < 0 && errno == EINTR);
    char answer = static_cast<char>(n == 0 ? Ended::kTimeout : Ended::kNot);
    // A byte is the signal; the end of the pipe is the end of the script.
    if (n > 0) ignore(::read(l->stop_[0], &answer, 1));
    if (static_cast<Ended>(answer) != Ended::kNot) l->isolate_->TerminateExecution();
    while (::write(l->answer_[1], &answer, 1) < 0 && errno == EINTR) {
    }
  }
  static void free(Work* work, bool) { delete static_cast<Limit*>(work); }

  static volatile sig_atomic_t sigint_fd_;

  Env& env_;
  v8::Isolate* isolate_;
  int timeout_ms_;
  int stop_[2];
  int answer_[2];
  bool took_sigint_ = false;
  int outer_sigint_fd_ = -1;
  struct sigaction before_ = {};
};

volatile sig_atomic_t Limit::sigint_fd_ = -1;

void throw_ended(Env& env, Ended ended, int timeout_ms) {
  if (ended == Ended::kTimeout) {
    throw_error(env, "ERR_SCRIPT_EXECUTION_TIMEOUT",
                "Script execution timed out after " + std::to_string(timeout_ms) + "ms");
  } else {
    throw_error(env, "ERR_SCRIPT_EXECUTION_INTERRUPTED",
                "Script execution was interrupted by `SIGINT`");
  }
}

}  // namespace

v8::MaybeLocal<v8::Value> evaluate_limited(Env& env, v8::Local<v8::Context> context,
                                           v8::Local<v8::Module> module, int timeout_ms,
                                           bool on_sigint) {
  if (timeout_ms <= 0 && !on_sigint) return module->Evaluate(context);
  v8::TryCatch catcher(env.isolate());
  Limit* limit = Limit::start(env, timeout_ms > 0 ? timeout_ms : -1, on_sigint);
  if (limit == nullptr) {
    throw_system_error(env, last_error("pipe"));
    catcher.ReThrow();
    return {};
  }
  v8::MaybeLocal<v8::Value> result = module->Evaluate(context);
  if (Ended ended = limit->stop(); ended != Ended::kNot) {
    env.isolate()->CancelTerminateExecution();
    catcher.Reset();
    throw_ended(env, ended, timeout_ms);
    result = {};
  }
  if (catcher.HasCaught()) catcher.ReThrow();
  return result;
}

// ---- Scripts
// -------------------------------------------------------------------------------------

v8::Local<v8::Value> code_cache(Env& env, const v8::ScriptCompiler::CachedData* data) {
  std::unique_ptr<const v8::ScriptCompiler::CachedData> owned(data);
  if (data == nullptr) return make_buffer(env, nullptr, 0);
  return make_buffer(env, reinterpret_cast<const char*>(data->data),
                     static_cast<size_t>(data->length));
}

v8::ScriptCompiler::CachedData* copy_cached_data(v8::Local<v8::Value> value) {
  Bytes bytes;
  if (!value->IsArrayBufferView() || !read_bytes(value, &bytes)) return nullptr;
  uint8_t* copy = new uint8_t[bytes.size()];
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(copy));
  return new v8::ScriptCompiler::CachedData(copy, static_cast<int>(bytes.size()),
                                            v8::ScriptCompiler::CachedData::BufferOwned);
}

namespace {

// A TryCatch that does not make V8 think that nobody else catches the error.
class CatchToDecorate : public v8::TryCatch {
 public:
  explicit CatchToDecorate(Env& env)
      : TryCatch(env.isolate()), env_(env), before_(env.abort_on_uncaught()) {
    env.set_abort_on_uncaught(false);
  }
  ~CatchToDecorate() { env_.set_abort_on_uncaught(before_); }

 private:
  Env& env_;
  bool before_;
};

class NativeScript : public Wrapped {
 public:
  NativeScript(Env& env, v8::Local<v8::Object> object, v8::Local<v8::UnboundScript> script)
      : Wrapped(env, object), script_(env.isolate(), script) {}

  // new NativeScript(code, filename, lineOffset, columnOffset, cachedData, displayErrors,
  // importer id)
  static void make(Env& env, const Args& info) {
    v8::Isolate* isolate = env.isolate();
    int line = info[2]->Int32Value(env.context()).FromMaybe(0);
    int column = info[3]->Int32Value(env.context()).FromMaybe(0);
    if (!info[0]->IsString() || !info[1]->IsString()) return throw_bad_argument(env, 0, "string");
    v8::ScriptCompiler::CachedData* cached = copy_cached_data(info[4]);
    v8::ScriptCompiler::Source source(
        info[0].As<v8::String>(),
        script_origin(isolate, info[1], importer_options(isolate, info[6]), line, column), cached);
    v8::Local<v8::UnboundScript> script;
    CatchToDecorate catcher(env);
    if (!v8::ScriptCompiler::CompileUnboundScript(isolate, &source,
                                                  cached == nullptr
                                                      ? v8::ScriptCompiler::kNoCompileOptions
                                                      : v8::ScriptCompiler::kConsumeCodeCache)
             .ToLocal(&script)) {
      if (info[5]->IsTrue()) put_place_into_stack(env, catcher);
      catcher.ReThrow();
      return;
    }
    new NativeScript(env, info.This(), script);
    v8::Local<v8::Object> self = info.This();
    if (cached != nullptr) {
      ignore(self->Set(env.context(), env.name("cachedDataRejected"),
                       v8::Boolean::New(isolate, source.GetCachedData()->rejected)));
    }
    ignore(self->Set(env.context(), env.name("sourceMapURL"), script->GetSourceMappingURL()));
  }

  // run(sandbox or null, timeoutMs or 0, breakOnSigint, displayErrors)
  void run(const Args& info) {
    Env& env = this->env();
    v8::Local<v8::Context> context = env.context();
    v8::MicrotaskQueue* microtasks = nullptr;
    if (info[0]->IsObject()) {
      v8::Local<v8::Object> sandbox = info[0].As<v8::Object>();
      if (!context_of(env, sandbox).ToLocal(&context)) {
        return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "The object is no context");
      }
      microtasks = microtasks_of(env, sandbox);
    }
    int timeout_ms = info[1]->Int32Value(env.context()).FromMaybe(0);
    bool on_sigint = info[2]->IsTrue();
    v8::Context::Scope scope(context);
    CatchToDecorate catcher(env);
    Limit* limit = nullptr;
    if (timeout_ms > 0 || on_sigint) {
      limit = Limit::start(env, timeout_ms > 0 ? timeout_ms : -1, on_sigint);
      if (limit == nullptr) {
        throw_system_error(env, last_error("pipe"));
        catcher.ReThrow();
        return;
      }
    }
    v8::Local<v8::UnboundScript> script = script_.Get(env.isolate());
    v8::MaybeLocal<v8::Value> result = script->BindToCurrentContext()->Run(context);
    if (microtasks != nullptr) microtasks->PerformCheckpoint(env.isolate());
    Ended ended = limit == nullptr ? Ended::kNot : limit->stop();
    if (ended != Ended::kNot) {
      env.isolate()->CancelTerminateExecution();
      catcher.Reset();
      throw_ended(env, ended, timeout_ms);
      catcher.ReThrow();
      return;
    }
    v8::Local<v8::Value> value;
    if (result.ToLocal(&value)) {
      info.GetReturnValue().Set(value);
      return;
    }
    // A script that was ended from farther out has no error of its own.
    if (!catcher.HasTerminated() && info[3]->IsTrue()) put_place_into_stack(env, catcher);
    catcher.ReThrow();
  }

  v8::Local<v8::Value> cached_data() {
    return code_cache(env(), v8::ScriptCompiler::CreateCodeCache(script_.Get(env().isolate())));
  }

 private:
  v8::Global<v8::UnboundScript> script_;
};

// compileFunction(code, filename, line, column, params, sandbox or null, extensions, cachedData,
// produceCachedData, importer id): a function, with what is to be told of the cache as its
// properties.
void compile_function_raw(const Args& info) {
  Env& env = Env::from(info);
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Context> context = env.context();
  if (!info[0]->IsString() || !info[1]->IsString() || !info[4]->IsArray() || !info[6]->IsArray()) {
    return throw_bad_argument(env, 0, "string");
  }
  if (info[5]->IsObject() && !context_of(env, info[5].As<v8::Object>()).ToLocal(&context)) {
    return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "The object is no context");
  }
  std::vector<v8::Local<v8::String>> params;
  std::vector<v8::Local<v8::Object>> extensions;
  auto each = [&](v8::Local<v8::Array> list, auto take) {
    for (uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> value;
      if (!list->Get(env.context(), i).ToLocal(&value)) return false;
      take(value);
    }
    return true;
  };
  if (!each(info[4].As<v8::Array>(),
            [&](v8::Local<v8::Value> v) {
              if (v->IsString()) params.push_back(v.As<v8::String>());
            }) ||
      !each(info[6].As<v8::Array>(), [&](v8::Local<v8::Value> v) {
        if (v->IsObject()) extensions.push_back(v.As<v8::Object>());
      })) {
    return;
  }
  v8::ScriptCompiler::CachedData* cached = copy_cached_data(info[7]);
  v8::ScriptCompiler::Source source(
      info[0].As<v8::String>(),
      script_origin(isolate, info[1], importer_options(isolate, info[9]),
                    info[2]->Int32Value(env.context()).FromMaybe(0),
                    info[3]->Int32Value(env.context()).FromMaybe(0)),
      cached);
  v8::Context::Scope scope(context);
  CatchToDecorate catcher(env);
  v8::Local<v8::Function> function;
  if (!v8::ScriptCompiler::CompileFunction(
           context, &source, params.size(), params.data(), extensions.size(), extensions.data(),
           cached == nullptr ? v8::ScriptCompiler::kNoCompileOptions
                             : v8::ScriptCompiler::kConsumeCodeCache)
           .ToLocal(&function)) {
    put_place_into_stack(env, catcher);
    catcher.ReThrow();
    return;
  }
  auto tell = [&](const char* name, v8::Local<v8::Value> value) {
    ignore(function->Set(context, env.name(name), value));
  };
  if (cached != nullptr) {
    tell("cachedDataRejected", v8::Boolean::New(isolate, source.GetCachedData()->rejected));
  }
  if (info[8]->IsTrue()) {
    std::unique_ptr<v8::ScriptCompiler::CachedData> cache(
        v8::ScriptCompiler::CreateCodeCacheForFunction(function));
    tell("cachedDataProduced", v8::Boolean::New(isolate, cache != nullptr));
    if (cache != nullptr) tell("cachedData", code_cache(env, cache.release()));
  }
  info.GetReturnValue().Set(function);
}

// measureMemory(detailed, eager): a promise of V8's own figures.
void measure_memory(const Args& info) {
  Env& env = Env::from(info);
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(env.context()).ToLocal(&resolver)) return;
  auto mode =
      info[0]->IsTrue() ? v8::MeasureMemoryMode::kDetailed : v8::MeasureMemoryMode::kSummary;
  auto when =
      info[1]->IsTrue() ? v8::MeasureMemoryExecution::kEager : v8::MeasureMemoryExecution::kDefault;
  env.isolate()->MeasureMemory(
      v8::MeasureMemoryDelegate::Default(env.isolate(), env.context(), resolver, mode), when);
  info.GetReturnValue().Set(resolver->GetPromise());
}

constexpr Method kScriptMethods[] = {method<&NativeScript::run>("run"),
                                     method<&NativeScript::cached_data>("createCachedData")};
const ClassSpec kScriptClass = wrapped_class<NativeScript>("NativeScript", kScriptMethods);
const ClassSpec* const kClasses[] = {&kScriptClass, &kOwnContextClass};

constexpr Method kMethods[] = {
    fn<&make_context>("makeContext"),
    fn<&is_context>("isContext"),
    raw("compileFunction", compile_function_raw),
    raw("measureMemory", measure_memory),
};

}  // namespace

extern const Binding kVmBinding = {"vm", kMethods, kClasses, nullptr};

}  // namespace node::js
