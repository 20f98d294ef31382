// Marking descriptors one by one, where no call does it for a range.
#pragma once

#include <fcntl.h>

namespace node::platform {

// From `first` to before `end`; those that are not open do not matter. Async-signal-safe.
inline void set_close_on_exec(int first, int end) {
  for (int fd = first; fd < end; ++fd) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

}  // namespace node::platform
