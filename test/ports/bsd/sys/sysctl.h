// sysctl(3).
#pragma once
#include <port/sysctl.h>
#include <sys/types.h>
