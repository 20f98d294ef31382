// POSIX.1-2008 <signal.h>: sigaction(2), kill(2), pthread_sigmask(3).
#pragma once
#include <port/signal.h>
#include <pthread.h>
#include <sys/types.h>
typedef int sig_atomic_t;
union sigval {
  int sival_int;
  void* sival_ptr;
};
typedef struct {
  int si_signo, si_errno, si_code;
} siginfo_t;
struct sigaction {
  union {
    void (*sa_handler)(int);
    void (*sa_sigaction)(int, siginfo_t*, void*);
  };
  sigset_t sa_mask;
  int sa_flags;
};
#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int))1)
#define SIG_ERR ((void (*)(int)) - 1)
#define SIG_BLOCK 1
#define SIG_SETMASK 3
#define SA_RESTART 2
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGABRT 6
#define SIGFPE 8
#define SIGKILL 9
#define SIGSEGV 11
#define SIGPIPE 13
#define SIGTERM 15
#define SIGSTOP 17
#define SIGCHLD 20
#define SIGUSR1 30
extern "C" {
int sigaction(int, const struct sigaction*, struct sigaction*), kill(pid_t, int), raise(int);
int sigprocmask(int, const sigset_t*, sigset_t*), pthread_sigmask(int, const sigset_t*, sigset_t*);
int sigemptyset(sigset_t*), sigfillset(sigset_t*), sigaddset(sigset_t*, int);
void (*signal(int, void (*)(int)))(int);
}
