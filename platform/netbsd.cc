// NetBSD: sysctl(3), fcntl(2).
#include <sys/param.h>
#include <sys/sched.h>
#include <sys/time.h>
#include <unistd.h>
#include <uvm/uvm_extern.h>

#include "platform/close_on_exec.h"
#include "platform/platform.h"
#include "platform/since_boot.h"
#include "platform/sysctl_name.h"
#include "platform/ticks.h"
#include "platform/uvm.h"

namespace node::platform {

namespace {

uint64_t page_bytes() { return static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)); }

}  // namespace

std::vector<Cpu> cpus() {
  std::vector<Cpu> all;
  std::string model = sysctl_named_text("machdep.cpu_brand");
  if (model.empty()) model = sysctl_text({CTL_HW, HW_MODEL});
  int speed_mhz = static_cast<int>(sysctl_named<uint64_t>("machdep.tsc_freq") / 1000000);
  clockinfo clock;
  sysctl_value({CTL_KERN, KERN_CLOCKRATE}, &clock);
  int count = sysctl_named<int>("hw.ncpuonline");
  for (int i = 0; i < count; ++i) {
    uint64_t t[CPUSTATES];
    size_t size = sizeof t;
    int name[] = {CTL_KERN, KERN_CP_TIME, i};
    if (::sysctl(name, 3, t, &size, nullptr, 0) != 0) break;
    Ticks spent = {t[CP_USER], t[CP_NICE], t[CP_SYS], t[CP_IDLE], t[CP_INTR]};
    all.push_back(cpu_of(model, speed_mhz, spent, static_cast<uint64_t>(clock.stathz)));
  }
  return all;
}

uint64_t total_memory() { return physical_memory(); }
uint64_t free_memory() { return available_memory<uvmexp_sysctl>(VM_UVMEXP2); }

Memory process_memory() {
  kinfo_proc2 info;
  int size = static_cast<int>(sizeof info);
  if (!sysctl_value({CTL_KERN, KERN_PROC2, KERN_PROC_PID, ::getpid(), size, 1}, &info)) return {};
  return {static_cast<uint64_t>(info.p_vm_rssize) * page_bytes(),
          static_cast<uint64_t>(info.p_vm_msize) * page_bytes()};
}

double uptime_s() { return since_boot_s(); }

std::string executable_path() {
  return sysctl_text({CTL_KERN, KERN_PROC_ARGS, -1, KERN_PROC_PATHNAME});
}

void mark_inherited_close_on_exec(int first) { set_close_on_exec(first, ::fcntl(0, F_MAXFD) + 1); }

int64_t file_system_type(const char*) { return 0; }

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
