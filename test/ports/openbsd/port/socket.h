// socket(2), accept(2), send(2), recv(2), setsockopt(2).
#pragma once
#define SOCK_CLOEXEC 0x8000
#define SOCK_NONBLOCK 0x4000
#define SO_REUSEPORT 0x200
#define MSG_NOSIGNAL 0x400
#define MSG_CMSG_CLOEXEC 0x1000
extern "C" int accept4(int, struct sockaddr*, socklen_t*, int);
