// Linux: cgroups(7), packet(7), statx(2); procfs.cc has the rest.
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/close_range.h>
#include <linux/fs.h>
#include <linux/if_packet.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/close_on_exec.h"
#include "platform/file.h"
#include "platform/platform.h"
#include "platform/stat_times.h"

namespace node::platform {

namespace {

constexpr const char* kMemoryLimits[] = {"/sys/fs/cgroup/memory.max",
                                         "/sys/fs/cgroup/memory/memory.limit_in_bytes"};

#ifdef STATX_BTIME
timespec to_timespec(const statx_timestamp& t) {
  return {static_cast<time_t>(t.tv_sec), static_cast<long>(t.tv_nsec)};
}

void convert(const struct statx& x, struct stat* s, FileTimes* times) {
  *s = {};
  s->st_dev = makedev(x.stx_dev_major, x.stx_dev_minor);
  s->st_mode = x.stx_mode;
  s->st_nlink = static_cast<nlink_t>(x.stx_nlink);
  s->st_uid = x.stx_uid;
  s->st_gid = x.stx_gid;
  s->st_rdev = makedev(x.stx_rdev_major, x.stx_rdev_minor);
  s->st_blksize = static_cast<blksize_t>(x.stx_blksize);
  s->st_ino = static_cast<ino_t>(x.stx_ino);
  s->st_size = static_cast<off_t>(x.stx_size);
  s->st_blocks = static_cast<blkcnt_t>(x.stx_blocks);
  *times = {to_timespec(x.stx_atime), to_timespec(x.stx_mtime), to_timespec(x.stx_ctime),
            to_timespec((x.stx_mask & STATX_BTIME) != 0 ? x.stx_btime : x.stx_ctime)};
}
#endif

}  // namespace

// Of control groups, version 2 and 1, as they look from within a container.
uint64_t constrained_memory() {
  for (const char* path : kMemoryLimits) {
    File file(std::fopen(path, "re"));
    unsigned long long bytes;
    // "max", or a number beyond any memory, means no limit.
    if (file && std::fscanf(file.get(), "%llu", &bytes) == 1 && bytes < (1ull << 60)) return bytes;
  }
  return 0;
}

double uptime_s() {
  timespec t;
  if (clock_gettime(CLOCK_BOOTTIME, &t) != 0) return 0;
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

bool hardware_address(const ifaddrs* entry, uint8_t out[6]) {
  if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_PACKET) return false;
  const sockaddr_ll* link = reinterpret_cast<const sockaddr_ll*>(entry->ifa_addr);
  std::memcpy(out, link->sll_addr, 6);
  return true;
}

void mark_inherited_close_on_exec(int first) {
#if defined(SYS_close_range) && defined(CLOSE_RANGE_CLOEXEC)
  if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
#endif
  // A kernel before 5.11: those that a shell may have left open.
  set_close_on_exec(first, 1024);
}

// stat(2) does not know when a file was born; statx(2), where there is one, does.
int stat_file(StatOf of, const char* path, int fd, struct stat* s, FileTimes* times) {
#ifdef STATX_BTIME
  bool descriptor = of == StatOf::kDescriptor;
  int flags = descriptor ? AT_EMPTY_PATH : of == StatOf::kLink ? AT_SYMLINK_NOFOLLOW : 0;
  struct statx x;
  int rc = ::statx(descriptor ? fd : AT_FDCWD, descriptor ? "" : path, flags,
                   STATX_BASIC_STATS | STATX_BTIME, &x);
  if (rc == 0) convert(x, s, times);
  // Sandboxes answer EPERM for calls that they do not know.
  if (rc == 0 || (errno != ENOSYS && errno != EPERM)) return rc;
#endif
  return posix_stat(of, path, fd, s, times);
}

int64_t file_system_type(const char* path) {
  struct statfs s;
  return ::statfs(path, &s) == 0 ? static_cast<int64_t>(s.f_type) : 0;
}

int clone_file(int from, int to) { return ::ioctl(to, FICLONE, from); }

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
