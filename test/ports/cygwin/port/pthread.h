// <sys/_pthreadtypes.h>: a thread is a pointer.
#pragma once
typedef struct port_thread* pthread_t;
#include_next <port/pthread.h>
