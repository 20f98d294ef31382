// uvm(9), sysctl(7): vm.uvmexp2.
#pragma once
#include <stdint.h>
#define VM_UVMEXP2 5
struct uvmexp_sysctl {
  int64_t pagesize, pagemask, pageshift, npages, free, active, inactive;
};
