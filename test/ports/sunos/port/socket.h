// socket(3SOCKET), accept(3SOCKET). MSG_NOSIGNAL, MSG_CMSG_CLOEXEC and SO_REUSEPORT are too new.
#pragma once
#define SOCK_CLOEXEC 0x080000
#define SOCK_NONBLOCK 0x100000
extern "C" int accept4(int, struct sockaddr*, socklen_t*, int);
