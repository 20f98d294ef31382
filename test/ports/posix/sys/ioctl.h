// ioctl(2), which takes an int on Solaris and an unsigned long elsewhere.
#pragma once
#include <port/ioctl.h>
