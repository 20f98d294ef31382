// The self-pipe, or eventfd(2).
#include "core/wakeup.h"

#include <fcntl.h>

#if __has_include(<sys/eventfd.h>)
#include <sys/eventfd.h>
#endif

namespace node {

Result<void> Wakeup::open() {
#if __has_include(<sys/eventfd.h>)
  read_.reset(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!read_.valid()) return last_error("eventfd");
#else
  int fds[2];
  if (::pipe(fds) != 0) return last_error("pipe");
  for (int fd : fds) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
  }
  read_.reset(fds[0]);
  write_.reset(fds[1]);
#endif
  return {};
}

void Wakeup::wake() {
  int saved = errno;
  uint64_t one = 1;
  int fd = write_.valid() ? write_.get() : read_.get();
  ssize_t n;
  do {
    n = ::write(fd, &one, sizeof one);
  } while (n < 0 && errno == EINTR);
  errno = saved;
}

void Wakeup::clear() {
  char buffer[256];
  while (::read(read_.get(), buffer, sizeof buffer) == static_cast<ssize_t>(sizeof buffer))
    continue;
}

}  // namespace node
