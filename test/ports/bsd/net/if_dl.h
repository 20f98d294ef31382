// link_addr(3): addresses of the link level; LLADDR skips the interface's name.
#pragma once
#include <sys/types.h>
struct sockaddr_dl {
  unsigned char sdl_len, sdl_family;
  unsigned short sdl_index;
  unsigned char sdl_type, sdl_nlen, sdl_alen, sdl_slen;
  char sdl_data[24];
};
#define AF_LINK 18
#define LLADDR(s) ((char*)((s)->sdl_data + (s)->sdl_nlen))
