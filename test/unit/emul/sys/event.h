// kqueue(2) as FreeBSD declares it, for a test build on a system without it: see README.md.
#pragma once

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct kevent {
  uintptr_t ident;
  int16_t filter;
  uint16_t flags;
  uint32_t fflags;
  intptr_t data;
  void* udata;
};

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)

#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_ERROR 0x4000
#define EV_EOF 0x8000

#define EV_SET(event, ident_in, filter_in, flags_in, fflags_in, data_in, udata_in) \
  do {                                                                             \
    (event)->ident = (ident_in);                                                   \
    (event)->filter = (filter_in);                                                 \
    (event)->flags = (flags_in);                                                   \
    (event)->fflags = (fflags_in);                                                 \
    (event)->data = (data_in);                                                     \
    (event)->udata = (udata_in);                                                   \
  } while (0)

extern "C" {
int kqueue(void);
int kevent(int kq, const struct kevent* changes, int change_count, struct kevent* events,
           int event_count, const struct timespec* timeout);
}
