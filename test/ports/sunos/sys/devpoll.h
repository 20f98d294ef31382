// poll(7D).
#pragma once
#include <poll.h>
#define DP_POLL 0xD001
#define POLLREMOVE 0x0800
struct dvpoll {
  struct pollfd* dp_fds;
  nfds_t dp_nfds;
  int dp_timeout;
};
typedef struct dvpoll dvpoll_t;
