// An address without a length.
#pragma once
typedef unsigned short sa_family_t;
#define PORT_SOCKADDR_HEAD(prefix) sa_family_t prefix##_family;
struct sockaddr {
  sa_family_t sa_family;
  char sa_data[14];
};
#define PORT_SUN_PATH 108
typedef int port_iovlen_t;
