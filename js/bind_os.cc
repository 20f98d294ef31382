// os: what the machine and its users are.
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "js/bind.h"
#include "platform/platform.h"

namespace node::js {

namespace {

v8::MaybeLocal<v8::String> hostname(Env& env) {
  char name[256 + 1];
  if (::gethostname(name, sizeof name) != 0) {
    throw_system_error(env, last_error("gethostname"));
    return {};
  }
  name[sizeof name - 1] = '\0';
  return env.string(name);
}

// uname(): [sysname, release, version, machine].
v8::MaybeLocal<v8::Array> system_names(Env& env) {
  utsname names;
  if (::uname(&names) < 0) {
    throw_system_error(env, last_error("uname"));
    return {};
  }
  v8::Local<v8::Value> list[] = {env.string(names.sysname), env.string(names.release),
                                 env.string(names.version), env.string(names.machine)};
  return v8::Array::New(env.isolate(), list, std::size(list));
}

double uptime(Env&) { return platform::uptime_s(); }
double total_memory(Env&) { return static_cast<double>(platform::total_memory()); }
double free_memory(Env&) { return static_cast<double>(platform::free_memory()); }

v8::Local<v8::Array> load_average(Env& env) {
  double load[3];
  platform::load_averages(load);
  v8::Local<v8::Value> list[3];
  for (int i = 0; i < 3; ++i) list[i] = v8::Number::New(env.isolate(), load[i]);
  return v8::Array::New(env.isolate(), list, 3);
}

// cpus(): flat, seven a processor: model, MHz, user, nice, sys, idle, irq (milliseconds).
v8::Local<v8::Array> cpus(Env& env) {
  std::vector<v8::Local<v8::Value>> flat;
  auto number = [&](double n) { flat.push_back(v8::Number::New(env.isolate(), n)); };
  for (const platform::Cpu& cpu : platform::cpus()) {
    flat.push_back(env.string(cpu.model));
    number(cpu.speed_mhz);
    for (uint64_t ms : {cpu.user_ms, cpu.nice_ms, cpu.system_ms, cpu.idle_ms, cpu.irq_ms}) {
      number(static_cast<double>(ms));
    }
  }
  return v8::Array::New(env.isolate(), flat.data(), flat.size());
}

std::string address_text(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text,
              sizeof text);
  }
  return text;
}

std::string hardware_text(const ifaddrs* all, const char* name) {
  uint8_t bytes[6] = {};
  for (const ifaddrs* i = all; i != nullptr; i = i->ifa_next) {
    if (std::strcmp(i->ifa_name, name) == 0 && platform::hardware_address(i, bytes)) break;
  }
  char text[18];
  std::snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", bytes[0], bytes[1], bytes[2],
                bytes[3], bytes[4], bytes[5]);
  return text;
}

// networkInterfaces(): flat, seven an address: name, address, netmask, family, mac, internal,
// scopeid or -1.
v8::MaybeLocal<v8::Array> network_interfaces(Env& env) {
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) {
    throw_system_error(env, last_error("getifaddrs"));
    return {};
  }
  std::vector<v8::Local<v8::Value>> flat;
  for (const ifaddrs* i = all; i != nullptr; i = i->ifa_next) {
    if (i->ifa_addr == nullptr || (i->ifa_flags & IFF_UP) == 0) continue;
    bool six = i->ifa_addr->sa_family == AF_INET6;
    if (!six && i->ifa_addr->sa_family != AF_INET) continue;
    flat.push_back(env.string(i->ifa_name));
    flat.push_back(env.string(address_text(i->ifa_addr)));
    flat.push_back(
        env.string(i->ifa_netmask == nullptr ? std::string() : address_text(i->ifa_netmask)));
    flat.push_back(env.name(six ? "IPv6" : "IPv4"));
    flat.push_back(env.string(hardware_text(all, i->ifa_name)));
    flat.push_back(v8::Boolean::New(env.isolate(), (i->ifa_flags & IFF_LOOPBACK) != 0));
    double scope = -1;
    if (six) scope = reinterpret_cast<const sockaddr_in6*>(i->ifa_addr)->sin6_scope_id;
    flat.push_back(v8::Number::New(env.isolate(), scope));
  }
  ::freeifaddrs(all);
  return v8::Array::New(env.isolate(), flat.data(), flat.size());
}

// userInfo(): [username, uid, gid, shell, homedir] of the effective user.
v8::MaybeLocal<v8::Array> user_info(Env& env) {
  std::vector<char> memory(4096);
  passwd entry;
  passwd* found = nullptr;
  int rc;
  while ((rc = ::getpwuid_r(::geteuid(), &entry, memory.data(), memory.size(), &found)) == ERANGE) {
    memory.resize(memory.size() * 2);
  }
  if (rc != 0 || found == nullptr) {
    throw_system_error(env, Error(rc != 0 ? rc : ENOENT, "uv_os_get_passwd"));
    return {};
  }
  v8::Local<v8::Value> list[] = {env.string(entry.pw_name),
                                 v8::Number::New(env.isolate(), entry.pw_uid),
                                 v8::Number::New(env.isolate(), entry.pw_gid),
                                 env.string(entry.pw_shell), env.string(entry.pw_dir)};
  return v8::Array::New(env.isolate(), list, std::size(list));
}

// getPriority(pid), setPriority(pid, priority): -20 to 19.
Result<int32_t> get_priority(Env&, int32_t pid) {
  errno = 0;
  int priority = ::getpriority(PRIO_PROCESS, static_cast<id_t>(pid));
  if (priority == -1 && errno != 0) return last_error("uv_os_getpriority");
  return priority;
}

Result<void> set_priority(Env&, int32_t pid, int32_t priority) {
  if (::setpriority(PRIO_PROCESS, static_cast<id_t>(pid), priority) != 0) {
    return last_error("uv_os_setpriority");
  }
  return {};
}

constexpr Method kMethods[] = {
    fn<&hostname>("hostname"),
    fn<&system_names>("uname"),
    fn<&uptime>("uptime"),
    fn<&total_memory>("totalmem"),
    fn<&free_memory>("freemem"),
    fn<&load_average>("loadavg"),
    fn<&cpus>("cpus"),
    fn<&network_interfaces>("networkInterfaces"),
    fn<&user_info>("userInfo"),
    fn<&get_priority>("getPriority"),
    fn<&set_priority>("setPriority"),
};

struct SignalName {
  const char* name;
  int number;
};
#define S(name) \
  { #name, name }
constexpr SignalName kSignals[] = {
    S(SIGHUP),           S(SIGINT),  S(SIGQUIT),   S(SIGILL),  S(SIGTRAP),  S(SIGABRT),
    {"SIGIOT", SIGABRT}, S(SIGBUS),  S(SIGFPE),    S(SIGKILL), S(SIGUSR1),  S(SIGSEGV),
    S(SIGUSR2),          S(SIGPIPE), S(SIGALRM),   S(SIGTERM), S(SIGCHLD),
#ifdef SIGSTKFLT
    S(SIGSTKFLT),
#endif
    S(SIGCONT),          S(SIGSTOP), S(SIGTSTP),   S(SIGTTIN), S(SIGTTOU),  S(SIGURG),
    S(SIGXCPU),          S(SIGXFSZ), S(SIGVTALRM), S(SIGPROF), S(SIGWINCH), S(SIGIO),
#ifdef SIGPOLL
    S(SIGPOLL),
#endif
#ifdef SIGPWR
    S(SIGPWR),
#endif
#ifdef SIGINFO
    S(SIGINFO),
#endif
    S(SIGSYS),
};
#undef S

// What os.constants.errno lists: fewer than the system knows, the same on every system.
struct ErrnoName {
  const char* name;
  int code;
};
#define E(name) \
  { #name, name }
constexpr ErrnoName kErrnos[] = {
    E(E2BIG),        E(EACCES),
    E(EADDRINUSE),   E(EADDRNOTAVAIL),
    E(EAFNOSUPPORT), E(EAGAIN),
    E(EALREADY),     E(EBADF),
    E(EBADMSG),      E(EBUSY),
    E(ECANCELED),    E(ECHILD),
    E(ECONNABORTED), E(ECONNREFUSED),
    E(ECONNRESET),   E(EDEADLK),
    E(EDESTADDRREQ), E(EDOM),
    E(EDQUOT),       E(EEXIST),
    E(EFAULT),       E(EFBIG),
    E(EHOSTUNREACH), E(EIDRM),
    E(EILSEQ),       E(EINPROGRESS),
    E(EINTR),        E(EINVAL),
    E(EIO),          E(EISCONN),
    E(EISDIR),       E(ELOOP),
    E(EMFILE),       E(EMLINK),
    E(EMSGSIZE),
#ifdef EMULTIHOP
    E(EMULTIHOP),
#endif
    E(ENAMETOOLONG), E(ENETDOWN),
    E(ENETRESET),    E(ENETUNREACH),
    E(ENFILE),       E(ENOBUFS),
#ifdef ENODATA
    E(ENODATA),
#endif
    E(ENODEV),       E(ENOENT),
    E(ENOEXEC),      E(ENOLCK),
#ifdef ENOLINK
    E(ENOLINK),
#endif
    E(ENOMEM),       E(ENOMSG),
    E(ENOPROTOOPT),  E(ENOSPC),
#ifdef ENOSR
    E(ENOSR),
#endif

#ifdef ENOSTR
    E(ENOSTR),
#endif
    E(ENOSYS),       E(ENOTCONN),
    E(ENOTDIR),      E(ENOTEMPTY),
    E(ENOTSOCK),     E(ENOTSUP),
    E(ENOTTY),       E(ENXIO),
    E(EOPNOTSUPP),   E(EOVERFLOW),
    E(EPERM),        E(EPIPE),
    E(EPROTO),       E(EPROTONOSUPPORT),
    E(EPROTOTYPE),   E(ERANGE),
    E(EROFS),        E(ESPIPE),
    E(ESRCH),        E(ESTALE),
#ifdef ETIME
    E(ETIME),
#endif
    E(ETIMEDOUT),    E(ETXTBSY),
    E(EWOULDBLOCK),  E(EXDEV),
};
#undef E

void init(Env& env, v8::Local<v8::Object> target) {
  v8::Local<v8::Object> signals = v8::Object::New(env.isolate());
  for (const SignalName& s : kSignals) set_constant(env, signals, s.name, s.number);
  ignore(target->Set(env.context(), env.name("signals"), signals));
  v8::Local<v8::Object> errnos = v8::Object::New(env.isolate());
  for (const ErrnoName& e : kErrnos) set_constant(env, errnos, e.name, e.code);
  ignore(target->Set(env.context(), env.name("errnos"), errnos));
}

}  // namespace

extern const Binding kOsBinding = {"os", kMethods, {}, init};

}  // namespace node::js
