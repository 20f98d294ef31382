// proc(5): /proc/self/psinfo; sizes in kilobytes.
#pragma once
#include <stddef.h>
typedef struct {
  int pr_flag;
  size_t pr_size, pr_rssize;
} psinfo_t;
