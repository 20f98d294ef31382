// POSIX.1-2008 <sys/statvfs.h>.
#pragma once
#include <sys/types.h>
struct statvfs {
  unsigned long f_bsize, f_frsize;
  fsblkcnt_t f_blocks, f_bfree, f_bavail;
  fsfilcnt_t f_files, f_ffree, f_favail;
  unsigned long f_fsid, f_flag, f_namemax;
};
extern "C" int statvfs(const char*, struct statvfs*);
