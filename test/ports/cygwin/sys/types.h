// types(5) and <sys/types.h> of Cygwin, 64 bits.
#pragma once
#include <port/types.h>
typedef unsigned dev_t;
typedef unsigned long ino_t;
typedef unsigned mode_t;
typedef unsigned short nlink_t;
typedef long suseconds_t;
typedef unsigned long clock_t;
typedef unsigned long clockid_t;
typedef unsigned id_t;
typedef int socklen_t;
