// POSIX.1-2008 <netinet/tcp.h>; more of tcp(4) is the system's.
#pragma once
#define TCP_NODELAY 1
#include <port/tcp.h>
