// sigaction(2).
#pragma once
typedef struct {
  unsigned bits[4];
} sigset_t;
#define NSIG 75
