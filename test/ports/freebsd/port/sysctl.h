// sysctl(3): the name is const.
#pragma once
#include <stddef.h>
#define CTL_KERN 1
#define CTL_VM 2
#define CTL_HW 6
#define KERN_PROC 14
#define KERN_PROC_PID 1
#define KERN_PROC_PATHNAME 12
extern "C" {
int sysctl(const int*, unsigned, void*, size_t*, const void*, size_t);
int sysctlbyname(const char*, void*, size_t*, const void*, size_t);
}
