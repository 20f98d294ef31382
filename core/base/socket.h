// What sockets lack on some systems, under names that all of them have.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>

namespace node {

// Where the flag is missing SIGPIPE is ignored all the same, process-wide.
#if defined(MSG_NOSIGNAL)
inline constexpr int kSendFlags = MSG_NOSIGNAL;
#else
inline constexpr int kSendFlags = 0;
#endif

// 0 where descriptors that arrive have to be marked close-on-exec one by one.
#if defined(MSG_CMSG_CLOEXEC)
inline constexpr int kReceiveFlags = MSG_CMSG_CLOEXEC;
#else
inline constexpr int kReceiveFlags = 0;
#endif

// More follows at once: 0 where the system cannot be told.
#if defined(MSG_MORE)
inline constexpr int kMoreFollows = MSG_MORE;
#else
inline constexpr int kMoreFollows = 0;
#endif

#if defined(SOCK_NONBLOCK)
inline constexpr int kSocketFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
#else
inline constexpr int kSocketFlags = 0;
#endif

// accept(2); the socket is non-blocking and close-on-exec. A template so that a name which the
// system does not declare is no error but the answer to the question.
template <typename Int>
int accept_socket(Int listener) {
  sockaddr* nobody = nullptr;
  socklen_t* no_size = nullptr;
  if constexpr (requires { accept4(listener, nobody, no_size, kSocketFlags); }) {
    return accept4(listener, nobody, no_size, kSocketFlags);
  } else {
    int fd = ::accept(listener, nobody, no_size);
    if (fd >= 0) {
      ::fcntl(fd, F_SETFD, FD_CLOEXEC);
      ::fcntl(fd, F_SETFL, O_NONBLOCK);
    }
    return fd;
  }
}

}  // namespace node
