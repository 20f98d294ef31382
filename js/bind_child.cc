// child_process: starting programs, and their ends.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "core/child.h"
#include "js/bind.h"
#include "js/buffer.h"
#include "js/options.h"

namespace node::js {

namespace {

// A list of strings as exec wants it.
class StringVector {
 public:
  bool read(Env& env, v8::Local<v8::Value> value) {
    if (!value->IsArray()) return false;
    v8::Local<v8::Array> array = value.As<v8::Array>();
    for (uint32_t i = 0; i < array->Length(); ++i) {
      v8::Local<v8::Value> item;
      Utf8 text;
      if (!array->Get(env.context(), i).ToLocal(&item) || !text.read(env.isolate(), item))
        return false;
      texts_.emplace_back(text.view());
    }
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
    return true;
  }
  char* const* data() const { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

// The options object that child_process.js has checked and normalised:
// { file, args, envPairs, cwd, uid, gid, detached, stdio: [fd or -1] }.
struct SpawnRequest {
  Utf8 file;
  Utf8 cwd;
  StringVector args;
  StringVector environment;
  std::vector<int> stdio;
  SpawnOptions options;

  bool read(Env& env, v8::Local<v8::Object> from) {
    v8::Local<v8::Context> context = env.context();
    auto get = [&](const char* name) {
      v8::Local<v8::Value> value;
      if (!from->Get(context, env.name(name)).ToLocal(&value)) value = v8::Undefined(env.isolate());
      return value;
    };
    if (!file.read(env.isolate(), get("file")) || !args.read(env, get("args")) ||
        !environment.read(env, get("envPairs"))) {
      throw_type_error(env, "ERR_INVALID_ARG_TYPE",
                       "file, args and env of a child must be strings");
      return false;
    }
    options.file = file.c_str();
    options.argv = args.data();
    options.envp = environment.data();
    if (cwd.read(env.isolate(), get("cwd"))) options.cwd = cwd.c_str();
    options.detached = get("detached")->IsTrue();
    if (v8::Local<v8::Value> uid = get("uid"); uid->IsNumber()) {
      options.set_uid = true;
      options.uid = uid.As<v8::Number>()->Uint32Value(context).FromMaybe(0);
    }
    if (v8::Local<v8::Value> gid = get("gid"); gid->IsNumber()) {
      options.set_gid = true;
      options.gid = gid.As<v8::Number>()->Uint32Value(context).FromMaybe(0);
    }
    v8::Local<v8::Value> list = get("stdio");
    uint32_t count = list->IsArray() ? list.As<v8::Array>()->Length() : 0;
    for (uint32_t i = 0; i < count; ++i) {
      v8::Local<v8::Value> fd;
      bool ok = list.As<v8::Array>()->Get(context, i).ToLocal(&fd) && fd->IsInt32();
      stdio.push_back(ok ? fd.As<v8::Int32>()->Value() : -1);
    }
    options.stdio = stdio;
    return true;
  }
};

// A started program. JavaScript sets `onexit`, a function (exitCode, signalNumber).
class Process : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new Process(env, info.This()); }

  // spawn(options): 0, or the negative errno of what failed.
  int32_t spawn(v8::Local<v8::Object> options) {
    SpawnRequest request;
    if (!request.read(env(), options)) return 0;
    Result<void> started = child_.start(env().loop(), request.options);
    if (!started) return -started.error().code;
    pin();
    return 0;
  }
  int32_t pid() { return child_.pid(); }
  // kill(signum): 0 or a negative errno.
  int32_t kill(int32_t signum) {
    Result<void> killed = child_.kill(signum);
    return killed ? 0 : -killed.error().code;
  }
  void ref() { child_.set_referenced(true); }
  void unref() { child_.set_referenced(false); }

 private:
  Process(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object), child_(*this) {}

  void on_exit(int exit_code, int term_signal) {
    v8::Isolate* isolate = env().isolate();
    v8::HandleScope scope(isolate);
    unpin();
    v8::Local<v8::Value> args[] = {v8::Integer::New(isolate, exit_code),
                                   v8::Integer::New(isolate, term_signal)};
    ignore(env().call_method(object(), env().name("onexit"), 2, args));
  }

  struct OwnedChild : Child {
    explicit OwnedChild(Process& process)
        : Child([](Child* c, int code, int signal) {
            static_cast<OwnedChild*>(c)->owner.on_exit(code, signal);
          }),
          owner(process) {}
    Process& owner;
  } child_;
};

// socketPair(): [ours, theirs], descriptors that no other child inherits. Ours does not block.
v8::MaybeLocal<v8::Array> socket_pair(Env& env) {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) {
    throw_system_error(env, last_error("socketpair"));
    return {};
  }
  for (int fd : fds) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  ::fcntl(fds[0], F_SETFL, O_NONBLOCK);
  v8::Local<v8::Value> pair[] = {v8::Integer::New(env.isolate(), fds[0]),
                                 v8::Integer::New(env.isolate(), fds[1])};
  return v8::Array::New(env.isolate(), pair, 2);
}

// spawnSync(options, pipes, timeoutMs, maxOutputBytes, killSignal): pipes is a list of
// [fd, readable, writable, input or undefined]. Answers
// [pid, exitCode, signalNumber, errno (negative or 0), outputs as Buffers in the order of pipes].
v8::MaybeLocal<v8::Array> spawn_sync(Env& env, v8::Local<v8::Object> options,
                                     v8::Local<v8::Array> pipes, double timeout_ms,
                                     double max_output_bytes, int32_t kill_signal) {
  v8::Local<v8::Context> context = env.context();
  v8::Isolate* isolate = env.isolate();
  SpawnRequest request;
  if (!request.read(env, options)) return {};
  std::vector<SyncPipe> list(pipes->Length());
  for (uint32_t i = 0; i < list.size(); ++i) {
    v8::Local<v8::Value> row, fd, readable, writable, input;
    if (!pipes->Get(context, i).ToLocal(&row) || !row->IsArray()) return {};
    v8::Local<v8::Array> fields = row.As<v8::Array>();
    if (!fields->Get(context, 0).ToLocal(&fd) || !fields->Get(context, 1).ToLocal(&readable) ||
        !fields->Get(context, 2).ToLocal(&writable) || !fields->Get(context, 3).ToLocal(&input)) {
      return {};
    }
    list[i].child_fd = fd->Int32Value(context).FromMaybe(0);
    list[i].readable = readable->IsTrue();
    list[i].writable = writable->IsTrue();
    Bytes bytes;
    if (read_bytes(input, &bytes)) list[i].input = bytes;
  }
  SyncResult result =
      run_sync(request.options, request.stdio, list, static_cast<uint64_t>(timeout_ms),
               static_cast<size_t>(max_output_bytes), kill_signal);
  std::vector<v8::Local<v8::Value>> outputs;
  for (SyncPipe& p : list) outputs.push_back(make_buffer(env, p.output.data(), p.output.size()));
  v8::Local<v8::Value> answer[] = {
      v8::Integer::New(isolate, result.pid), v8::Integer::New(isolate, result.exit_code),
      v8::Integer::New(isolate, result.term_signal), v8::Integer::New(isolate, -result.error.code),
      v8::Array::New(isolate, outputs.data(), outputs.size())};
  return v8::Array::New(isolate, answer, std::size(answer));
}

constexpr Method kProcessMethods[] = {
    method<&Process::spawn>("spawn"), method<&Process::pid>("pid"),
    method<&Process::kill>("kill"),   method<&Process::ref>("ref"),
    method<&Process::unref>("unref"),
};
const ClassSpec kProcessClass = wrapped_class<Process>("Process", kProcessMethods);
const ClassSpec* const kClasses[] = {&kProcessClass};

// isOwnOption(word): whether the command line knows it, V8's flags aside.
bool is_own_option_word(Env&, const Utf8& word) { return is_own_option(word.view()); }

bool is_environment_option_word(Env&, const Utf8& word) {
  return is_environment_option(word.view());
}

constexpr Method kMethods[] = {
    fn<&is_environment_option_word>("isEnvironmentOption"),
    fn<&is_own_option_word>("isOwnOption"),
    fn<&socket_pair>("socketPair"),
    fn<&spawn_sync>("spawnSync"),
};

}  // namespace

extern const Binding kChildBinding = {"child_process", kMethods, kClasses, nullptr};

}  // namespace node::js
