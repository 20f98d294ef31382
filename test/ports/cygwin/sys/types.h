// types(5) and <sys/types.h> of Cygwin, 64 bits.
#pragma once
#include <port/int64.h>
#include <stddef.h>
typedef unsigned dev_t;
typedef unsigned long ino_t;
typedef unsigned mode_t;
typedef unsigned short nlink_t;
typedef long off_t;
typedef int blksize_t;
typedef long blkcnt_t;
typedef unsigned long fsblkcnt_t;
typedef unsigned long fsfilcnt_t;
typedef long time_t;
typedef long suseconds_t;
typedef unsigned long clock_t;
typedef unsigned long clockid_t;
typedef unsigned id_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned useconds_t;
typedef int socklen_t;
typedef long ssize_t;
