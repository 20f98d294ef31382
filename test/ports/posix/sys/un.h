// POSIX.1-2008 <sys/un.h>.
#pragma once
#include <sys/socket.h>
struct sockaddr_un {
  PORT_SOCKADDR_HEAD(sun)
  char sun_path[PORT_SUN_PATH];
};
