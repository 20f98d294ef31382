// Descriptors over UNIX sockets: sendmsg(2) and recvmsg(2) with SCM_RIGHTS (unix(7)).
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string_view>

#include "core/base/fd.h"

namespace node::net {

// More descriptors than this in one message are more than anybody of ours sends; what is beyond is
// closed.
inline constexpr size_t kMostDescriptors = 16;

// send(2) of `bytes` (at least one), with a copy of descriptor `fd` unless it is -1. Returns what
// send returns, with errno; never raises SIGPIPE.
ssize_t send_with_descriptor(int socket, std::string_view bytes, int fd);

// recv(2) into `room`; `fds` gets the descriptors that came along, not inherited by children, and
// *count how many.
ssize_t receive_with_descriptors(int socket, std::span<char> room,
                                 std::span<Fd, kMostDescriptors> fds, size_t* count);

}  // namespace node::net
