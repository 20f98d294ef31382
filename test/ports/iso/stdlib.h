// C17 7.22; POSIX.1-2008 <stdlib.h>.
#pragma once
#include <stddef.h>
#include <sys/types.h>
typedef struct {
  int quot, rem;
} div_t;
typedef struct {
  long quot, rem;
} ldiv_t;
typedef struct {
  long long quot, rem;
} lldiv_t;
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
#define MB_CUR_MAX 4
extern "C" {
double atof(const char*), strtod(const char*, char**);
int atoi(const char*);
long atol(const char*), strtol(const char*, char**, int);
long long atoll(const char*), strtoll(const char*, char**, int);
float strtof(const char*, char**);
long double strtold(const char*, char**);
unsigned long strtoul(const char*, char**, int);
unsigned long long strtoull(const char*, char**, int);
int rand(void);
void srand(unsigned);
void *aligned_alloc(size_t, size_t), *calloc(size_t, size_t), *malloc(size_t);
void* realloc(void*, size_t);
void free(void*);
void abort(void) __attribute__((noreturn));
void exit(int) __attribute__((noreturn));
void _Exit(int) __attribute__((noreturn));
void quick_exit(int) __attribute__((noreturn));
int atexit(void (*)(void)), at_quick_exit(void (*)(void));
char* getenv(const char*);
int system(const char*);
void* bsearch(const void*, const void*, size_t, size_t, int (*)(const void*, const void*));
void qsort(void*, size_t, size_t, int (*)(const void*, const void*));
int abs(int);
long labs(long);
long long llabs(long long);
div_t div(int, int);
ldiv_t ldiv(long, long);
lldiv_t lldiv(long long, long long);
int mblen(const char*, size_t), mbtowc(wchar_t*, const char*, size_t), wctomb(char*, wchar_t);
size_t mbstowcs(wchar_t*, const char*, size_t), wcstombs(char*, const wchar_t*, size_t);
char *mkdtemp(char*), *realpath(const char*, char*);
int mkstemp(char*), setenv(const char*, const char*, int), unsetenv(const char*);
int posix_memalign(void**, size_t, size_t);
}
#include <port/stdlib.h>
