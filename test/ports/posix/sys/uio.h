// POSIX.1-2008 <sys/uio.h>, and preadv(2) where the system has it.
#pragma once
#include <stddef.h>
#include <sys/types.h>
struct iovec {
  void* iov_base;
  size_t iov_len;
};
extern "C" {
ssize_t readv(int, const struct iovec*, int), writev(int, const struct iovec*, int);
}
#include <port/uio.h>
