// POSIX.1-2008 <sched.h>.
#pragma once
#include <time.h>
extern "C" int sched_yield(void);
