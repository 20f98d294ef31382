// sysctl(2): numbers only; struct kinfo_proc is declared here, too.
#pragma once
#include <stddef.h>
#include <stdint.h>
#define CTL_KERN 1
#define CTL_VM 2
#define CTL_HW 6
#define KERN_CLOCKRATE 12
#define KERN_PROC_ARGS 55
#define KERN_PROC_ARGV 1
#define KERN_PROC 66
#define KERN_PROC_PID 1
#define KERN_CPUSTATS 85
#define HW_MODEL 2
#define HW_NCPU 3
#define HW_CPUSPEED 12
#define HW_PHYSMEM64 19
#define VM_UVMEXP 4
struct kinfo_proc {
  int32_t p_vm_rssize;
  uint64_t p_vm_map_size;
};
extern "C" int sysctl(const int*, unsigned, void*, size_t*, void*, size_t);
