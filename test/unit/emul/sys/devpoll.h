// poll(7D) as Solaris's manual declares it, for a test build on a system without it: see README.md.
#pragma once

#include <poll.h>

struct dvpoll {
  struct pollfd* dp_fds;
  unsigned long dp_nfds;  // NOLINT(runtime/int): nfds_t of that system
  int dp_timeout;
};

#define DP_POLL 0xD001
#define DP_ISPOLLED 0xD002

#ifndef POLLREMOVE
#define POLLREMOVE 0x0800
#endif
