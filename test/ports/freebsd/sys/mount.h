// statfs(2).
#pragma once
#include <stdint.h>
struct statfs {
  uint32_t f_version, f_type;
};
extern "C" int statfs(const char*, struct statfs*);
