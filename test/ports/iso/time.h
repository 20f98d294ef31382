// C17 7.27; POSIX.1-2008 <time.h>.
#pragma once
#include <stddef.h>
#include <sys/types.h>
struct timespec {
  time_t tv_sec;
  long tv_nsec;
};
struct tm {
  int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
  long tm_gmtoff;
};
#define CLOCKS_PER_SEC 1000000
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 4
#define TIME_UTC 1
extern "C" {
clock_t clock(void);
double difftime(time_t, time_t);
time_t mktime(struct tm*), time(time_t*);
int timespec_get(struct timespec*, int);
char *asctime(const struct tm*), *ctime(const time_t*);
struct tm *gmtime(const time_t*), *localtime(const time_t*), *gmtime_r(const time_t*, struct tm*);
struct tm* localtime_r(const time_t*, struct tm*);
size_t strftime(char*, size_t, const char*, const struct tm*);
int clock_gettime(clockid_t, struct timespec*), nanosleep(const timespec*, timespec*);
}
