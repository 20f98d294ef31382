// C17 7.21.
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>
typedef struct port_file FILE;
typedef struct {
  long at;
} fpos_t;
#define EOF (-1)
#define BUFSIZ 1024
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
extern "C" {
extern FILE *port_stdin, *port_stdout, *port_stderr;
#define stdin port_stdin
#define stdout port_stdout
#define stderr port_stderr
int remove(const char*), rename(const char*, const char*);
FILE* tmpfile(void);
char* tmpnam(char*);
int fclose(FILE*), fflush(FILE*);
FILE *fopen(const char*, const char*), *freopen(const char*, const char*, FILE*);
void setbuf(FILE*, char*);
int setvbuf(FILE*, char*, int, size_t);
int fprintf(FILE*, const char*, ...) __attribute__((format(printf, 2, 3)));
int printf(const char*, ...) __attribute__((format(printf, 1, 2)));
int snprintf(char*, size_t, const char*, ...) __attribute__((format(printf, 3, 4)));
int sprintf(char*, const char*, ...) __attribute__((format(printf, 2, 3)));
int fscanf(FILE*, const char*, ...) __attribute__((format(scanf, 2, 3)));
int scanf(const char*, ...) __attribute__((format(scanf, 1, 2)));
int sscanf(const char*, const char*, ...) __attribute__((format(scanf, 2, 3)));
int vfprintf(FILE*, const char*, va_list), vprintf(const char*, va_list);
int vsnprintf(char*, size_t, const char*, va_list), vsprintf(char*, const char*, va_list);
int vfscanf(FILE*, const char*, va_list), vscanf(const char*, va_list);
int vsscanf(const char*, const char*, va_list);
int fgetc(FILE*), getc(FILE*), getchar(void), fputc(int, FILE*), putc(int, FILE*), putchar(int);
char* fgets(char*, int, FILE*);
int fputs(const char*, FILE*), puts(const char*), ungetc(int, FILE*);
size_t fread(void*, size_t, size_t, FILE*), fwrite(const void*, size_t, size_t, FILE*);
int fgetpos(FILE*, fpos_t*), fseek(FILE*, long, int), fsetpos(FILE*, const fpos_t*);
long ftell(FILE*);
void rewind(FILE*), clearerr(FILE*), perror(const char*);
int feof(FILE*), ferror(FILE*);
}
