// fdatasync(3C), setgroups(2), pipe2(2), sysconf(3C).
#pragma once
#define _SC_PHYS_PAGES 500
#define _SC_AVPHYS_PAGES 501
extern "C" {
int fdatasync(int), setgroups(int, const gid_t*), pipe2(int*, int);
}
