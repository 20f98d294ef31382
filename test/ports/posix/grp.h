// POSIX.1-2008 <grp.h>.
#pragma once
#include <sys/types.h>
