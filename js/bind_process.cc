// process: what the system says of this process, and leaving it.
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "js/bind.h"
#include "js/options.h"
#include "js/version.h"
#include "platform/platform.h"

extern char** environ;

namespace node::js {

namespace {

Result<std::string> current_directory() {
  std::string path(256, '\0');
  while (::getcwd(path.data(), path.size()) == nullptr) {
    if (errno != ERANGE) return last_error("getcwd");
    path.resize(path.size() * 2);
  }
  path.resize(path.find('\0'));
  return path;
}

v8::MaybeLocal<v8::String> cwd(Env& env) {
  Result<std::string> path = current_directory();
  if (!path) {
    Error e = path.error();
    throw_system_error(env, Error(e.code, "uv_cwd"));
    return {};
  }
  return env.string(path.value());
}

void chdir(Env& env, const Utf8& path) {
  if (::chdir(path.c_str()) == 0) return;
  Error error = last_error("chdir");
  Result<std::string> from = current_directory();
  throw_system_error(env, error, from ? from.value() : std::string(), path.view());
}

void really_exit(Env& env, int32_t code) { env.exit(code); }

void abort_process(Env&) { std::abort(); }

// hrtime(): monotonic nanoseconds as [seconds high..] doubles cannot hold; a BigInt.
void hrtime_bigint(const Args& info) {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  info.GetReturnValue().Set(v8::BigInt::NewFromUnsigned(
      info.GetIsolate(), static_cast<uint64_t>(t.tv_sec) * 1000000000u + t.tv_nsec));
}

// hrtime(out: Float64Array): out[0] seconds, out[1] nanoseconds of the monotonic clock.
void hrtime(Env&, Bytes out) {
  if (out.size() < 2 * sizeof(double)) return;
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  double* values = reinterpret_cast<double*>(out.data());
  values[0] = static_cast<double>(t.tv_sec);
  values[1] = static_cast<double>(t.tv_nsec);
}

int32_t pid(Env&) { return ::getpid(); }
int32_t ppid(Env&) { return ::getppid(); }

// environment(): flat array [name, value, ...] of the whole environment.
v8::Local<v8::Array> environment(Env& env) {
  v8::Local<v8::Array> list = v8::Array::New(env.isolate());
  uint32_t n = 0;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view text(*entry);
    size_t equals = text.find('=', 1);
    if (equals == std::string_view::npos) continue;
    ignore(list->Set(env.context(), n++, env.string(text.substr(0, equals))));
    ignore(list->Set(env.context(), n++, env.string(text.substr(equals + 1))));
  }
  return list;
}

void zone_changed(Env& env, std::string_view name) {
  if (name != "TZ") return;
  tzset();
  env.isolate()->DateTimeConfigurationChangeNotification(v8::Isolate::TimeZoneDetection::kRedetect);
}

void set_environment(Env& env, const Utf8& name, const Utf8& value) {
  if (::setenv(name.c_str(), value.c_str(), 1) != 0) {
    return throw_system_error(env, last_error("setenv"));
  }
  zone_changed(env, name.view());
}

void unset_environment(Env& env, const Utf8& name) {
  (void)::unsetenv(name.c_str());
  zone_changed(env, name.view());
}

// executable(): the path of the running program; '' when the system does not tell.
v8::Local<v8::String> executable(Env& env) { return env.string(platform::executable_path()); }

#if defined(__x86_64__)
constexpr char kArch[] = "x64";
#elif defined(__i386__)
constexpr char kArch[] = "ia32";
#elif defined(__aarch64__)
constexpr char kArch[] = "arm64";
#elif defined(__arm__)
constexpr char kArch[] = "arm";
#elif defined(__powerpc64__)
constexpr char kArch[] = "ppc64";
#elif defined(__s390x__)
constexpr char kArch[] = "s390x";
#elif defined(__mips__)
constexpr char kArch[] = "mips";
#elif defined(__riscv)
constexpr char kArch[] = "riscv64";
#else
constexpr char kArch[] = "unknown";
#endif

// about(): what the build knows: { platform, arch, project, prefix, openssl }.
v8::Local<v8::Object> about(Env& env) {
  v8::Local<v8::Object> target = v8::Object::New(env.isolate());
  utsname system;
  std::string platform = ::uname(&system) == 0 ? system.sysname : "unknown";
  for (char& c : platform) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (platform.starts_with("cygwin")) platform = "cygwin";
  auto set = [&](const char* name, std::string_view value) {
    ignore(target->Set(env.context(), env.name(name), env.string(value)));
  };
  set("platform", platform);
  set("arch", kArch);
  set("project", NODE_PROJECT_VERSION);
  set("prefix", install_prefix());
  set("openssl", openssl_version());
  return target;
}

// libcVersion(): of the GNU C library that runs, "2.36"; "" with any other. confstr(3).
std::string_view libc_version(Env&) {
#ifdef _CS_GNU_LIBC_VERSION
  static char text[64];
  constexpr std::string_view kPrefix = "glibc ";
  size_t length = ::confstr(_CS_GNU_LIBC_VERSION, text, sizeof text);
  std::string_view version(text, length > 0 && length <= sizeof text ? length - 1 : 0);
  if (version.starts_with(kPrefix)) return version.substr(kPrefix.size());
#endif
  return {};
}

// environmentOptions(): what NODE_OPTIONS may have: [name, whether it can be turned off by
// "--no-"].
v8::Local<v8::Array> environment_options(Env& env) {
  std::vector<v8::Local<v8::Value>> list;
  for (const KnownOption& option : known_options()) {
    if (!option.in_environment) continue;
    v8::Local<v8::Value> pair[] = {
        env.string(option.name), v8::Boolean::New(env.isolate(), option.kind == OptionKind::kFlag)};
    list.push_back(v8::Array::New(env.isolate(), pair, 2));
  }
  return v8::Array::New(env.isolate(), list.data(), list.size());
}

v8::Local<v8::String> v8_version(Env& env) { return env.string(v8::V8::GetVersion()); }

constexpr Method kMethods[] = {
    fn<&cwd>("cwd"),
    fn<&chdir>("chdir"),
    fn<&really_exit>("reallyExit"),
    fn<&abort_process>("abort"),
    raw("hrtimeBigInt", hrtime_bigint),
    fn<&hrtime>("hrtime"),
    fn<&pid>("pid"),
    fn<&ppid>("ppid"),
    fn<&environment>("environment"),
    fn<&set_environment>("setEnvironment"),
    fn<&unset_environment>("unsetEnvironment"),
    fn<&executable>("executable"),
    fn<&about>("about"),
    fn<&libc_version>("libcVersion"),
    fn<&environment_options>("environmentOptions"),
    fn<&v8_version>("v8Version"),
};

}  // namespace

extern const Binding kProcessBinding = {"process", kMethods, {}, nullptr};

}  // namespace node::js
