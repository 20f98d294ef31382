// types(5) and <sys/types.h> of OpenBSD.
#pragma once
#include <port/int64.h>
#include <stddef.h>
typedef int dev_t;
typedef uint64_t ino_t;
typedef unsigned mode_t;
typedef unsigned nlink_t;
typedef int64_t off_t;
typedef int blksize_t;
typedef int64_t blkcnt_t;
typedef uint64_t fsblkcnt_t;
typedef uint64_t fsfilcnt_t;
typedef int64_t time_t;
typedef long suseconds_t;
typedef int64_t clock_t;
typedef int clockid_t;
typedef unsigned id_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned useconds_t;
typedef unsigned socklen_t;
typedef long ssize_t;
