// types(5) and <sys/types.h> of FreeBSD.
#pragma once
#include <port/int64.h>
#include <stddef.h>
typedef unsigned long dev_t;
typedef unsigned long ino_t;
typedef unsigned short mode_t;
typedef unsigned long nlink_t;
typedef long off_t;
typedef int blksize_t;
typedef long blkcnt_t;
typedef unsigned long fsblkcnt_t;
typedef unsigned long fsfilcnt_t;
typedef long time_t;
typedef long suseconds_t;
typedef int clock_t;
typedef int clockid_t;
typedef long id_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned useconds_t;
typedef unsigned socklen_t;
typedef long ssize_t;
