// dirent(3HEAD): no type.
#pragma once
#include <sys/types.h>
struct dirent {
  ino_t d_ino;
  off_t d_off;
  unsigned short d_reclen;
  char d_name[1];
};
