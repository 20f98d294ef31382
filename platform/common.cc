// What every system does alike but for a call that it may lack, and then a plainer one serves.
//
// The templates ask whether the system declares a name: in a template one that it does not is no
// error but the answer.
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#if __has_include(<sys/loadavg.h>)
#include <sys/loadavg.h>
#endif

#include <cerrno>

#include "platform/platform.h"

namespace node::platform {

namespace {

template <typename Int>
ssize_t copy_range(Int from, Int to, size_t most) {
  off_t* here = nullptr;
  if constexpr (requires { copy_file_range(from, here, to, here, most, 0u); }) {
    return copy_file_range(from, here, to, here, most, 0u);
  } else {
    errno = ENOSYS;
    return -1;
  }
}

template <typename Int>
int sync_bytes(Int fd) {
  if constexpr (requires { fdatasync(fd); }) {
    return fdatasync(fd);
  } else {
    return sync_file(fd);
  }
}

// One call a part. Stops at the first that is short; an error counts when nothing was moved.
template <typename F>
ssize_t each_part(const iovec* parts, int count, off_t position, F move) {
  ssize_t total = 0;
  for (int i = 0; i < count; ++i) {
    ssize_t n = move(parts[i].iov_base, parts[i].iov_len, position + total);
    if (n < 0) return total > 0 ? total : -1;
    total += n;
    if (static_cast<size_t>(n) < parts[i].iov_len) break;
  }
  return total;
}

template <typename Size>
void trim_heap(Size keep) {
  if constexpr (requires { malloc_trim(keep); }) malloc_trim(keep);
}

template <typename Int>
ssize_t read_parts(Int fd, const iovec* parts, int count, off_t position) {
  if constexpr (requires { preadv(fd, parts, count, position); }) {
    return preadv(fd, parts, count, position);
  } else {
    auto move = [=](void* to, size_t size, off_t at) { return ::pread(fd, to, size, at); };
    return each_part(parts, count, position, move);
  }
}

template <typename Int>
ssize_t write_parts(Int fd, const iovec* parts, int count, off_t position) {
  if constexpr (requires { pwritev(fd, parts, count, position); }) {
    return pwritev(fd, parts, count, position);
  } else {
    auto move = [=](const void* from, size_t size, off_t at) {
      return ::pwrite(fd, from, size, at);
    };
    return each_part(parts, count, position, move);
  }
}

}  // namespace

void release_memory() { trim_heap(size_t{0}); }

void load_averages(double out[3]) {
  if (::getloadavg(out, 3) != 3) out[0] = out[1] = out[2] = 0;
}

ssize_t copy_in_kernel(int from, int to, size_t most) { return copy_range(from, to, most); }

int sync_data(int fd) { return sync_bytes(fd); }

ssize_t read_at(int fd, const iovec* parts, int count, int64_t position) {
  return read_parts(fd, parts, count, static_cast<off_t>(position));
}

ssize_t write_at(int fd, const iovec* parts, int count, int64_t position) {
  return write_parts(fd, parts, count, static_cast<off_t>(position));
}

}  // namespace node::platform
