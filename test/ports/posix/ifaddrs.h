// getifaddrs(3).
#pragma once
#include <sys/socket.h>
struct ifaddrs {
  struct ifaddrs* ifa_next;
  char* ifa_name;
  port_ifa_flags_t ifa_flags;
  struct sockaddr *ifa_addr, *ifa_netmask, *ifa_dstaddr;
  void* ifa_data;
};
extern "C" {
int getifaddrs(struct ifaddrs**);
void freeifaddrs(struct ifaddrs*);
}
