// <cygwin/if.h>.
#pragma once
struct ifreq {
  char ifr_name[IF_NAMESIZE];
  struct sockaddr ifr_hwaddr;
};
