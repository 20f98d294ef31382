// recv(2): the type of msg_iovlen; select(2): what FD_SETSIZE is by itself.
#pragma once
typedef int port_iovlen_t;
#define PORT_AF_INET6 28
