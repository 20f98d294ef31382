// pthreads(7): numbers and structures.
#pragma once
#include <stddef.h>
#include <sys/types.h>
typedef struct {
  void* attributes;
} pthread_attr_t, pthread_mutexattr_t, pthread_condattr_t;
typedef struct {
  uint64_t state[3];
} pthread_mutex_t, pthread_cond_t, pthread_rwlock_t;
typedef unsigned pthread_key_t;
typedef struct {
  uint64_t state[4];
} pthread_once_t;
#define PTHREAD_MUTEX_INITIALIZER \
  {                               \
    { 0, 0, 0 }                   \
  }
#define PTHREAD_COND_INITIALIZER \
  {                              \
    { 0, 0, 0 }                  \
  }
#define PTHREAD_RWLOCK_INITIALIZER \
  {                                \
    { 0, 0, 0 }                    \
  }
#define PTHREAD_ONCE_INIT \
  {                       \
    { 0, 0, 0, 0 }        \
  }
