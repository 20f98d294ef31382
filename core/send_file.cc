// Files that leave through a socket without being copied.
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include "core/send_file.h"

#include <unistd.h>

#include <cerrno>

#include "platform/platform.h"

namespace node {

int64_t sendable_bytes(int fd, int64_t offset, size_t most) {
  return platform::cached_bytes(fd, offset, static_cast<int64_t>(most));
}

int64_t send_from_file(int socket, int fd, int64_t offset, size_t length) {
  size_t sent = 0;
  while (sent < length) {
    ssize_t n = platform::send_file(socket, fd, offset + static_cast<int64_t>(sent), length - sent);
    if (n > 0) {
      sent += static_cast<size_t>(n);
    } else if (n == 0 || errno == EAGAIN || errno == EWOULDBLOCK) {
      break;
    } else if (errno != EINTR) {
      // Of some files a system cannot send: then nothing has been sent.
      if (sent > 0 || errno == EINVAL || errno == ENOSYS) break;
      return -1;
    }
  }
  return static_cast<int64_t>(sent);
}

bool read_from_file(int fd, int64_t offset, char* out, size_t length) {
  while (length > 0) {
    ssize_t n = ::pread(fd, out, length, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    out += n;
    offset += n;
    length -= static_cast<size_t>(n);
  }
  return true;
}

}  // namespace node
