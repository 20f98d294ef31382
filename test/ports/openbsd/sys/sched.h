// <sys/sched.h>: struct cpustats of sysctl(2), KERN_CPUSTATS.
#pragma once
#include <stdint.h>
#define CP_USER 0
#define CP_NICE 1
#define CP_SYS 2
#define CP_SPIN 3
#define CP_INTR 4
#define CP_IDLE 5
#define CPUSTATES 6
#define CPUSTATS_ONLINE 0x0001
struct cpustats {
  uint64_t cs_time[CPUSTATES];
  uint64_t cs_flags;
};
