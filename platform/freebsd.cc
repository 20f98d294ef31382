// FreeBSD: sysctl(3), close_range(2), statfs(2).
#include <sys/param.h>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/user.h>
#include <unistd.h>

#include "platform/close_on_exec.h"
#include "platform/platform.h"
#include "platform/since_boot.h"
#include "platform/sysctl_name.h"
#include "platform/ticks.h"

namespace node::platform {

namespace {

uint64_t page_bytes() { return static_cast<uint64_t>(::getpagesize()); }

}  // namespace

std::vector<Cpu> cpus() {
  int count = sysctl_named<int>("hw.ncpu");
  std::vector<long> ticks(static_cast<size_t>(count) * CPUSTATES);
  size_t size = ticks.size() * sizeof ticks[0];
  if (::sysctlbyname("kern.cp_times", ticks.data(), &size, nullptr, 0) != 0) return {};
  std::string model = sysctl_named_text("hw.model");
  int speed_mhz = sysctl_named<int>("hw.clockrate");
  auto rate = static_cast<uint64_t>(sysctl_named<clockinfo>("kern.clockrate").stathz);
  std::vector<Cpu> all;
  for (const long* t = ticks.data(); t < ticks.data() + ticks.size(); t += CPUSTATES) {
    auto of = [t](int state) { return static_cast<uint64_t>(t[state]); };
    Ticks spent = {of(CP_USER), of(CP_NICE), of(CP_SYS), of(CP_IDLE), of(CP_INTR)};
    all.push_back(cpu_of(model, speed_mhz, spent, rate));
  }
  return all;
}

// hw.physmem is an unsigned long.
uint64_t total_memory() { return sysctl_named<unsigned long>("hw.physmem"); }

// What was not used for long is given away as soon as somebody asks.
uint64_t free_memory() {
  uint64_t pages = sysctl_named<unsigned>("vm.stats.vm.v_free_count");
  return (pages + sysctl_named<unsigned>("vm.stats.vm.v_inactive_count")) * page_bytes();
}

Memory process_memory() {
  kinfo_proc info;
  if (!sysctl_value({CTL_KERN, KERN_PROC, KERN_PROC_PID, ::getpid()}, &info)) return {};
  return {static_cast<uint64_t>(info.ki_rssize) * page_bytes(), info.ki_size};
}

double uptime_s() { return since_boot_s(); }

std::string executable_path() { return sysctl_text({CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1}); }

// close_range(2) marks instead of closing since 13.1.
void mark_inherited_close_on_exec(int first) {
  if (::close_range(static_cast<unsigned>(first), ~0u, CLOSE_RANGE_CLOEXEC) == 0) return;
  set_close_on_exec(first, ::getdtablesize());
}

int64_t file_system_type(const char* path) {
  struct statfs s;
  return ::statfs(path, &s) == 0 ? s.f_type : 0;
}

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
