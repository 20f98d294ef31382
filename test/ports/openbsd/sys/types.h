// types(5) and <sys/types.h> of OpenBSD.
#pragma once
#include <port/types.h>
typedef int dev_t;
typedef uint64_t ino_t;
typedef unsigned mode_t;
typedef unsigned nlink_t;
typedef long suseconds_t;
typedef int64_t clock_t;
typedef int clockid_t;
typedef unsigned id_t;
typedef unsigned socklen_t;
