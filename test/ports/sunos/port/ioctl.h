// ioctl(2).
#pragma once
extern "C" int ioctl(int, int, ...);
