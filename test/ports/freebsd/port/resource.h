// getrlimit(2), kern.cp_times.
#pragma once
#include <port/cp_time.h>
