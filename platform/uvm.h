// Memory as NetBSD's and OpenBSD's virtual memory system counts it: sysctl(3).
#pragma once

#include "platform/sysctl.h"

namespace node::platform {

inline uint64_t physical_memory() {
  uint64_t bytes;
  sysctl_value({CTL_HW, HW_PHYSMEM64}, &bytes);
  return bytes;
}

// `Uvmexp` is the structure in which VM's number `which` answers. What was not used for long is
// given away as soon as somebody asks.
template <typename Uvmexp>
uint64_t available_memory(int which) {
  Uvmexp memory;
  if (!sysctl_value({CTL_VM, which}, &memory)) return 0;
  return (static_cast<uint64_t>(memory.free) + static_cast<uint64_t>(memory.inactive)) *
         static_cast<uint64_t>(memory.pagesize);
}

}  // namespace node::platform
