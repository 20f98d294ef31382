// POSIX.1-2008 <netdb.h>: getaddrinfo(3), getnameinfo(3).
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
struct addrinfo {
  int ai_flags, ai_family, ai_socktype, ai_protocol;
  socklen_t ai_addrlen;
  char* ai_canonname;
  struct sockaddr* ai_addr;
  struct addrinfo* ai_next;
};
#define AI_PASSIVE 1
#define NI_NUMERICHOST 2
#define NI_NAMEREQD 4
#define NI_MAXHOST 1025
#define NI_MAXSERV 32
#define EAI_AGAIN PORT_EAI(2)
#define EAI_FAIL PORT_EAI(4)
#define EAI_FAMILY PORT_EAI(5)
#define EAI_MEMORY PORT_EAI(6)
#define EAI_NONAME PORT_EAI(8)
#define EAI_SERVICE PORT_EAI(9)
#define EAI_SYSTEM PORT_EAI(11)
extern "C" {
int getaddrinfo(const char*, const char*, const struct addrinfo*, struct addrinfo**);
void freeaddrinfo(struct addrinfo*);
const char* gai_strerror(int);
}
#include <port/netdb.h>
