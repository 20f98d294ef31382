// C17 7.29.
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
typedef unsigned wint_t;
typedef struct {
  int state;
} mbstate_t;
#define WEOF 0xffffffffu
#define WCHAR_MIN __WCHAR_MIN__
#define WCHAR_MAX __WCHAR_MAX__
extern "C" {
int fwprintf(FILE*, const wchar_t*, ...), fwscanf(FILE*, const wchar_t*, ...);
int swprintf(wchar_t*, size_t, const wchar_t*, ...), swscanf(const wchar_t*, const wchar_t*, ...);
int wprintf(const wchar_t*, ...), wscanf(const wchar_t*, ...);
int vfwprintf(FILE*, const wchar_t*, va_list), vfwscanf(FILE*, const wchar_t*, va_list);
int vswprintf(wchar_t*, size_t, const wchar_t*, va_list);
int vswscanf(const wchar_t*, const wchar_t*, va_list);
int vwprintf(const wchar_t*, va_list), vwscanf(const wchar_t*, va_list);
wint_t fgetwc(FILE*), getwc(FILE*), getwchar(void), ungetwc(wint_t, FILE*), btowc(int);
wint_t fputwc(wchar_t, FILE*), putwc(wchar_t, FILE*), putwchar(wchar_t);
wchar_t* fgetws(wchar_t*, int, FILE*);
int fputws(const wchar_t*, FILE*), fwide(FILE*, int), wctob(wint_t), mbsinit(const mbstate_t*);
double wcstod(const wchar_t*, wchar_t**);
float wcstof(const wchar_t*, wchar_t**);
long double wcstold(const wchar_t*, wchar_t**);
long wcstol(const wchar_t*, wchar_t**, int);
long long wcstoll(const wchar_t*, wchar_t**, int);
unsigned long wcstoul(const wchar_t*, wchar_t**, int);
unsigned long long wcstoull(const wchar_t*, wchar_t**, int);
wchar_t *wcscpy(wchar_t*, const wchar_t*), *wcsncpy(wchar_t*, const wchar_t*, size_t);
wchar_t *wcscat(wchar_t*, const wchar_t*), *wcsncat(wchar_t*, const wchar_t*, size_t);
wchar_t *wmemcpy(wchar_t*, const wchar_t*, size_t), *wmemmove(wchar_t*, const wchar_t*, size_t);
wchar_t *wmemset(wchar_t*, wchar_t, size_t), *wmemchr(const wchar_t*, wchar_t, size_t);
int wcscmp(const wchar_t*, const wchar_t*), wcscoll(const wchar_t*, const wchar_t*);
int wcsncmp(const wchar_t*, const wchar_t*, size_t);
int wmemcmp(const wchar_t*, const wchar_t*, size_t);
size_t wcsxfrm(wchar_t*, const wchar_t*, size_t), wcslen(const wchar_t*);
size_t wcscspn(const wchar_t*, const wchar_t*), wcsspn(const wchar_t*, const wchar_t*);
wchar_t *wcschr(const wchar_t*, wchar_t), *wcsrchr(const wchar_t*, wchar_t);
wchar_t *wcspbrk(const wchar_t*, const wchar_t*), *wcsstr(const wchar_t*, const wchar_t*);
wchar_t* wcstok(wchar_t*, const wchar_t*, wchar_t**);
size_t wcsftime(wchar_t*, size_t, const wchar_t*, const struct tm*);
size_t mbrlen(const char*, size_t, mbstate_t*), wcrtomb(char*, wchar_t, mbstate_t*);
size_t mbrtowc(wchar_t*, const char*, size_t, mbstate_t*);
size_t mbsrtowcs(wchar_t*, const char**, size_t, mbstate_t*);
size_t wcsrtombs(char*, const wchar_t**, size_t, mbstate_t*);
}
