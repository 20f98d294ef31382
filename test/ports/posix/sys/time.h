// POSIX.1-2008 <sys/time.h>.
#pragma once
#include <sys/types.h>
#include <time.h>
struct timeval {
  time_t tv_sec;
  suseconds_t tv_usec;
};
extern "C" int gettimeofday(struct timeval*, void*);
#include <port/time.h>
