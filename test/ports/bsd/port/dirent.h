// dir(5), readdir(3).
#pragma once
#include <stdint.h>
#include <sys/types.h>
struct dirent {
  ino_t d_fileno;
  uint16_t d_reclen;
  uint8_t d_type;
  uint16_t d_namlen;
  char d_name[256];
};
#define d_ino d_fileno
#define DT_UNKNOWN 0
#define DT_DIR 4
#define DT_REG 8
#define DT_LNK 10
