// <cygwin/socket.h>: descriptors that arrive cannot be close-on-exec at once.
#pragma once
#define SOCK_NONBLOCK 0x01000000
#define SOCK_CLOEXEC 0x02000000
#define MSG_NOSIGNAL 0x20
extern "C" int accept4(int, struct sockaddr*, socklen_t*, int);
