// The time since the machine started, where the monotonic clock begins then (clock_gettime(2) of
// the BSDs).
#pragma once

#include <ctime>

namespace node::platform {

inline double since_boot_s() {
  timespec t;
  if (::clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

}  // namespace node::platform
