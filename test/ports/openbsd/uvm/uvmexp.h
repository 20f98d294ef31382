// sysctl(2), VM_UVMEXP.
#pragma once
struct uvmexp {
  int pagesize, pagemask, pageshift, npages, free, active, inactive;
};
