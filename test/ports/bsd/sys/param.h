// The BSDs' <sys/param.h>.
#pragma once
#include <sys/types.h>
