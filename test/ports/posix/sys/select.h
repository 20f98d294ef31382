// POSIX.1-2008 <sys/select.h>. The program may choose FD_SETSIZE on the BSDs and Cygwin.
#pragma once
#include <port/select.h>
#include <sys/time.h>
#ifndef FD_SETSIZE
#define FD_SETSIZE PORT_FD_SETSIZE
#endif
typedef struct {
  unsigned long fds_bits[FD_SETSIZE / 64];
} fd_set;
extern "C" {
void port_fd_set(int, fd_set*), port_fd_clr(int, fd_set*), port_fd_zero(fd_set*);
int port_fd_isset(int, const fd_set*);
int select(int, fd_set*, fd_set*, fd_set*, struct timeval*);
}
#define FD_SET(fd, set) port_fd_set(fd, set)
#define FD_CLR(fd, set) port_fd_clr(fd, set)
#define FD_ZERO(set) port_fd_zero(set)
#define FD_ISSET(fd, set) port_fd_isset(fd, set)
