// What Linux can do with files at once, from memory: preadv2(2), openat2(2), cachestat(2),
// sendfile(2).
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/base/fd.h"
#include "platform/platform.h"

namespace node::platform {

ssize_t read_cached(int fd, const iovec* parts, int count, int64_t position) {
#if defined(RWF_NOWAIT)
  return preadv2(fd, parts, count, position < 0 ? -1 : position, RWF_NOWAIT);
#else
  (void)fd, (void)parts, (void)count, (void)position;
  errno = EAGAIN;
  return -1;
#endif
}

int64_t cached_bytes(int fd, int64_t offset, int64_t most) {
  // cachestat(2), younger than many a libc.
  constexpr long kCacheStat = 451;
  struct stat s;
  if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || offset < 0) return -1;
  if (offset >= s.st_size) return 0;
  int64_t length = std::min<int64_t>(most, s.st_size - offset);
  const uint64_t range[2] = {static_cast<uint64_t>(offset), static_cast<uint64_t>(length)};
  uint64_t counts[5];  // of pages: cached, dirty, being written, evicted, evicted just now
  if (syscall(kCacheStat, fd, range, counts, 0) != 0) return -1;
  const int64_t page = sysconf(_SC_PAGESIZE);
  int64_t pages = (offset + length - 1) / page - offset / page + 1;
  return static_cast<int64_t>(counts[0]) >= pages ? length : -1;
}

ssize_t send_file(int socket, int fd, int64_t offset, size_t length) {
  off_t at = static_cast<off_t>(offset);
  return sendfile(socket, fd, &at, length);
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

}  // namespace

int stat_cached(const char* path, bool follow_link, struct stat* s, FileTimes* times) {
  Fd fd(open_resolved(path, O_PATH | (follow_link ? 0 : O_NOFOLLOW)));
  if (!fd.valid()) return errno == ENOENT ? -1 : refuse();
  if (stat_file(StatOf::kDescriptor, "", fd.get(), s, times) != 0) return refuse();
  return is_local(*s, fd.get()) ? 0 : refuse();
}

int open_cached(const char* path, int flags) {
  constexpr int kHarmless =
      O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC | O_NOCTTY | O_LARGEFILE | O_NONBLOCK;
  if ((flags & ~kHarmless) != O_RDONLY) return refuse();
  // To open a pipe or a device has effects, so it is looked at first.
  struct stat s;
  FileTimes times;
  if (stat_cached(path, (flags & O_NOFOLLOW) == 0, &s, &times) != 0 || !S_ISREG(s.st_mode)) {
    return refuse();
  }
  // Another file may have its name by now: even so nothing waits.
  int fd = open_resolved(path, flags | O_NONBLOCK);
  if (fd < 0) return refuse();
  if ((flags & O_NONBLOCK) == 0) (void)fcntl(fd, F_SETFL, flags & ~O_CLOEXEC);
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
int stat_cached(const char*, bool, struct stat*, FileTimes*) {
  errno = EAGAIN;
  return -1;
}
int open_cached(const char*, int) {
  errno = EAGAIN;
  return -1;
}
bool close_cached(int) { return false; }
#endif

}  // namespace node::platform
