// POSIX.1-2008 <fcntl.h>: open(2), fcntl(2), openat(2).
#pragma once
#include <sys/stat.h>
#include <sys/types.h>
#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_NONBLOCK 0x4
#define O_APPEND 0x8
#define O_NOFOLLOW 0x100
#define O_CREAT 0x200
#define O_TRUNC 0x400
#define O_EXCL 0x800
#define O_DIRECTORY 0x20000
#define O_CLOEXEC 0x100000
#define F_DUPFD 0
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define F_DUPFD_CLOEXEC 17
#define FD_CLOEXEC 1
#define AT_FDCWD (-100)
#define AT_SYMLINK_NOFOLLOW 0x200
#define AT_REMOVEDIR 0x800
extern "C" {
int open(const char*, int, ...), openat(int, const char*, int, ...), fcntl(int, int, ...);
int creat(const char*, mode_t);
}
#include <port/fcntl.h>
