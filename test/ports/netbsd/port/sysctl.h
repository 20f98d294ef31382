// sysctl(3), sysctl(7).
#pragma once
#include <stddef.h>
#include <stdint.h>
#define CTL_KERN 1
#define CTL_VM 2
#define CTL_HW 6
#define KERN_CLOCKRATE 12
#define KERN_PROC2 47
#define KERN_PROC_PID 1
#define KERN_PROC_ARGS 48
#define KERN_PROC_PATHNAME 5
#define KERN_CP_TIME 51
#define HW_MODEL 2
#define HW_PHYSMEM64 13
struct kinfo_proc2 {
  int32_t p_vm_rssize;
  uint64_t p_vm_msize;
};
extern "C" {
int sysctl(const int*, unsigned, void*, size_t*, const void*, size_t);
int sysctlbyname(const char*, void*, size_t*, const void*, size_t);
}
