// Darwin (macOS): Mach's host and task ports, sysctl(3), dyld(3).
#include <fcntl.h>
#include <libproc.h>
#include <mach-o/dyld.h>
#include <mach/mach.h>
#include <mach/processor_info.h>
#include <sys/mount.h>
#include <sys/param.h>
#include <sys/proc_info.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "platform/close_on_exec.h"
#include "platform/platform.h"
#include "platform/sysctl_name.h"
#include "platform/ticks.h"

namespace node::platform {

std::vector<Cpu> cpus() {
  natural_t count = 0;
  processor_info_array_t info = nullptr;
  mach_msg_type_number_t words = 0;
  mach_port_t host = ::mach_host_self();
  if (::host_processor_info(host, PROCESSOR_CPU_LOAD_INFO, &count, &info, &words) != KERN_SUCCESS) {
    return {};
  }
  std::string model = sysctl_named_text("machdep.cpu.brand_string");
  // Processors of ARM do not tell.
  int speed_mhz = static_cast<int>(sysctl_named<uint64_t>("hw.cpufrequency") / 1000000);
  auto rate = static_cast<uint64_t>(::sysconf(_SC_CLK_TCK));
  std::vector<Cpu> all;
  const auto* load = reinterpret_cast<const processor_cpu_load_info*>(info);
  for (natural_t i = 0; i < count; ++i) {
    const unsigned* t = load[i].cpu_ticks;
    Ticks spent = {t[CPU_STATE_USER], t[CPU_STATE_NICE], t[CPU_STATE_SYSTEM], t[CPU_STATE_IDLE], 0};
    all.push_back(cpu_of(model, speed_mhz, spent, rate));
  }
  ::vm_deallocate(mach_task_self(), reinterpret_cast<vm_address_t>(info), words * sizeof *info);
  return all;
}

uint64_t total_memory() { return sysctl_named<uint64_t>("hw.memsize"); }

// What was not used for long is given away as soon as somebody asks.
uint64_t free_memory() {
  vm_statistics64_data_t info;
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  auto* words = reinterpret_cast<host_info64_t>(&info);
  if (::host_statistics64(::mach_host_self(), HOST_VM_INFO64, words, &count) != KERN_SUCCESS) {
    return 0;
  }
  return (uint64_t{info.free_count} + info.inactive_count) *
         static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

Memory process_memory() {
  mach_task_basic_info info;
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  auto* words = reinterpret_cast<task_info_t>(&info);
  if (::task_info(mach_task_self(), MACH_TASK_BASIC_INFO, words, &count) != KERN_SUCCESS) return {};
  return {info.resident_size, info.virtual_size};
}

// The monotonic clock stands still while the machine sleeps; the record of the boot does not.
double uptime_s() {
  timeval boot;
  if (!sysctl_value({CTL_KERN, KERN_BOOTTIME}, &boot)) return 0;
  timespec now;
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec - boot.tv_sec) +
         static_cast<double>(now.tv_nsec / 1000 - boot.tv_usec) / 1e6;
}

std::string executable_path() {
  char path[PATH_MAX], real[PATH_MAX];
  uint32_t size = sizeof path;
  if (::_NSGetExecutablePath(path, &size) != 0) return {};
  return ::realpath(path, real) == nullptr ? path : real;
}

// The kernel lists what is open. More than the list has room for means trying all.
void mark_inherited_close_on_exec(int first) {
  proc_fdinfo open[1024];
  int bytes = ::proc_pidinfo(::getpid(), PROC_PIDLISTFDS, 0, open, sizeof open);
  if (bytes <= 0 || bytes == static_cast<int>(sizeof open)) {
    return set_close_on_exec(first, ::getdtablesize());
  }
  for (int i = 0; i < bytes / static_cast<int>(sizeof open[0]); ++i) {
    if (open[i].proc_fd >= first) ::fcntl(open[i].proc_fd, F_SETFD, FD_CLOEXEC);
  }
}

int64_t file_system_type(const char* path) {
  struct statfs s;
  return ::statfs(path, &s) == 0 ? s.f_type : 0;
}

// fsync(2) here leaves the bytes in the drive's memory; file systems of others may know no better.
int sync_file(int fd) {
  int rc = ::fcntl(fd, F_FULLFSYNC);
  return rc == 0 ? 0 : ::fsync(fd);
}

}  // namespace node::platform
