// pthread(3): the types are pointers.
#pragma once
#include <stddef.h>
#include <sys/types.h>
typedef struct port_thread* pthread_t;
typedef struct port_attr* pthread_attr_t;
typedef struct port_mutex* pthread_mutex_t;
typedef struct port_mutexattr* pthread_mutexattr_t;
typedef struct port_cond* pthread_cond_t;
typedef struct port_condattr* pthread_condattr_t;
typedef struct port_rwlock* pthread_rwlock_t;
typedef int pthread_key_t;
typedef struct {
  int state;
  void* mutex;
} pthread_once_t;
#define PTHREAD_MUTEX_INITIALIZER nullptr
#define PTHREAD_COND_INITIALIZER nullptr
#define PTHREAD_RWLOCK_INITIALIZER nullptr
#define PTHREAD_ONCE_INIT \
  { 0, nullptr }
