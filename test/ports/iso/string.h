// C17 7.24; memmem(3) of POSIX.1-2024, which all systems have had for long.
#pragma once
#include <stddef.h>
extern "C" {
void *memcpy(void*, const void*, size_t), *memmove(void*, const void*, size_t);
void *memset(void*, int, size_t), *memchr(const void*, int, size_t);
int memcmp(const void*, const void*, size_t);
char *strcpy(char*, const char*), *strncpy(char*, const char*, size_t);
char *strcat(char*, const char*), *strncat(char*, const char*, size_t);
int strcmp(const char*, const char*), strncmp(const char*, const char*, size_t);
int strcoll(const char*, const char*);
size_t strxfrm(char*, const char*, size_t), strlen(const char*), strnlen(const char*, size_t);
size_t strcspn(const char*, const char*), strspn(const char*, const char*);
char *strchr(const char*, int), *strrchr(const char*, int), *strpbrk(const char*, const char*);
void* memmem(const void*, size_t, const void*, size_t);
char *strstr(const char*, const char*), *strtok(char*, const char*), *strerror(int);
}
