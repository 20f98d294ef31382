// OpenBSD: sysctl(2), getdtablecount(2).
#include <fcntl.h>
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/sched.h>
#include <sys/time.h>
#include <unistd.h>
#include <uvm/uvmexp.h>

#include <climits>
#include <cstdlib>
#include <cstring>

#include "platform/platform.h"
#include "platform/since_boot.h"
#include "platform/sysctl.h"
#include "platform/ticks.h"
#include "platform/uvm.h"

namespace node::platform {

namespace {

uint64_t page_bytes() { return static_cast<uint64_t>(::getpagesize()); }

// argv[0] as the kernel keeps it.
std::string invoked_as() {
  alignas(char*) char room[8192];
  int name[] = {CTL_KERN, KERN_PROC_ARGS, ::getpid(), KERN_PROC_ARGV};
  size_t size = sizeof room;
  if (::sysctl(name, 4, room, &size, nullptr, 0) != 0) return {};
  const char* first;
  std::memcpy(&first, room, sizeof first);
  return first == nullptr ? "" : first;
}

bool resolve(const std::string& path, std::string* out) {
  char real[PATH_MAX];
  if (::access(path.c_str(), X_OK) != 0 || ::realpath(path.c_str(), real) == nullptr) return false;
  *out = real;
  return true;
}

// To be asked before the program changes its folder or its PATH.
std::string find_executable() {
  std::string name = invoked_as(), found;
  if (name.find('/') != std::string::npos) return resolve(name, &found) ? found : "";
  const char* path = std::getenv("PATH");
  if (name.empty() || path == nullptr) return "";
  for (const char* at = path;;) {
    size_t n = std::strcspn(at, ":");
    std::string folder = n == 0 ? "." : std::string(at, n);
    if (resolve(folder + "/" + name, &found) || at[n] == '\0') return found;
    at += n + 1;
  }
}

}  // namespace

std::vector<Cpu> cpus() {
  std::vector<Cpu> all;
  std::string model = sysctl_text({CTL_HW, HW_MODEL});
  int speed_mhz, count;
  sysctl_value({CTL_HW, HW_CPUSPEED}, &speed_mhz);
  sysctl_value({CTL_HW, HW_NCPU}, &count);
  clockinfo clock;
  sysctl_value({CTL_KERN, KERN_CLOCKRATE}, &clock);
  for (int i = 0; i < count; ++i) {
    cpustats stats;
    if (!sysctl_value({CTL_KERN, KERN_CPUSTATS, i}, &stats)) continue;
    if ((stats.cs_flags & CPUSTATS_ONLINE) == 0) continue;
    const uint64_t* t = stats.cs_time;
    Ticks spent = {t[CP_USER], t[CP_NICE], t[CP_SYS], t[CP_IDLE], t[CP_INTR]};
    all.push_back(cpu_of(model, speed_mhz, spent, static_cast<uint64_t>(clock.stathz)));
  }
  return all;
}

uint64_t total_memory() { return physical_memory(); }
uint64_t free_memory() { return available_memory<struct uvmexp>(VM_UVMEXP); }

Memory process_memory() {
  kinfo_proc info;
  int size = static_cast<int>(sizeof info);
  if (!sysctl_value({CTL_KERN, KERN_PROC, KERN_PROC_PID, ::getpid(), size, 1}, &info)) return {};
  return {static_cast<uint64_t>(info.p_vm_rssize) * page_bytes(),
          static_cast<uint64_t>(info.p_vm_map_size)};
}

double uptime_s() { return since_boot_s(); }

// The kernel does not know; what started this process did, by its name and PATH.
std::string executable_path() { return find_executable(); }

// As many are open as the kernel has counted: no need to try all that could be.
void mark_inherited_close_on_exec(int first) {
  int left = ::getdtablecount();
  int end = ::getdtablesize();
  for (int fd = 0; left > 0 && fd < end; ++fd) {
    if (::fcntl(fd, F_GETFD) < 0) continue;
    --left;
    if (fd >= first) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
}

int64_t file_system_type(const char*) { return 0; }

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
