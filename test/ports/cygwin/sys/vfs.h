// statfs(2).
#pragma once
struct statfs {
  long f_type;
};
extern "C" int statfs(const char*, struct statfs*);
