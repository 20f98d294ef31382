// fdatasync(2), setgroups(2), close_range(2), copy_file_range(2), setproctitle(3), pipe2(2).
#pragma once
#define CLOSE_RANGE_CLOEXEC 4
extern "C" {
int fdatasync(int), setgroups(int, const gid_t*), pipe2(int*, int);
int close_range(unsigned, unsigned, int);
ssize_t copy_file_range(int, off_t*, int, off_t*, size_t, unsigned);
void setproctitle(const char*, ...) __attribute__((format(printf, 1, 2)));
}
