// types(5) and <sys/types.h> of illumos and Solaris, 64 bits.
#pragma once
#include <port/types.h>
typedef unsigned long dev_t;
typedef unsigned long ino_t;
typedef unsigned mode_t;
typedef unsigned nlink_t;
typedef long suseconds_t;
typedef long clock_t;
typedef int clockid_t;
typedef int id_t;
typedef unsigned socklen_t;
