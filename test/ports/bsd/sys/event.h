// kqueue(2).
#pragma once
#include <port/kevent.h>
#include <stdint.h>
#include <sys/types.h>
struct kevent {
  uintptr_t ident;
  port_filter_t filter;
  port_flags_t flags;
  uint32_t fflags;
  int64_t data;
  port_udata_t udata;
};
#define EVFILT_READ PORT_EVFILT(0)
#define EVFILT_WRITE PORT_EVFILT(1)
#define EV_ADD 0x1
#define EV_DELETE 0x2
#define EV_EOF 0x8000
#define EV_ERROR 0x4000
#define EV_SET(event, i, f, fl, ff, d, u)                                                      \
  ((event)->ident = (i), (event)->filter = (f), (event)->flags = (fl), (event)->fflags = (ff), \
   (event)->data = (d), (event)->udata = (port_udata_t)(u))
struct timespec;
extern "C" {
int kqueue(void);
int kevent(int, const struct kevent*, port_count_t, struct kevent*, port_count_t,
           const struct timespec*);
}
