// socket(2), accept(2): paccept and no accept4; send(2), recv(2), setsockopt(2).
#pragma once
#include <signal.h>
#define SOCK_CLOEXEC 0x10000000
#define SOCK_NONBLOCK 0x20000000
#define SOCK_NOSIGPIPE 0x40000000
#define SO_REUSEPORT 0x200
#define SO_NOSIGPIPE 0x800
#define MSG_NOSIGNAL 0x400
#define MSG_CMSG_CLOEXEC 0x800
extern "C" int paccept(int, struct sockaddr*, socklen_t*, const sigset_t*, int);
