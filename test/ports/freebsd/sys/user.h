// sysctl(3), KERN_PROC_PID.
#pragma once
#include <sys/types.h>
struct kinfo_proc {
  int ki_structsize;
  unsigned long ki_size;
  long ki_rssize;
};
