// sockaddr(3SOCKET): the types of sockets are numbered the other way round.
#pragma once
#include <port/plain_sockaddr.h>
#include <stdint.h>
#define PORT_SOCK_STREAM 2
#define PORT_SOCK_DGRAM 1
#define PORT_AF_INET6 26
typedef uint64_t port_ifa_flags_t;
