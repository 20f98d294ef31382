// types(5) and <sys/types.h> of NetBSD.
#pragma once
#include <port/types.h>
typedef unsigned long dev_t;
typedef unsigned long ino_t;
typedef unsigned mode_t;
typedef unsigned nlink_t;
typedef int suseconds_t;
typedef unsigned clock_t;
typedef int clockid_t;
typedef unsigned id_t;
typedef unsigned socklen_t;
