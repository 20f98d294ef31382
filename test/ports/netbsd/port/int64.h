// <stdint.h> of this system, 64 bits.
#pragma once
typedef long int64_t;
typedef unsigned long uint64_t;
