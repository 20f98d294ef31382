// POSIX.1-2008 <sys/wait.h>.
#pragma once
#include <sys/types.h>
#define WNOHANG 1
#define WIFEXITED(status) (((status)&0177) == 0)
#define WEXITSTATUS(status) (((status) >> 8) & 0377)
#define WIFSIGNALED(status) (((status)&0177) != 0)
#define WTERMSIG(status) ((status)&0177)
extern "C" pid_t waitpid(pid_t, int*, int);
