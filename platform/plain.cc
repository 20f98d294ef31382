// For systems with nothing special to offer: what only Linux adds to files and processes is absent.
#include <cerrno>

#include "platform/platform.h"
#include "platform/stat_times.h"

namespace node::platform {

int stat_file(StatOf of, const char* path, int fd, struct stat* s, FileTimes* times) {
  return posix_stat(of, path, fd, s, times);
}

int clone_file(int, int) {
  errno = ENOSYS;
  return -1;
}

ssize_t read_cached(int, const iovec*, int, int64_t) {
  errno = EAGAIN;
  return -1;
}

int open_cached(const char*, int) {
  errno = EAGAIN;
  return -1;
}

int stat_cached(const char*, bool, struct stat*, FileTimes*) {
  errno = EAGAIN;
  return -1;
}

bool close_cached(int) { return false; }

int64_t cached_bytes(int, int64_t, int64_t) { return -1; }

ssize_t send_file(int, int, int64_t, size_t) {
  errno = ENOSYS;
  return -1;
}

uint64_t constrained_memory() { return 0; }

}  // namespace node::platform
