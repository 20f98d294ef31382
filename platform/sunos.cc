// Solaris and illumos: kstat(3KSTAT), proc(5).
#include <kstat.h>
#include <procfs.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utmpx.h>

#include <climits>
#include <cstring>
#include <memory>

#include "core/base/fd.h"
#include "platform/close_on_exec.h"
#include "platform/platform.h"

namespace node::platform {

namespace {

// The kernel's statistics, a chain of groups each of which is read on demand.
struct StatsCloser {
  void operator()(kstat_ctl_t* c) const { ::kstat_close(c); }
};
using Stats = std::unique_ptr<kstat_ctl_t, StatsCloser>;

const kstat_named_t* find(kstat_t* group, const char* name) {
  return static_cast<const kstat_named_t*>(::kstat_data_lookup(group, const_cast<char*>(name)));
}

uint64_t milliseconds(kstat_t* group, const char* name) {
  const kstat_named_t* nanoseconds = find(group, name);
  return nanoseconds == nullptr ? 0 : nanoseconds->value.ui64 / 1000000;
}

void read_times(kstat_t* group, Cpu* cpu) {
  cpu->user_ms = milliseconds(group, "cpu_nsec_user");
  cpu->system_ms = milliseconds(group, "cpu_nsec_kernel");
  cpu->idle_ms = milliseconds(group, "cpu_nsec_idle");
  cpu->irq_ms = milliseconds(group, "cpu_nsec_intr");
}

void read_model(kstat_ctl_t* stats, int instance, Cpu* cpu) {
  kstat_t* group = ::kstat_lookup(stats, const_cast<char*>("cpu_info"), instance, nullptr);
  if (group == nullptr || ::kstat_read(stats, group, nullptr) == -1) return;
  if (const kstat_named_t* mhz = find(group, "clock_MHz")) {
    cpu->speed_mhz = static_cast<int>(mhz->value.l);
  }
  if (const kstat_named_t* brand = find(group, "brand"); brand != nullptr) {
    if (brand->data_type == KSTAT_DATA_STRING) cpu->model = KSTAT_NAMED_STR_PTR(brand);
  }
}

uint64_t pages(int which) {
  return static_cast<uint64_t>(::sysconf(which)) * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

std::vector<Cpu> cpus() {
  std::vector<Cpu> all;
  Stats stats(::kstat_open());
  if (stats == nullptr) return all;
  for (kstat_t* group = stats->kc_chain; group != nullptr; group = group->ks_next) {
    if (std::strcmp(group->ks_module, "cpu") != 0 || std::strcmp(group->ks_name, "sys") != 0) {
      continue;
    }
    if (::kstat_read(stats.get(), group, nullptr) == -1) continue;
    Cpu cpu;
    cpu.model = "unknown";
    read_times(group, &cpu);
    read_model(stats.get(), group->ks_instance, &cpu);
    all.push_back(cpu);
  }
  return all;
}

uint64_t total_memory() { return pages(_SC_PHYS_PAGES); }
uint64_t free_memory() { return pages(_SC_AVPHYS_PAGES); }

Memory process_memory() {
  Fd file(::open("/proc/self/psinfo", O_RDONLY | O_CLOEXEC));
  psinfo_t info;
  if (!file.valid() || ::read(file.get(), &info, sizeof info) != sizeof info) return {};
  return {uint64_t{info.pr_rssize} * 1024, uint64_t{info.pr_size} * 1024};
}

// The record of the boot: the monotonic clock of a zone may begin elsewhere.
double uptime_s() {
  double boot = 0;
  ::setutxent();
  while (const utmpx* entry = ::getutxent()) {
    if (entry->ut_type == BOOT_TIME) boot = static_cast<double>(entry->ut_tv.tv_sec);
  }
  ::endutxent();
  return boot == 0 ? 0 : static_cast<double>(std::time(nullptr)) - boot;
}

std::string executable_path() {
  char path[PATH_MAX];
  ssize_t n = ::readlink("/proc/self/path/a.out", path, sizeof path);
  return n > 0 ? std::string(path, static_cast<size_t>(n)) : std::string();
}

// fdwalk(3C) allocates, which the child of vfork(2) must not.
void mark_inherited_close_on_exec(int first) {
  rlimit limit;
  bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536;
  set_close_on_exec(first, known ? static_cast<int>(limit.rlim_cur) : 65536);
}

int64_t file_system_type(const char*) { return 0; }

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
