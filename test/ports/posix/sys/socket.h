// POSIX.1-2008 <sys/socket.h>. Addresses and flags that differ are the system's.
#pragma once
#include <port/sockaddr.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>
#define SOCK_STREAM PORT_SOCK_STREAM
#define SOCK_DGRAM PORT_SOCK_DGRAM
#define SOL_SOCKET 0xffff
#define SO_REUSEADDR 0x4
#define SO_KEEPALIVE 0x8
#define SO_BROADCAST 0x20
#define SO_LINGER 0x80
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_ERROR 0x1007
#define SO_TYPE 0x1008
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 PORT_AF_INET6
#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2
#define SOMAXCONN 128
#define MSG_PEEK 0x2
#define MSG_TRUNC 0x10
#define MSG_CTRUNC 0x20
#define SCM_RIGHTS 1
struct linger {
  int l_onoff, l_linger;
};
struct sockaddr_storage {
  PORT_SOCKADDR_HEAD(ss)
  char port_room[120];
} __attribute__((aligned(8)));
struct msghdr {
  void* msg_name;
  socklen_t msg_namelen;
  struct iovec* msg_iov;
  port_iovlen_t msg_iovlen;
  void* msg_control;
  socklen_t msg_controllen;
  int msg_flags;
};
struct cmsghdr {
  socklen_t cmsg_len;
  int cmsg_level, cmsg_type;
};
#define PORT_ALIGN(n) (((n) + 7) & ~size_t{7})
#define CMSG_DATA(c) ((unsigned char*)(c) + PORT_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_FIRSTHDR(m) ((struct cmsghdr*)(m)->msg_control)
#define CMSG_NXTHDR(m, c) port_next(m, c)
#define CMSG_LEN(n) (PORT_ALIGN(sizeof(struct cmsghdr)) + (n))
#define CMSG_SPACE(n) (PORT_ALIGN(sizeof(struct cmsghdr)) + PORT_ALIGN(n))
extern "C" {
struct cmsghdr* port_next(struct msghdr*, struct cmsghdr*);
int socket(int, int, int), socketpair(int, int, int, int*), listen(int, int), shutdown(int, int);
int accept(int, struct sockaddr*, socklen_t*), bind(int, const struct sockaddr*, socklen_t);
int connect(int, const struct sockaddr*, socklen_t);
int getsockname(int, struct sockaddr*, socklen_t*), getpeername(int, struct sockaddr*, socklen_t*);
int getsockopt(int, int, int, void*, socklen_t*), setsockopt(int, int, int, const void*, socklen_t);
ssize_t recv(int, void*, size_t, int), send(int, const void*, size_t, int);
ssize_t recvfrom(int, void*, size_t, int, struct sockaddr*, socklen_t*);
ssize_t sendto(int, const void*, size_t, int, const struct sockaddr*, socklen_t);
ssize_t recvmsg(int, struct msghdr*, int), sendmsg(int, const struct msghdr*, int);
}
#include <port/socket.h>
