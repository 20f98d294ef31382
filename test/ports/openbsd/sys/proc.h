// <sys/proc.h>, which sysctl(2) names for KERN_PROC.
#pragma once
#include <sys/types.h>
