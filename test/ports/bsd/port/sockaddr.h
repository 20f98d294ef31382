// socket(2) of the BSDs: an address begins with its length.
#pragma once
typedef unsigned char sa_family_t;
#define PORT_SOCKADDR_HEAD(prefix) \
  unsigned char prefix##_len;      \
  sa_family_t prefix##_family;
struct sockaddr {
  unsigned char sa_len;
  sa_family_t sa_family;
  char sa_data[14];
};
#define PORT_SOCK_STREAM 1
#define PORT_SOCK_DGRAM 2
#define PORT_SUN_PATH 104
typedef unsigned port_ifa_flags_t;
#include <port/iovlen.h>
