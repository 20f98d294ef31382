// POSIX.1-2008 <sys/stat.h>; struct stat is the system's.
#pragma once
#include <port/stat.h>
#include <sys/types.h>
#include <time.h>
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#define S_ISDIR(m) (((m)&S_IFMT) == S_IFDIR)
#define S_ISREG(m) (((m)&S_IFMT) == S_IFREG)
#define S_ISLNK(m) (((m)&S_IFMT) == S_IFLNK)
#define S_ISFIFO(m) (((m)&S_IFMT) == S_IFIFO)
#define S_ISSOCK(m) (((m)&S_IFMT) == S_IFSOCK)
extern "C" {
int stat(const char*, struct stat*), lstat(const char*, struct stat*), fstat(int, struct stat*);
int fstatat(int, const char*, struct stat*, int);
int chmod(const char*, mode_t), fchmod(int, mode_t), mkdir(const char*, mode_t);
int futimens(int, const struct timespec*);
int utimensat(int, const char*, const struct timespec*, int);
mode_t umask(mode_t);
}
