// What every system does alike but for a call that it may lack, and then a plainer one serves.
#include <stdlib.h>
#include <unistd.h>
#if __has_include(<sys/loadavg.h>)
#include <sys/loadavg.h>
#endif

#include <cerrno>

#include "platform/platform.h"

namespace {

struct Missing {};

// Stand-ins beside the system's own names: overload resolution takes them only where the system
// declares no such call.
[[maybe_unused]] ssize_t copy_file_range(...) {
  errno = ENOSYS;
  return -1;
}
[[maybe_unused]] Missing fdatasync(...) { return {}; }
[[maybe_unused]] Missing preadv(...) { return {}; }
[[maybe_unused]] Missing pwritev(...) { return {}; }

}  // namespace

namespace node::platform {

namespace {

// The answer of a call that is there, else that of what takes its place.
template <typename T, typename F>
auto or_else(T answer, F) {
  return answer;
}
template <typename F>
auto or_else(Missing, F instead) {
  return instead();
}

// One call a part. Stops at the first that is short; an error counts when nothing was moved.
template <typename F>
ssize_t each_part(const iovec* parts, int count, int64_t position, F move) {
  ssize_t total = 0;
  for (int i = 0; i < count; ++i) {
    ssize_t n = move(parts[i].iov_base, parts[i].iov_len, static_cast<off_t>(position + total));
    if (n < 0) return total > 0 ? total : -1;
    total += n;
    if (static_cast<size_t>(n) < parts[i].iov_len) break;
  }
  return total;
}

}  // namespace

void load_averages(double out[3]) {
  if (::getloadavg(out, 3) != 3) out[0] = out[1] = out[2] = 0;
}

ssize_t copy_in_kernel(int from, int to, size_t most) {
  return copy_file_range(from, nullptr, to, nullptr, most, 0u);
}

int sync_data(int fd) {
  return or_else(fdatasync(fd), [=] { return sync_file(fd); });
}

ssize_t read_at(int fd, const iovec* parts, int count, int64_t position) {
  return or_else(preadv(fd, parts, count, static_cast<off_t>(position)), [=] {
    return each_part(parts, count, position,
                     [=](void* to, size_t n, off_t at) { return ::pread(fd, to, n, at); });
  });
}

ssize_t write_at(int fd, const iovec* parts, int count, int64_t position) {
  return or_else(pwritev(fd, parts, count, static_cast<off_t>(position)), [=] {
    return each_part(parts, count, position, [=](const void* from, size_t n, off_t at) {
      return ::pwrite(fd, from, n, at);
    });
  });
}

}  // namespace node::platform
