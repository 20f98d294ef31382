// POSIX.1-2008 <arpa/inet.h>.
#pragma once
#include <netinet/in.h>
extern "C" {
int inet_pton(int, const char*, void*);
const char* inet_ntop(int, const void*, char*, socklen_t);
}
