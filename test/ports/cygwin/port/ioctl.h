// <sys/ioctl.h>, <asm/socket.h>.
#pragma once
#define FIONREAD 0x4008667f
#define SIOCGIFHWADDR 0x8927
extern "C" int ioctl(int, int, ...);
