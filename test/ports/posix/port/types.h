// <sys/types.h>: the types that are the same everywhere here, but for whether 64 bits are a long.
#pragma once
#include <port/int64.h>
#include <stddef.h>
typedef int64_t off_t;
typedef int64_t blkcnt_t;
typedef int64_t time_t;
typedef uint64_t fsblkcnt_t;
typedef uint64_t fsfilcnt_t;
typedef int blksize_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned useconds_t;
typedef long ssize_t;
