// kqueue(2) of FreeBSD and OpenBSD.
#pragma once
typedef short port_filter_t;
typedef unsigned short port_flags_t;
typedef void* port_udata_t;
typedef int port_count_t;
#define PORT_EVFILT(n) (-1 - (n))
