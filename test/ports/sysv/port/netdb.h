// getnameinfo(3): lengths of type socklen_t.
#pragma once
extern "C" int getnameinfo(const struct sockaddr*, socklen_t, char*, socklen_t, char*, socklen_t,
                           int);
#define PORT_EAI(n) ((n))
