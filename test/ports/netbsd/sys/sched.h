// <sys/sched.h>.
#pragma once
#include <port/cp_time.h>
