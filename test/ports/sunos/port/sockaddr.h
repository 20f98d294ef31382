// sockaddr(3SOCKET): no length; the types of sockets are numbered the other way round.
#pragma once
typedef unsigned short sa_family_t;
#define PORT_SOCKADDR_HEAD(prefix) sa_family_t prefix##_family;
struct sockaddr {
  sa_family_t sa_family;
  char sa_data[14];
};
#define PORT_SOCK_STREAM 2
#define PORT_SOCK_DGRAM 1
#define PORT_SUN_PATH 108
#define PORT_AF_INET6 26
typedef uint64_t port_ifa_flags_t;
typedef int port_iovlen_t;
