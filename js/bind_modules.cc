// Compiling library files and the user's modules, and the few file questions that finding a module
// asks.
#include "js/bind_modules.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <string>

#include "core/base/fd.h"
#include "js/bind.h"
#include "js/js_sources.h"
#include "js/report.h"
#include "js/snapshot.h"

namespace node::js {

namespace {

// Every program runs most of their functions: these are compiled when the snapshot is made, not at
// each start. (All modules at once would cost more to read back than it saves.)
constexpr std::string_view kEager[] = {"internal/main", "internal/modules/cjs", "internal/options",
                                       "internal/process/execution", "path"};

v8::ScriptCompiler::CompileOptions options_for(std::string_view name) {
  bool eager = std::find(std::begin(kEager), std::end(kEager), name) != std::end(kEager);
  return eager ? v8::ScriptCompiler::kEagerCompile : v8::ScriptCompiler::kNoCompileOptions;
}

}  // namespace

v8::MaybeLocal<v8::Function> compile_library(Env& env, std::string_view name) {
  v8::Isolate* isolate = env.isolate();
  v8::EscapableHandleScope scope(isolate);
  v8::Local<v8::String> text;
  if (!library_source(isolate, name).ToLocal(&text)) {
    throw_error(env, "ERR_UNKNOWN_BUILTIN_MODULE",
                std::string("No such built-in module: ").append(name));
    return {};
  }
  v8::Local<v8::String> params[] = {env.name("exports"), env.name("require"), env.name("module"),
                                    env.name("process"), env.name("internalBinding")};
  v8::Local<v8::String> bootstrap_params[] = {env.name("nativeBinding")};
  bool bootstrap = name == "internal/bootstrap";
  v8::ScriptCompiler::Source source(
      text, script_origin(isolate, env.string(std::string("node:").append(name))));
  v8::Local<v8::Function> function;
  if (!compile_function(env.context(), &source, bootstrap ? 1 : std::size(params),
                        bootstrap ? bootstrap_params : params, options_for(name))
           .ToLocal(&function)) {
    return {};
  }
  return scope.Escape(function);
}

namespace {

void native_binding(const Args& info) {
  Env& env = Env::from(info);
  Utf8 name;
  if (!name.read(env.isolate(), info[0])) return throw_bad_argument(env, 0, "string");
  v8::Local<v8::Object> target;
  if (make_binding(env, name.view()).ToLocal(&target)) info.GetReturnValue().Set(target);
}

v8::MaybeLocal<v8::Function> compile_library_by_name(Env& env, const Utf8& name) {
  return compile_library(env, name.view());
}

// The names of all library files, sorted.
v8::Local<v8::Array> library_names(Env& env) {
  v8::Local<v8::Array> names = v8::Array::New(env.isolate(), static_cast<int>(kJsSourceCount));
  for (size_t i = 0; i < kJsSourceCount; ++i) {
    ignore(names->Set(env.context(), static_cast<uint32_t>(i), env.name(kJsSources[i].name)));
  }
  return names;
}

// compileModule(text, filename): a function of (exports, require, module, __filename, __dirname).
v8::MaybeLocal<v8::Function> compile_module(Env& env, v8::Local<v8::String> text,
                                            v8::Local<v8::String> filename) {
  v8::Local<v8::String> params[] = {env.name("exports"), env.name("require"), env.name("module"),
                                    env.name("__filename"), env.name("__dirname")};
  v8::ScriptCompiler::Source source(text, script_origin(env.isolate(), filename));
  v8::TryCatch catcher(env.isolate());
  v8::MaybeLocal<v8::Function> function =
      compile_function(env.context(), &source, std::size(params), params);
  if (function.IsEmpty()) {
    put_place_into_stack(env, catcher);
    catcher.ReThrow();
  }
  return function;
}

// runScript(text, filename): the completion value of a script in the global scope.
v8::MaybeLocal<v8::Value> run_script(Env& env, v8::Local<v8::String> text,
                                     v8::Local<v8::String> filename) {
  v8::ScriptCompiler::Source source(text, script_origin(env.isolate(), filename));
  v8::Local<v8::Script> script;
  if (!v8::ScriptCompiler::Compile(env.context(), &source).ToLocal(&script)) return {};
  return script->Run(env.context());
}

// stat(path): 0 a file, 1 a directory, -errno otherwise.
int32_t stat_kind(Env&, const Utf8& path) {
  struct stat st;
  int rc;
  do {
    rc = ::stat(path.c_str(), &st);
  } while (rc != 0 && errno == EINTR);
  if (rc != 0) return -errno;
  return S_ISDIR(st.st_mode) ? 1 : 0;
}

// readText(path): a whole file as a string, UTF-8 decoded. Throws a system error.
v8::MaybeLocal<v8::String> read_text(Env& env, const Utf8& path) {
  auto fail = [&](const char* call) {
    throw_system_error(env, last_error(call), path.view());
    return v8::MaybeLocal<v8::String>();
  };
  int raw;
  do {
    raw = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (raw < 0 && errno == EINTR);
  Fd fd(raw);
  if (!fd.valid()) return fail("open");
  struct stat st;
  if (::fstat(fd.get(), &st) != 0) return fail("fstat");
  std::string bytes;
  bytes.resize(st.st_size > 0 ? static_cast<size_t>(st.st_size) : 4096);
  size_t used = 0;
  for (;;) {
    if (used == bytes.size()) {
      // One more read tells the end; files of /proc state no size.
      char probe[1024];
      ssize_t n = ::read(fd.get(), probe, sizeof probe);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail("read");
      if (n == 0) break;
      bytes.append(probe, static_cast<size_t>(n));
      used = bytes.size();
      continue;
    }
    ssize_t n = ::read(fd.get(), bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail("read");
    if (n == 0) break;
    used += static_cast<size_t>(n);
  }
  bool ascii = true;
  for (size_t i = 0; i < used; ++i) ascii &= static_cast<unsigned char>(bytes[i]) < 0x80;
  int length = static_cast<int>(used);
  if (ascii) {
    return v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<uint8_t*>(bytes.data()),
                                      v8::NewStringType::kNormal, length);
  }
  return v8::String::NewFromUtf8(env.isolate(), bytes.data(), v8::NewStringType::kNormal, length);
}

// realpath(path): realpath(3). Throws a system error.
v8::MaybeLocal<v8::String> real_path(Env& env, const Utf8& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) {
    throw_system_error(env, last_error("realpath"), path.view());
    return {};
  }
  v8::Local<v8::String> text = env.string(resolved);
  std::free(resolved);
  return text;
}

constexpr Method kMethods[] = {
    fn<&compile_library_by_name>("compileLibrary"),
    fn<&library_names>("libraryNames"),
    fn<&compile_module>("compileModule"),
    fn<&run_script>("runScript"),
    fn<&stat_kind>("stat"),
    fn<&read_text>("readText"),
    fn<&real_path>("realpath"),
};

const intptr_t kReferences[] = {reinterpret_cast<intptr_t>(&native_binding)};

}  // namespace

v8::Local<v8::Value> native_binding_function(Env& env) {
  return v8::Function::New(env.context(), native_binding).ToLocalChecked();
}

extern const Binding kModulesBinding = {"modules", kMethods, {}, nullptr, kReferences};

}  // namespace node::js
