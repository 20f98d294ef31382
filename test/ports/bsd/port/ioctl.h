// ioctl(2).
#pragma once
#define FIONREAD 0x4004667f
extern "C" int ioctl(int, unsigned long, ...);
