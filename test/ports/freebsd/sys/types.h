// types(5) and <sys/types.h> of FreeBSD.
#pragma once
#include <port/types.h>
typedef unsigned long dev_t;
typedef unsigned long ino_t;
typedef unsigned short mode_t;
typedef unsigned long nlink_t;
typedef long suseconds_t;
typedef int clock_t;
typedef int clockid_t;
typedef long id_t;
typedef unsigned socklen_t;
