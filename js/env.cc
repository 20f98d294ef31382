// Env's life: made by the snapshot's maker, restored at start, run, left.
#include "js/env.h"

#include <unistd.h>

#include <cstring>
#include <string>

#include "js/bind.h"
#include "js/bind_esm.h"
#include "js/bind_modules.h"
#include "js/report.h"
#include "js/snapshot.h"
#include "js/stdio.h"

namespace node::js {

namespace {

void on_promise_reject(v8::PromiseRejectMessage message) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Env& env = Env::from(isolate);
  if (!env.has_hook(Hook::kPromiseReject)) return;
  v8::Local<v8::Value> hook = env.hook(Hook::kPromiseReject);
  v8::Local<v8::Value> reason = message.GetValue();
  if (reason.IsEmpty()) reason = v8::Undefined(isolate);
  v8::Local<v8::Value> args[] = {v8::Integer::New(isolate, message.GetEvent()),
                                 message.GetPromise(), reason};
  v8::TryCatch catcher(isolate);
  if (hook.As<v8::Function>()->Call(env.context(), v8::Undefined(isolate), 3, args).IsEmpty() &&
      catcher.HasCaught()) {
    std::fputs("Exception in PromiseRejectCallback:\n", stderr);
    report_exception(env, catcher.Exception(), catcher.Message());
  }
}

void on_fatal_error(const char* location, const char* message) {
  std::fprintf(stderr, "FATAL ERROR: %s %s\n", location == nullptr ? "" : location, message);
  std::fflush(stderr);
  std::abort();
}

v8::Local<v8::Array> string_array(Env& env, const std::vector<const char*>& texts) {
  std::vector<v8::Local<v8::Value>> values;
  for (const char* text : texts) values.push_back(env.string(text));
  return v8::Array::New(env.isolate(), values.data(), values.size());
}

}  // namespace

// Keeps count of how deep the calls into script are nested.
class DoorScope {
 public:
  explicit DoorScope(Env& env) : env_(env) { ++env_.depth_; }
  ~DoorScope() { --env_.depth_; }

 private:
  Env& env_;
};

Env::Env(v8::Isolate* isolate, v8::Platform* platform)
    : isolate_(isolate),
      platform_(platform),
      timer_([](Timer* t) { static_cast<EnvTimer*>(t)->env->on_timer(); }, this),
      immediates_([](Task* t) { static_cast<EnvTask*>(t)->env->on_immediates(); }, this) {
  isolate->SetData(0, this);
  isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate->SetPromiseRejectCallback(on_promise_reject);
  isolate->SetAbortOnUncaughtExceptionCallback(
      [](v8::Isolate* i) { return Env::from(i).abort_on_uncaught(); });
  isolate->SetFatalErrorHandler(on_fatal_error);
  set_module_callbacks(isolate);
}

Env::~Env() {
  while (Wrapped* w = wrapped_.front()) delete w;
  loop_.stop(timer_);
}

// ---- Snapshot ------------------------------------------------------------------------------

void Env::make_class_templates(v8::Local<v8::Context> context) {
  context_.Reset(isolate_, context);
  for (const Binding* binding : kBindings) {
    for (const ClassSpec* spec : binding->classes) {
      classes_.emplace_back(isolate_, make_class_template(isolate_, *spec));
    }
  }
}

bool Env::bootstrap() {
  v8::HandleScope scope(isolate_);
  v8::Local<v8::Context> context = v8::Context::New(isolate_);
  v8::Context::Scope context_scope(context);
  make_class_templates(context);
  v8::TryCatch catcher(isolate_);
  v8::Local<v8::Function> function;
  if (compile_library(*this, "internal/bootstrap").ToLocal(&function)) {
    v8::Local<v8::Value> arg = native_binding_function(*this);
    if (!function->Call(context, v8::Undefined(isolate_), 1, &arg).IsEmpty()) {
      isolate_->PerformMicrotaskCheckpoint();
      cache_hook_memory();
      return true;
    }
  }
  report_exception(*this, catcher.Exception(), catcher.Message());
  return false;
}

void Env::save(v8::SnapshotCreator* creator) {
  v8::HandleScope scope(isolate_);
  v8::Local<v8::Context> context = this->context();
  for (v8::Global<v8::FunctionTemplate>& t : classes_) {
    creator->AddData(t.Get(isolate_));
    t.Reset();
  }
  for (v8::Global<v8::Value>& hook : hooks_) {
    v8::Local<v8::Value> value = v8::Undefined(isolate_);
    if (!hook.IsEmpty()) value = hook.Get(isolate_);
    creator->AddData(context, value);
    hook.Reset();
  }
  // The default context is an empty one: contexts that programs make with vm start from it.
  creator->SetDefaultContext(v8::Context::New(isolate_));
  creator->AddContext(context, v8::SerializeInternalFieldsCallback(
                                   [](v8::Local<v8::Object>, int, void*) {
                                     return v8::StartupData{nullptr, 0};
                                   },
                                   nullptr));
  classes_.clear();
  context_.Reset();
}

bool Env::restore() {
  v8::HandleScope scope(isolate_);
  size_t index = 0;
  for (const Binding* binding : kBindings) {
    for (size_t i = 0; i < binding->classes.size(); ++i) {
      v8::Local<v8::FunctionTemplate> t;
      if (!isolate_->GetDataFromSnapshotOnce<v8::FunctionTemplate>(index++).ToLocal(&t))
        return false;
      classes_.emplace_back(isolate_, t);
    }
  }
  v8::Local<v8::Context> context;
  if (!v8::Context::FromSnapshot(
           isolate_, 0,
           v8::DeserializeInternalFieldsCallback(
               [](v8::Local<v8::Object>, int, v8::StartupData, void*) {}, nullptr))
           .ToLocal(&context)) {
    return false;
  }
  context_.Reset(isolate_, context);
  for (size_t i = 0; i < static_cast<size_t>(Hook::kCount); ++i) {
    v8::Local<v8::Value> value;
    if (!context->GetDataFromSnapshotOnce<v8::Value>(i).ToLocal(&value)) return false;
    if (!value->IsUndefined()) hooks_[i].Reset(isolate_, value);
  }
  v8::Context::Scope context_scope(context);
  cache_hook_memory();
  return true;
}

// ---- Running -------------------------------------------------------------------------------

bool Env::start_program(const Options& options) {
  v8::HandleScope scope(isolate_);
  std::vector<const char*> settings;
  for (const std::string& setting : options.settings) settings.push_back(setting.c_str());
  v8::Local<v8::Value> args[] = {string_array(*this, options.argv),
                                 string_array(*this, options.exec_argv),
                                 string_array(*this, settings)};
  return !call(Hook::kStart, 3, args).IsEmpty();
}

void Env::spin() {
  for (;;) {
    bool alive;
    do {
      v8::HandleScope scope(isolate_);
      bool had_cause = loop_.alive();
      ran_immediates_ = false;
      alive = loop_.turn(true);
      while (v8::platform::PumpMessageLoop(platform_, isolate_)) drain();
      // Immediates that keep nothing alive run only in turns that other things caused, and not in
      // the one in which another immediate made them.
      if (had_cause && !ran_immediates_ && immediate_info_ != nullptr && immediate_info_[0] > 0 &&
          !immediates_.linked()) {
        on_immediates();
      }
    } while (alive);
    v8::HandleScope scope(isolate_);
    ignore(call(Hook::kBeforeExit, 0, nullptr));
    if (!loop_.alive()) return;
  }
}

int Env::run(const Options& options) {
  if (Result<void> opened = loop_.open(); !opened) {
    std::fprintf(stderr, "node: cannot start the event loop: %s: %s\n", opened.error().call,
                 std::strerror(opened.error().code));
    return 1;
  }
  v8::HandleScope scope(isolate_);
  v8::Context::Scope context_scope(context());
  (void)start_program(options);
  spin();
  v8::Local<v8::Value> code;
  // An 'exit' listener may throw and a listener of 'uncaughtException' take that: the status is
  // what it would have been.
  if (!call(Hook::kExit, 0, nullptr).ToLocal(&code) &&
      !call(Hook::kExit, 0, nullptr).ToLocal(&code)) {
    code = v8::Integer::New(isolate_, 1);
  }
  run_cleanups();
  return code->IsInt32() ? code.As<v8::Int32>()->Value() : 0;
}

void Env::add_cleanup(void (*run)(void* data), void* data) { cleanups_.push_back({run, data}); }

void Env::remove_cleanup(void (*run)(void* data), void* data) {
  std::erase_if(cleanups_, [&](const Cleanup& c) { return c.run == run && c.data == data; });
}

void Env::run_cleanups() {
  while (!cleanups_.empty() || delays_of_end_ > 0) {
    v8::HandleScope scope(isolate_);
    if (cleanups_.empty()) {
      loop_.turn(true);
      continue;
    }
    Cleanup last = cleanups_.back();
    cleanups_.pop_back();
    last.run(last.data);
  }
}

void Env::exit(int code) {
  loop_.flush_output();
  std::fflush(stdout);
  std::fflush(stderr);
  restore_stdio();
  // Static destructors would race with V8's worker threads, and nothing is left for them to do.
  _exit(code);
}

// ---- The door ------------------------------------------------------------------------------

v8::MaybeLocal<v8::Value> Env::call(v8::Local<v8::Value> function, v8::Local<v8::Value> receiver,
                                    int argc, v8::Local<v8::Value> argv[]) {
  if (function.IsEmpty() || !function->IsFunction()) return {};
  v8::Local<v8::Function> f = function.As<v8::Function>();
  if (depth_ > 0) return f->Call(context(), receiver, argc, argv);
  v8::MaybeLocal<v8::Value> result;
  {
    DoorScope door(*this);
    v8::TryCatch catcher(isolate_);
    result = f->Call(context(), receiver, argc, argv);
    if (result.IsEmpty() && catcher.HasCaught() && !catcher.HasTerminated()) {
      v8::Local<v8::Value> error = catcher.Exception();
      v8::Local<v8::Message> message = catcher.Message();
      catcher.Reset();
      uncaught(error, message, false);
    }
  }
  drain();
  return result;
}

v8::MaybeLocal<v8::Value> Env::call_method(v8::Local<v8::Object> object, v8::Local<v8::Name> name,
                                           int argc, v8::Local<v8::Value> argv[]) {
  v8::Local<v8::Value> function;
  if (!object->Get(context(), name).ToLocal(&function)) return {};
  return call(function, object, argc, argv);
}

void Env::drain() {
  if (depth_ > 0) return;
  DoorScope door(*this);
  if (tick_info_ != nullptr) {
    if (tick_info_[0] == 0) isolate_->PerformMicrotaskCheckpoint();
    while (tick_info_[0] != 0 || tick_info_[1] != 0) {
      v8::HandleScope scope(isolate_);
      v8::TryCatch catcher(isolate_);
      v8::Local<v8::Value> tick = hook(Hook::kTick);
      if (!tick.As<v8::Function>()
               ->Call(context(), v8::Undefined(isolate_), 0, nullptr)
               .IsEmpty()) {
        break;
      }
      // A tick threw: its successors still run.
      if (catcher.HasTerminated()) break;
      v8::Local<v8::Value> error = catcher.Exception();
      v8::Local<v8::Message> message = catcher.Message();
      catcher.Reset();
      uncaught(error, message, false);
    }
  }
  if (immediate_info_ != nullptr && immediate_info_[1] != 0 && !immediates_.linked()) {
    loop_.immediate(immediates_);
  }
}

void Env::uncaught(v8::Local<v8::Value> error, v8::Local<v8::Message> message, bool from_promise) {
  v8::HandleScope scope(isolate_);
  DoorScope door(*this);
  std::string excerpt = message.IsEmpty() ? std::string() : source_excerpt(*this, message);
  int code = 1;
  if (has_hook(Hook::kUncaught)) {
    v8::TryCatch catcher(isolate_);
    v8::Local<v8::Value> args[] = {error, v8::Boolean::New(isolate_, from_promise)};
    v8::Local<v8::Value> answer;
    if (!hook(Hook::kUncaught)
             .As<v8::Function>()
             ->Call(context(), v8::Undefined(isolate_), 2, args)
             .ToLocal(&answer)) {
      // The handler itself failed: Node's exit status 7.
      report_exception(*this, catcher.Exception(), catcher.Message());
      exit(7);
    }
    if (answer->IsTrue()) return;
    if (answer->IsInt32()) code = answer.As<v8::Int32>()->Value();
  }
  report_error(*this, error, excerpt);
  exit(code);
}

// ---- Timers and immediates -----------------------------------------------------------------

void Env::schedule_timer(double after_ms) {
  loop_.start(timer_, after_ms < 1 ? 1 : static_cast<uint64_t>(after_ms));
}

void Env::on_timer() {
  v8::HandleScope scope(isolate_);
  v8::Local<v8::Value> now = v8::Number::New(isolate_, static_cast<double>(loop_.now_ms()));
  v8::Local<v8::Value> next;
  if (!call(Hook::kTimers, 1, &now).ToLocal(&next)) {
    // A timer threw and the program goes on: the timers after it are due at once.
    loop_.start(timer_, 1);
    return;
  }
  double expiry = next->IsNumber() ? next.As<v8::Number>()->Value() : 0;
  if (expiry == 0) return;
  double at = expiry < 0 ? -expiry : expiry;
  double after = at - static_cast<double>(loop_.now_ms());
  schedule_timer(after);
  loop_.set_referenced(timer_, expiry > 0);
}

void Env::on_immediates() {
  ran_immediates_ = true;
  v8::HandleScope scope(isolate_);
  ignore(call(Hook::kImmediates, 0, nullptr));
}

// ---- Kept values ---------------------------------------------------------------------------

void Env::set_hook(Hook hook, v8::Local<v8::Value> value) {
  hooks_[static_cast<int>(hook)].Reset(isolate_, value);
  if (hook == Hook::kTickInfo || hook == Hook::kImmediateInfo) cache_hook_memory();
}

// The bytes of shared typed arrays do not move while the arrays live, and hooks keep them alive.
void Env::cache_hook_memory() {
  v8::HandleScope scope(isolate_);
  auto address = [this](Hook id) -> void* {
    Bytes bytes;
    if (!has_hook(id) || !read_bytes(hook(id), &bytes)) return nullptr;
    return bytes.data();
  };
  tick_info_ = static_cast<uint8_t*>(address(Hook::kTickInfo));
  immediate_info_ = static_cast<uint32_t*>(address(Hook::kImmediateInfo));
}

v8::Local<v8::FunctionTemplate> Env::class_template(const ClassSpec& spec) {
  size_t index = 0;
  for (const Binding* binding : kBindings) {
    for (const ClassSpec* other : binding->classes) {
      if (other == &spec) return classes_[index].Get(isolate_);
      ++index;
    }
  }
  CHECK(false);
}

v8::MaybeLocal<v8::Object> Env::new_instance(const ClassSpec& spec) {
  return class_template(spec)->InstanceTemplate()->NewInstance(context());
}

v8::Local<v8::String> Env::string(std::string_view utf8) {
  v8::Local<v8::String> result;
  if (v8::String::NewFromUtf8(isolate_, utf8.data(), v8::NewStringType::kNormal,
                              static_cast<int>(utf8.size()))
          .ToLocal(&result)) {
    return result;
  }
  return v8::String::Empty(isolate_);
}

v8::Local<v8::String> Env::name(std::string_view ascii) {
  v8::Local<v8::String> result;
  if (v8::String::NewFromOneByte(isolate_, reinterpret_cast<const uint8_t*>(ascii.data()),
                                 v8::NewStringType::kInternalized, static_cast<int>(ascii.size()))
          .ToLocal(&result)) {
    return result;
  }
  return v8::String::Empty(isolate_);
}

}  // namespace node::js
