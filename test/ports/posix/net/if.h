// POSIX.1-2008 <net/if.h>.
#pragma once
#include <sys/socket.h>
#define IF_NAMESIZE 16
#define IFF_UP 0x1
#define IFF_LOOPBACK 0x8
extern "C" {
unsigned if_nametoindex(const char*);
char* if_indextoname(unsigned, char*);
}
#include <port/if.h>
