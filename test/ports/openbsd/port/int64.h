// <stdint.h> of this system, 64 bits.
#pragma once
typedef long long int64_t;
typedef unsigned long long uint64_t;
