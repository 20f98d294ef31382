// POSIX.1-2008 <unistd.h>, and getdtablesize(2), setgroups(2), vfork(2), which all systems have.
#pragma once
#include <stddef.h>
#include <sys/types.h>
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define _SC_CLK_TCK 3
#define _SC_OPEN_MAX 5
#define _SC_PAGESIZE 47
#define _SC_NPROCESSORS_ONLN 58
extern "C" {
ssize_t read(int, void*, size_t), write(int, const void*, size_t);
ssize_t pread(int, void*, size_t, off_t), pwrite(int, const void*, size_t, off_t);
off_t lseek(int, off_t, int);
int close(int), pipe(int*), dup(int), dup2(int, int), fsync(int), ftruncate(int, off_t);
int access(const char*, int), chdir(const char*), rmdir(const char*), unlink(const char*);
int unlinkat(int, const char*, int), link(const char*, const char*);
int symlink(const char*, const char*), isatty(int), usleep(useconds_t);
int chown(const char*, uid_t, gid_t), fchown(int, uid_t, gid_t), lchown(const char*, uid_t, gid_t);
ssize_t readlink(const char*, char*, size_t);
char* getcwd(char*, size_t);
int execve(const char*, char* const*, char* const*);
void _exit(int) __attribute__((noreturn));
pid_t fork(void), vfork(void), getpid(void), getppid(void), setsid(void);
uid_t getuid(void), geteuid(void);
gid_t getgid(void), getegid(void);
int setuid(uid_t), setgid(gid_t), gethostname(char*, size_t), getpagesize(void);
int getdtablesize(void);
long sysconf(int);
}
#include <port/unistd.h>
