// Linux: proc(5), sysinfo(2), packet(7).
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/close_range.h>
#include <linux/if_packet.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "core/base/fd.h"
#include "platform/platform.h"

namespace node::platform {

namespace {

struct FileCloser {
  void operator()(FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<FILE, FileCloser>;

// The value of "name:   value" in /proc/cpuinfo, or nullptr.
const char* field(const char* line, const char* name) {
  size_t n = std::strlen(name);
  if (std::strncmp(line, name, n) != 0) return nullptr;
  const char* colon = std::strchr(line + n, ':');
  return colon == nullptr ? nullptr : colon + (colon[1] == ' ' ? 2 : 1);
}

// A number of kilobytes from /proc/meminfo, in bytes.
uint64_t meminfo(const char* name) {
  File file(std::fopen("/proc/meminfo", "re"));
  char line[256];
  while (file && std::fgets(line, sizeof line, file.get()) != nullptr) {
    unsigned long long kb;
    if (const char* value = field(line, name);
        value != nullptr && std::sscanf(value, "%llu", &kb) == 1) {
      return kb * 1024;
    }
  }
  return 0;
}

// The memory of argv, which ps(1) shows.
char* title_room = nullptr;
size_t title_room_bytes = 0;

}  // namespace

std::vector<Cpu> cpus() {
  std::vector<Cpu> all;
  uint64_t ms_per_tick = 1000 / static_cast<uint64_t>(sysconf(_SC_CLK_TCK));
  char line[1024];
  if (File stat{std::fopen("/proc/stat", "re")}) {
    while (std::fgets(line, sizeof line, stat.get()) != nullptr) {
      unsigned index;
      unsigned long long user, nice, system, idle, iowait, irq;
      // The first line is the sum of all.
      if (line[3] == ' ' || std::sscanf(line, "cpu%u %llu %llu %llu %llu %llu %llu", &index, &user,
                                        &nice, &system, &idle, &iowait, &irq) != 7) {
        continue;
      }
      Cpu cpu;
      cpu.model = "unknown";
      cpu.user_ms = user * ms_per_tick;
      cpu.nice_ms = nice * ms_per_tick;
      cpu.system_ms = system * ms_per_tick;
      cpu.idle_ms = idle * ms_per_tick;
      cpu.irq_ms = irq * ms_per_tick;
      all.push_back(cpu);
    }
  }
  size_t models = 0, speeds = 0;
  if (File info{std::fopen("/proc/cpuinfo", "re")}) {
    while (std::fgets(line, sizeof line, info.get()) != nullptr) {
      line[std::strcspn(line, "\n")] = '\0';
      if (const char* model = field(line, "model name"); model != nullptr && models < all.size()) {
        all[models++].model = model;
      } else if (const char* mhz = field(line, "cpu MHz"); mhz != nullptr && speeds < all.size()) {
        all[speeds++].speed_mhz = std::atoi(mhz);
      }
    }
  }
  return all;
}

uint64_t total_memory() { return meminfo("MemTotal"); }
uint64_t free_memory() { return meminfo("MemAvailable"); }

// Of control groups, version 2 and 1, as they look from within a container.
uint64_t constrained_memory() {
  for (const char* path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    File file(std::fopen(path, "re"));
    unsigned long long bytes;
    // "max", or a number beyond any memory, means no limit.
    if (file && std::fscanf(file.get(), "%llu", &bytes) == 1 && bytes < (1ull << 60)) return bytes;
  }
  return 0;
}

Memory process_memory() {
  Memory memory;
  File file(std::fopen("/proc/self/statm", "re"));
  unsigned long long size, resident;
  if (file && std::fscanf(file.get(), "%llu %llu", &size, &resident) == 2) {
    uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    memory.virtual_size = size * page;
    memory.resident = resident * page;
  }
  return memory;
}

double uptime_s() {
  timespec t;
  if (clock_gettime(CLOCK_BOOTTIME, &t) != 0) return 0;
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

std::string executable_path() {
  char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path);
  return n > 0 ? std::string(path, static_cast<size_t>(n)) : std::string();
}

bool hardware_address(const ifaddrs* entry, uint8_t out[6]) {
  if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_PACKET) return false;
  const sockaddr_ll* link = reinterpret_cast<const sockaddr_ll*>(entry->ifa_addr);
  std::memcpy(out, link->sll_addr, 6);
  return true;
}

void keep_title_room(int argc, char** argv) {
  if (argc == 0) return;
  title_room = argv[0];
  title_room_bytes =
      static_cast<size_t>(argv[argc - 1] + std::strlen(argv[argc - 1]) + 1 - argv[0]);
}

void set_title(const std::string& title) {
  prctl(PR_SET_NAME, title.c_str());
  if (title_room_bytes == 0) return;
  std::memset(title_room, 0, title_room_bytes);
  std::memcpy(title_room, title.data(), std::min(title.size(), title_room_bytes - 1));
}

void mark_inherited_close_on_exec(int first) {
#if defined(SYS_close_range) && defined(CLOSE_RANGE_CLOEXEC)
  if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
#endif
  // A kernel before 5.11: those that a shell may have left open.
  for (int fd = first; fd < 1024; ++fd) fcntl(fd, F_SETFD, FD_CLOEXEC);
}

ssize_t read_cached(int fd, const iovec* parts, int count, int64_t position) {
#if defined(RWF_NOWAIT)
  return preadv2(fd, parts, count, position < 0 ? -1 : position, RWF_NOWAIT);
#else
  (void)fd, (void)parts, (void)count, (void)position;
  errno = EAGAIN;
  return -1;
#endif
}

#if defined(SYS_openat2) && defined(RESOLVE_CACHED)
namespace {

// Disks of this machine, and memory: what is cached needs nobody else.
bool is_local_kind(uint32_t type) {
  switch (type) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case TMPFS_MAGIC:
    case RAMFS_MAGIC:
    case OVERLAYFS_SUPER_MAGIC:
    case SQUASHFS_MAGIC:
      return true;
    default:
      return false;
  }
}

bool is_local(const struct stat& s, int fd) {
  struct Device {
    dev_t id;
    bool local;
  };
  static thread_local std::vector<Device> known;
  for (const Device& device : known) {
    if (device.id == s.st_dev) return device.local;
  }
  struct statfs system;
  if (fstatfs(fd, &system) != 0) return false;
  // A machine that mounts and unmounts all day must not make this long.
  if (known.size() >= 32) known.clear();
  known.push_back({s.st_dev, is_local_kind(static_cast<uint32_t>(system.f_type))});
  return known.back().local;
}

int open_resolved(const char* path, int flags) {
  open_how how = {};
  how.flags = static_cast<uint64_t>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_CACHED;
  return static_cast<int>(syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how));
}

int refuse() {
  errno = EAGAIN;
  return -1;
}

int find(const char* path, bool follow_link, struct stat* s) {
  Fd fd(open_resolved(path, O_PATH | (follow_link ? 0 : O_NOFOLLOW)));
  if (!fd.valid()) return errno == ENOENT ? -1 : refuse();
  if (fstat(fd.get(), s) != 0 || !is_local(*s, fd.get())) return refuse();
  return fd.release();
}

}  // namespace

int find_cached(const char* path, bool follow_link) {
  struct stat s;
  return find(path, follow_link, &s);
}

int open_cached(const char* path, int flags) {
  constexpr int kHarmless = O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC | O_NOCTTY | O_LARGEFILE;
  if ((flags & ~kHarmless) != O_RDONLY) return refuse();
  // To open a pipe or a device has effects, so it is looked at first.
  struct stat s;
  Fd found(find(path, (flags & O_NOFOLLOW) == 0, &s));
  if (!found.valid() || !S_ISREG(s.st_mode)) return refuse();
  // Another file may have its name by now: even so nothing waits.
  int fd = open_resolved(path, flags | O_NONBLOCK);
  if (fd < 0) return refuse();
  (void)fcntl(fd, F_SETFL, flags & ~O_CLOEXEC);
  return fd;
}

bool close_cached(int fd) {
  struct stat s;
  int flags = fcntl(fd, F_GETFL);
  if (flags == -1 || (flags & O_ACCMODE) != O_RDONLY || fstat(fd, &s) != 0) return false;
  // The last close of a removed file frees its blocks, which may be many.
  if (!S_ISREG(s.st_mode) || s.st_nlink == 0 || !is_local(s, fd)) return false;
  return ::close(fd) == 0;
}
#else
int find_cached(const char* path, bool follow_link) {
  (void)path, (void)follow_link;
  errno = EAGAIN;
  return -1;
}
int open_cached(const char* path, int) { return find_cached(path, true); }
bool close_cached(int) { return false; }
#endif

}  // namespace node::platform
