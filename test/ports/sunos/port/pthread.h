// pthreads(7): a thread is a number.
#pragma once
typedef unsigned pthread_t;
#include_next <port/pthread.h>
