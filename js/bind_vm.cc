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
#include "js/buffer.h"
#include "js/report.h"

namespace node::js {

namespace {

// Place in a context's embedder data where its sandbox is.
constexpr int kSandboxIndex = 1;

// The sandbox keeps its context alive, and names it, by this property.
v8::Local<v8::Private> context_key(Env& env) {
  return v8::Private::ForApi(env.isolate(), env.name("node:vm:context"));
}

// The context made for `sandbox`; empty when there is none.
v8::MaybeLocal<v8::Context> context_of(Env& env, v8::Local<v8::Object> sandbox) {
  v8::Local<v8::Value> global;
  if (!sandbox->GetPrivate(env.context(), context_key(env)).ToLocal(&global) ||
      !global->IsObject()) {
    return {};
  }
  return global.As<v8::Object>()->GetCreationContext();
}

// ---- The global object of a made context -------------------------------------------------------
//
// Every access to a global goes to the sandbox first. What a callback does not answer, V8 looks up
// on the true global object, which has the builtins.

template <typename T>
bool find_sandbox(const v8::PropertyCallbackInfo<T>& info, v8::Local<v8::Context>* context,
                  v8::Local<v8::Object>* sandbox) {
  if (!info.Holder()->GetCreationContext().ToLocal(context)) return false;
  // While V8 still builds the context there is none.
  if ((*context)->GetNumberOfEmbedderDataFields() <= kSandboxIndex) return false;
  v8::Local<v8::Value> value = (*context)->GetEmbedderData(kSandboxIndex);
  if (!value->IsObject()) return false;
  *sandbox = value.As<v8::Object>();
  return true;
}

void get_named(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Value> value;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox->GetRealNamedProperty(context, name).ToLocal(&value)) {
    return;
  }
  if (value == sandbox) value = context->Global();
  info.GetReturnValue().Set(value);
}

void query_named(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Integer>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::PropertyAttribute attributes;
  if (!find_sandbox(info, &context, &sandbox) ||
      !sandbox->HasRealNamedProperty(context, name).FromMaybe(false) ||
      !sandbox->GetRealNamedPropertyAttributes(context, name).To(&attributes)) {
    return;
  }
  info.GetReturnValue().Set(static_cast<int32_t>(attributes));
}

void set_named(v8::Local<v8::Name> name, v8::Local<v8::Value> value,
               const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return;
  v8::PropertyAttribute attributes = v8::None;
  bool on_sandbox = sandbox->GetRealNamedPropertyAttributes(context, name).To(&attributes);
  if (on_sandbox && (attributes & v8::ReadOnly) != 0) {
    // V8 says the rest: strict code throws.
    if (!info.ShouldThrowOnError()) info.GetReturnValue().Set(value);
    return;
  }
  if (!on_sandbox) {
    bool on_global =
        context->Global()->GetRealNamedPropertyAttributes(context, name).To(&attributes);
    if (on_global && (attributes & v8::ReadOnly) != 0) return;
    // `x = 1` in strict code without a declaration is an error that V8 throws.
    bool assignment = info.This() != context->Global();
    if (!on_global && info.ShouldThrowOnError() && assignment && !value->IsFunction()) return;
  }
  if (sandbox->Set(context, name, value).FromMaybe(false)) info.GetReturnValue().Set(value);
}

void define_named(v8::Local<v8::Name> name, const v8::PropertyDescriptor& desc,
                  const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return;
  auto define = [&](v8::PropertyDescriptor* copy) {
    if (desc.has_enumerable()) copy->set_enumerable(desc.enumerable());
    if (desc.has_configurable()) copy->set_configurable(desc.configurable());
    if (sandbox->DefineProperty(context, name, *copy).FromMaybe(false)) {
      info.GetReturnValue().SetUndefined();
    }
  };
  if (desc.has_get() || desc.has_set()) {
    v8::Local<v8::Value> none = v8::Undefined(info.GetIsolate());
    v8::PropertyDescriptor copy(desc.has_get() ? desc.get() : none,
                                desc.has_set() ? desc.set() : none);
    return define(&copy);
  }
  if (desc.has_value() && desc.has_writable()) {
    v8::PropertyDescriptor copy(desc.value(), desc.writable());
    return define(&copy);
  }
  if (desc.has_value()) {
    v8::PropertyDescriptor copy(desc.value());
    return define(&copy);
  }
  v8::PropertyDescriptor copy;
  define(&copy);
}

void delete_named(v8::Local<v8::Name> name, const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return;
  if (!sandbox->Delete(context, name).FromMaybe(true)) info.GetReturnValue().Set(false);
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

void get_indexed(uint32_t index, const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  v8::Local<v8::Value> value;
  if (!find_sandbox(info, &context, &sandbox) || !sandbox->Has(context, index).FromMaybe(false) ||
      !sandbox->Get(context, index).ToLocal(&value)) {
    return;
  }
  info.GetReturnValue().Set(value);
}

void set_indexed(uint32_t index, v8::Local<v8::Value> value,
                 const v8::PropertyCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return;
  if (sandbox->Set(context, index, value).FromMaybe(false)) info.GetReturnValue().Set(value);
}

void define_indexed(uint32_t index, const v8::PropertyDescriptor& desc,
                    const v8::PropertyCallbackInfo<v8::Value>& info) {
  define_named(name_of(info.GetIsolate(), index), desc, info);
}

void delete_indexed(uint32_t index, const v8::PropertyCallbackInfo<v8::Boolean>& info) {
  v8::Local<v8::Context> context;
  v8::Local<v8::Object> sandbox;
  if (!find_sandbox(info, &context, &sandbox)) return;
  if (!sandbox->Delete(context, index).FromMaybe(true)) info.GetReturnValue().Set(false);
}

// makeContext(sandbox, allowStrings): makes the context behind `sandbox`.
void make_context(Env& env, v8::Local<v8::Object> sandbox, bool allow_strings) {
  v8::Isolate* isolate = env.isolate();
  v8::HandleScope scope(isolate);
  v8::Local<v8::ObjectTemplate> global = v8::ObjectTemplate::New(isolate);
  global->SetHandler(v8::NamedPropertyHandlerConfiguration(
      get_named, set_named, query_named, delete_named, list_named, define_named, nullptr));
  global->SetHandler(v8::IndexedPropertyHandlerConfiguration(
      get_indexed, set_indexed, nullptr, delete_indexed, nullptr, define_indexed, nullptr));
  v8::Local<v8::Context> context = v8::Context::New(isolate, nullptr, global);
  if (context.IsEmpty()) {
    return throw_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Cannot create a context");
  }
  context->SetSecurityToken(env.context()->GetSecurityToken());
  context->SetEmbedderData(kSandboxIndex, sandbox);
  context->AllowCodeGenerationFromStrings(allow_strings);
  ignore(sandbox->SetPrivate(env.context(), context_key(env), context->Global()));
}

bool is_context(Env& env, v8::Local<v8::Object> sandbox) {
  v8::Local<v8::Context> context;
  return context_of(env, sandbox).ToLocal(&context);
}

// ---- What ends a script early ------------------------------------------------------------------

enum class End : char { kItself = 'n', kTime = 't', kInterrupt = 'i' };

// Where the handler of SIGINT writes while a script may be interrupted.
volatile sig_atomic_t interrupt_fd = -1;

void on_interrupt(int) {
  int error = errno;
  char byte = static_cast<char>(End::kInterrupt);
  ignore(::write(interrupt_fd, &byte, 1));
  errno = error;
}

// Ends the script that runs when its time is over or when SIGINT comes. The waiting is done on the
// thread pool; both sides and the handler talk through pipes alone. Frees itself when the pool
// reports it done.
class Deadline : public Work {
 public:
  // `timeout_ms` is 0 for no limit. nullptr when there are no descriptors to be had.
  static Deadline* start(Env& env, int timeout_ms, bool on_sigint) {
    int stop[2];
    int answer[2];
    if (::pipe2(stop, O_CLOEXEC) != 0) return nullptr;
    if (::pipe2(answer, O_CLOEXEC) != 0) {
      ::close(stop[0]);
      ::close(stop[1]);
      return nullptr;
    }
    Deadline* d = new Deadline(env, timeout_ms, on_sigint, stop, answer);
    env.loop().pool().submit(*d);
    return d;
  }

  // The script is over. What ended it; no termination comes after this.
  End stop() {
    if (on_sigint_) ::sigaction(SIGINT, &action_before_, nullptr);
    char answer = static_cast<char>(End::kItself);
    ::close(stop_[1]);
    stop_[1] = -1;
    if (!env_.loop().pool().cancel(*this)) {
      while (::read(answer_[0], &answer, 1) < 0 && errno == EINTR) {
      }
    }
    return static_cast<End>(answer);
  }

 private:
  Deadline(Env& env, int timeout_ms, bool on_sigint, const int stop[2], const int answer[2])
      : Work(wait, free),
        env_(env),
        isolate_(env.isolate()),
        timeout_ms_(timeout_ms > 0 ? timeout_ms : -1),
        on_sigint_(on_sigint),
        stop_{stop[0], stop[1]},
        answer_{answer[0], answer[1]} {
    if (!on_sigint_) return;
    interrupt_fd = stop_[1];
    struct sigaction action = {};
    action.sa_handler = on_interrupt;
    ::sigaction(SIGINT, &action, &action_before_);
  }
  ~Deadline() {
    ::close(stop_[0]);
    ::close(answer_[0]);
    ::close(answer_[1]);
  }

  static void wait(Work* work) {
    Deadline* d = static_cast<Deadline*>(work);
    pollfd fd{d->stop_[0], POLLIN, 0};
    int n;
    do {
      n = ::poll(&fd, 1, d->timeout_ms_);
    } while (n < 0 && errno == EINTR);
    char answer = static_cast<char>(n == 0 ? End::kTime : End::kItself);
    // At its end the script closes the pipe, and this leaves the answer as it is.
    if (n > 0) {
      while (::read(d->stop_[0], &answer, 1) < 0 && errno == EINTR) {
      }
    }
    if (static_cast<End>(answer) != End::kItself) d->isolate_->TerminateExecution();
    while (::write(d->answer_[1], &answer, 1) < 0 && errno == EINTR) {
    }
  }
  static void free(Work* work, bool) { delete static_cast<Deadline*>(work); }

  Env& env_;
  v8::Isolate* isolate_;
  int timeout_ms_;
  bool on_sigint_;
  struct sigaction action_before_ = {};
  int stop_[2];
  int answer_[2];
};

// ---- Scripts
// -------------------------------------------------------------------------------------

v8::Local<v8::Value> code_cache(Env& env, const v8::ScriptCompiler::CachedData* data) {
  std::unique_ptr<const v8::ScriptCompiler::CachedData> owned(data);
  if (data == nullptr) return make_buffer(env, nullptr, 0);
  return make_buffer(env, reinterpret_cast<const char*>(data->data),
                     static_cast<size_t>(data->length));
}

// A copy of the bytes, which V8 frees; nullptr when `value` is no view.
v8::ScriptCompiler::CachedData* copy_cached_data(v8::Local<v8::Value> value) {
  Bytes bytes;
  if (!value->IsArrayBufferView() || !read_bytes(value, &bytes)) return nullptr;
  uint8_t* copy = new uint8_t[bytes.size()];
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(copy));
  return new v8::ScriptCompiler::CachedData(copy, static_cast<int>(bytes.size()),
                                            v8::ScriptCompiler::CachedData::BufferOwned);
}

class NativeScript : public Wrapped {
 public:
  NativeScript(Env& env, v8::Local<v8::Object> object, v8::Local<v8::UnboundScript> script)
      : Wrapped(env, object), script_(env.isolate(), script) {}

  // new NativeScript(code, filename, lineOffset, columnOffset, cachedData, displayErrors)
  static void make(Env& env, const Args& info) {
    v8::Isolate* isolate = env.isolate();
    int line = info[2]->Int32Value(env.context()).FromMaybe(0);
    int column = info[3]->Int32Value(env.context()).FromMaybe(0);
    if (!info[0]->IsString() || !info[1]->IsString()) return throw_bad_argument(env, 0, "string");
    v8::ScriptCompiler::CachedData* cached = copy_cached_data(info[4]);
    v8::ScriptCompiler::Source source(info[0].As<v8::String>(),
                                      script_origin(isolate, info[1], {}, line, column), cached);
    v8::Local<v8::UnboundScript> script;
    v8::TryCatch catcher(isolate);
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
    if (info[0]->IsObject() && !context_of(env, info[0].As<v8::Object>()).ToLocal(&context)) {
      return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "The object is no context");
    }
    int timeout_ms = info[1]->Int32Value(env.context()).FromMaybe(0);
    v8::Context::Scope scope(context);
    v8::TryCatch catcher(env.isolate());
    v8::MaybeLocal<v8::Value> result =
        timeout_ms <= 0 && !info[2]->IsTrue()
            ? bind_script(env)->Run(context)
            : run_limited(env, context, timeout_ms, info[2]->IsTrue());
    v8::Local<v8::Value> value;
    if (result.ToLocal(&value)) {
      info.GetReturnValue().Set(value);
      return;
    }
    if (info[3]->IsTrue()) put_place_into_stack(env, catcher);
    catcher.ReThrow();
  }

  v8::Local<v8::Value> cached_data() {
    return code_cache(env(), v8::ScriptCompiler::CreateCodeCache(script_.Get(env().isolate())));
  }

 private:
  v8::Local<v8::Script> bind_script(Env& env) {
    return script_.Get(env.isolate())->BindToCurrentContext();
  }

  // Runs until `timeout_ms` (0: no limit) are over or, if so wanted, SIGINT comes; then throws.
  v8::MaybeLocal<v8::Value> run_limited(Env& env, v8::Local<v8::Context> context, int timeout_ms,
                                        bool on_sigint) {
    Deadline* deadline = Deadline::start(env, timeout_ms, on_sigint);
    if (deadline == nullptr) {
      throw_system_error(env, last_error("pipe"));
      return {};
    }
    v8::MaybeLocal<v8::Value> result;
    End end;
    {
      v8::TryCatch catcher(env.isolate());
      result = bind_script(env)->Run(context);
      end = deadline->stop();
      if (end == End::kItself) {
        if (catcher.HasCaught()) catcher.ReThrow();
        return result;
      }
      env.isolate()->CancelTerminateExecution();
    }
    if (end == End::kTime) {
      throw_error(env, "ERR_SCRIPT_EXECUTION_TIMEOUT",
                  "Script execution timed out after " + std::to_string(timeout_ms) + "ms");
    } else {
      throw_error(env, "ERR_SCRIPT_EXECUTION_INTERRUPTED",
                  "Script execution was interrupted by `SIGINT`");
    }
    return {};
  }

  v8::Global<v8::UnboundScript> script_;
};

// compileFunction(code, filename, line, column, params, sandbox or null, extensions): a function.
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
  v8::ScriptCompiler::Source source(
      info[0].As<v8::String>(),
      script_origin(isolate, info[1], {}, info[2]->Int32Value(env.context()).FromMaybe(0),
                    info[3]->Int32Value(env.context()).FromMaybe(0)));
  v8::Context::Scope scope(context);
  v8::Local<v8::Function> function;
  if (v8::ScriptCompiler::CompileFunction(context, &source, params.size(), params.data(),
                                          extensions.size(), extensions.data())
          .ToLocal(&function)) {
    info.GetReturnValue().Set(function);
  }
}

constexpr Method kScriptMethods[] = {method<&NativeScript::run>("run"),
                                     method<&NativeScript::cached_data>("createCachedData")};
const ClassSpec kScriptClass = wrapped_class<NativeScript>("NativeScript", kScriptMethods);
const ClassSpec* const kClasses[] = {&kScriptClass};

constexpr Method kMethods[] = {
    fn<&make_context>("makeContext"),
    fn<&is_context>("isContext"),
    raw("compileFunction", compile_function_raw),
};

}  // namespace

extern const Binding kVmBinding = {"vm", kMethods, kClasses, nullptr};

}  // namespace node::js
