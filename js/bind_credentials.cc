// credentials: who this process acts for, and what it has used.
#include <grp.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "platform/platform.h"

namespace node::js {

namespace {

uint32_t get_uid(Env&) { return ::getuid(); }
uint32_t get_euid(Env&) { return ::geteuid(); }
uint32_t get_gid(Env&) { return ::getgid(); }
uint32_t get_egid(Env&) { return ::getegid(); }

// The number of a user or group given by name; -1 when there is none.
double uid_of(Env&, const Utf8& name) {
  const passwd* entry = ::getpwnam(name.c_str());
  return entry == nullptr ? -1.0 : entry->pw_uid;
}
double gid_of(Env&, const Utf8& name) {
  const group* entry = ::getgrnam(name.c_str());
  return entry == nullptr ? -1.0 : entry->gr_gid;
}

// The name of a user given by number; undefined when there is none.
v8::Local<v8::Value> name_of(Env& env, uint32_t id) {
  const passwd* entry = ::getpwuid(id);
  if (entry == nullptr) return v8::Undefined(env.isolate());
  return env.string(entry->pw_name);
}

// These answer 0 or a negative errno.
int32_t checked(int rc) { return rc == 0 ? 0 : -errno; }
int32_t set_uid(Env&, uint32_t id) { return checked(::setuid(id)); }
int32_t set_euid(Env&, uint32_t id) { return checked(::seteuid(id)); }
int32_t set_gid(Env&, uint32_t id) { return checked(::setgid(id)); }
int32_t set_egid(Env&, uint32_t id) { return checked(::setegid(id)); }
int32_t init_groups(Env&, const Utf8& user, uint32_t gid) {
  return checked(::initgroups(user.c_str(), gid));
}

v8::MaybeLocal<v8::Array> get_groups(Env& env) {
  std::vector<gid_t> ids(static_cast<size_t>(std::max(0, ::getgroups(0, nullptr))));
  int n = ::getgroups(static_cast<int>(ids.size()), ids.data());
  if (n < 0) {
    throw_system_error(env, last_error("getgroups"));
    return {};
  }
  std::vector<v8::Local<v8::Value>> list;
  for (int i = 0; i < n; ++i) list.push_back(v8::Number::New(env.isolate(), ids[i]));
  return v8::Array::New(env.isolate(), list.data(), list.size());
}

int32_t set_groups(Env& env, v8::Local<v8::Array> groups) {
  std::vector<gid_t> ids;
  for (uint32_t i = 0; i < groups->Length(); ++i) {
    v8::Local<v8::Value> id;
    if (!groups->Get(env.context(), i).ToLocal(&id)) return -EINVAL;
    ids.push_back(id->Uint32Value(env.context()).FromMaybe(0));
  }
  return checked(::setgroups(ids.size(), ids.data()));
}

// umask(mask): sets it and returns the old one; a negative mask only asks.
uint32_t umask_of_process(Env&, int32_t mask) {
  if (mask >= 0) return ::umask(static_cast<mode_t>(mask));
  mode_t old = ::umask(0);
  ::umask(old);
  return old;
}

// memoryUsage(out: Float64Array(6)): rss, heapTotal, heapUsed, external, arrayBuffers, vsize;
// bytes.
void memory_usage(Env& env, Bytes out) {
  if (out.size() < 6 * sizeof(double)) return;
  v8::HeapStatistics heap;
  env.isolate()->GetHeapStatistics(&heap);
  platform::Memory memory = platform::process_memory();
  double* values = reinterpret_cast<double*>(out.data());
  values[0] = static_cast<double>(memory.resident);
  values[1] = static_cast<double>(heap.total_heap_size());
  values[2] = static_cast<double>(heap.used_heap_size());
  values[3] = static_cast<double>(heap.external_memory());
  values[4] = static_cast<double>(heap.external_memory());
  values[5] = static_cast<double>(memory.virtual_size);
}

double constrained_memory(Env&) { return static_cast<double>(platform::constrained_memory()); }

double resident(Env&) { return static_cast<double>(platform::process_memory().resident); }

// resourceUsage(out: Float64Array(16)): getrusage(2) in the order of Node's properties.
void resource_usage(Env&, Bytes out) {
  if (out.size() < 16 * sizeof(double)) return;
  rusage r;
  ::getrusage(RUSAGE_SELF, &r);
  double* values = reinterpret_cast<double*>(out.data());
  const double all[16] = {
      static_cast<double>(r.ru_utime.tv_sec) * 1e6 + static_cast<double>(r.ru_utime.tv_usec),
      static_cast<double>(r.ru_stime.tv_sec) * 1e6 + static_cast<double>(r.ru_stime.tv_usec),
      static_cast<double>(r.ru_maxrss),
      static_cast<double>(r.ru_ixrss),
      static_cast<double>(r.ru_idrss),
      static_cast<double>(r.ru_isrss),
      static_cast<double>(r.ru_minflt),
      static_cast<double>(r.ru_majflt),
      static_cast<double>(r.ru_nswap),
      static_cast<double>(r.ru_inblock),
      static_cast<double>(r.ru_oublock),
      static_cast<double>(r.ru_msgsnd),
      static_cast<double>(r.ru_msgrcv),
      static_cast<double>(r.ru_nsignals),
      static_cast<double>(r.ru_nvcsw),
      static_cast<double>(r.ru_nivcsw),
  };
  for (int i = 0; i < 16; ++i) values[i] = all[i];
}

void set_title(Env&, const Utf8& title) { platform::set_title(std::string(title.view())); }

constexpr Method kMethods[] = {
    fn<&get_uid>("getuid"),
    fn<&get_euid>("geteuid"),
    fn<&get_gid>("getgid"),
    fn<&get_egid>("getegid"),
    fn<&uid_of>("uidOf"),
    fn<&gid_of>("gidOf"),
    fn<&name_of>("nameOf"),
    fn<&set_uid>("setuid"),
    fn<&set_euid>("seteuid"),
    fn<&set_gid>("setgid"),
    fn<&set_egid>("setegid"),
    fn<&init_groups>("initgroups"),
    fn<&get_groups>("getgroups"),
    fn<&set_groups>("setgroups"),
    fn<&umask_of_process>("umask"),
    fn<&memory_usage>("memoryUsage"),
    fn<&resident>("rss"),
    fn<&constrained_memory>("constrainedMemory"),
    fn<&resource_usage>("resourceUsage"),
    fn<&set_title>("setTitle"),
};

}  // namespace

extern const Binding kCredentialsBinding = {"credentials", kMethods, {}, nullptr};

}  // namespace node::js
