// sendmsg(2) and recvmsg(2) with control data.
#include "net/descriptors.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/socket.h"

namespace node::net {

namespace {

size_t take(msghdr* header, std::span<Fd, kMostDescriptors> fds) {
  size_t count = 0;
  for (cmsghdr* c = CMSG_FIRSTHDR(header); c != nullptr; c = CMSG_NXTHDR(header, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    size_t in_this = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < in_this; ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
      Fd owned(fd);
      if (kReceiveFlags == 0) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
      if (count < fds.size()) fds[count++] = std::move(owned);
    }
  }
  return count;
}

}  // namespace

ssize_t send_with_descriptor(int socket, std::string_view bytes, int fd) {
  iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header = {};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (fd >= 0) {
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* c = CMSG_FIRSTHDR(&header);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(c), &fd, sizeof fd);
  }
  ssize_t n;
  do {
    n = ::sendmsg(socket, &header, kSendFlags);
  } while (n < 0 && errno == EINTR);
  return n;
}

ssize_t receive_with_descriptors(int socket, std::span<char> room,
                                 std::span<Fd, kMostDescriptors> fds, size_t* count) {
  iovec part{room.data(), room.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(kMostDescriptors * sizeof(int))];
  msghdr header = {};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  ssize_t n;
  do {
    n = ::recvmsg(socket, &header, kReceiveFlags);
  } while (n < 0 && errno == EINTR);
  *count = n < 0 ? 0 : take(&header, fds);
  return n;
}

}  // namespace node::net
