// Flags of send(2) and recvmsg(2) that some systems lack, under names that all of them have.
#pragma once

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

}  // namespace node
