// socket(2), accept(2), send(2), setsockopt(2), unix(4).
#pragma once
#define SOCK_CLOEXEC 0x10000000
#define SOCK_NONBLOCK 0x20000000
#define SO_REUSEPORT 0x200
#define MSG_NOSIGNAL 0x20000
#define MSG_CMSG_CLOEXEC 0x40000
extern "C" int accept4(int, struct sockaddr*, socklen_t*, int);
