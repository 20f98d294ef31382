// stat(2) of POSIX, and its times under whichever names the system has them.
#pragma once

#include "platform/platform.h"

namespace node::platform {

// A member that `s` lacks would be an error outside of a template.
template <typename Stat>
FileTimes times_of(const Stat& s) {
  FileTimes times;
  if constexpr (requires { s.st_atimespec; }) {
    times = {s.st_atimespec, s.st_mtimespec, s.st_ctimespec, s.st_ctimespec};
  } else {
    times = {s.st_atim, s.st_mtim, s.st_ctim, s.st_ctim};
  }
  if constexpr (requires { s.st_birthtimespec; }) {
    times.birth = s.st_birthtimespec;
  } else if constexpr (requires { s.st_birthtim; }) {
    times.birth = s.st_birthtim;
  } else if constexpr (requires { s.__st_birthtim; }) {
    times.birth = s.__st_birthtim;
  }
  return times;
}

inline int posix_stat(StatOf of, const char* path, int fd, struct stat* s, FileTimes* times) {
  int rc = of == StatOf::kDescriptor ? ::fstat(fd, s)
           : of == StatOf::kLink     ? ::lstat(path, s)
                                     : ::stat(path, s);
  if (rc == 0) *times = times_of(*s);
  return rc;
}

}  // namespace node::platform
