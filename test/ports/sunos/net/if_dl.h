// if_dl.h of illumos: getifaddrs(3C) lists AF_LINK.
#pragma once
struct sockaddr_dl {
  unsigned short sdl_family, sdl_index;
  unsigned char sdl_type, sdl_nlen, sdl_alen, sdl_slen;
  char sdl_data[244];
};
#define AF_LINK 25
#define LLADDR(s) ((char*)((s)->sdl_data + (s)->sdl_nlen))
