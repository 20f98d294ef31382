// POSIX.1-2008 <poll.h>: poll(2).
#pragma once
#include <port/poll.h>
struct pollfd {
  int fd;
  short events, revents;
};
#define POLLIN 0x1
#define POLLPRI 0x2
#define POLLOUT 0x4
#define POLLERR 0x8
#define POLLHUP 0x10
#define POLLNVAL 0x20
extern "C" int poll(struct pollfd*, nfds_t, int);
