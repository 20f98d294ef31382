// POSIX.1-2008 <sys/resource.h>: getrlimit(2), getpriority(2).
#pragma once
#include <sys/time.h>
#include <sys/types.h>
typedef unsigned long rlim_t;
struct rlimit {
  rlim_t rlim_cur, rlim_max;
};
#define RLIMIT_NOFILE 8
#define PRIO_PROCESS 0
extern "C" {
int getrlimit(int, struct rlimit*), setrlimit(int, const struct rlimit*);
int getpriority(int, id_t), setpriority(int, id_t, int);
}
#include <port/resource.h>
