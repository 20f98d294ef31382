// setproctitle(3).
#pragma once
#include_next <port/stdlib.h>
extern "C" void setproctitle(const char*, ...) __attribute__((format(printf, 1, 2)));
