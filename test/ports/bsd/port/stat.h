// stat(2): POSIX's times are the members; the older names are macros for them.
#pragma once
#include <sys/types.h>
#include <time.h>
struct stat {
  dev_t st_dev;
  ino_t st_ino;
  nlink_t st_nlink;
  mode_t st_mode;
  uid_t st_uid;
  gid_t st_gid;
  dev_t st_rdev;
  struct timespec st_atim, st_mtim, st_ctim, PORT_BIRTH;
  off_t st_size;
  blkcnt_t st_blocks;
  blksize_t st_blksize;
};
#define st_atimespec st_atim
#define st_mtimespec st_mtim
#define st_ctimespec st_ctim
