// The bits of poll(2), which /dev/poll and event ports use as well, and ours.
#pragma once

#include <poll.h>

#include "poll/poller.h"

namespace node::poll {

// short is the type of pollfd::events.
inline short to_poll(uint8_t interest) {  // NOLINT(runtime/int)
  return static_cast<short>(((interest & kReadable) != 0 ? POLLIN : 0) |
                            ((interest & kWritable) != 0 ? POLLOUT : 0));
}

inline uint8_t from_poll(int events) {
  uint8_t what = kNone;
  if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0) what = kReadable | kWritable;
  if ((events & (POLLIN | POLLPRI)) != 0) what |= kReadable;
  if ((events & POLLOUT) != 0) what |= kWritable;
  return what;
}

}  // namespace node::poll
