// getnameinfo(3).
#pragma once
extern "C" int getnameinfo(const struct sockaddr*, socklen_t, char*, size_t, char*, size_t, int);
