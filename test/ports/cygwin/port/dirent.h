// <sys/dirent.h>.
#pragma once
#include <stdint.h>
#include <sys/types.h>
struct dirent {
  uint32_t d_version;
  ino_t d_ino;
  unsigned char d_type;
  char d_name[256];
};
#define DT_UNKNOWN 0
#define DT_DIR 4
#define DT_REG 8
#define DT_LNK 10
