// fdatasync(2), setgroups(2), getdtablecount(2), pipe2(2); setproctitle(3) is in <stdlib.h>.
#pragma once
extern "C" {
int fdatasync(int), setgroups(int, const gid_t*), getdtablecount(void), pipe2(int*, int);
}
