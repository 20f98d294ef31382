// fdatasync(2), setgroups(2), pipe2(2).
#pragma once
extern "C" {
int fdatasync(int), setgroups(int, const gid_t*), pipe2(int*, int);
}
