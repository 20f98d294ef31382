// <cygwin/socket.h>, <sys/un.h>.
#pragma once
#include <port/plain_sockaddr.h>
#define PORT_SOCK_STREAM 1
#define PORT_SOCK_DGRAM 2
#define PORT_AF_INET6 23
typedef unsigned port_ifa_flags_t;
