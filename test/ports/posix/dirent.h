// POSIX.1-2008 <dirent.h>; the entry is the system's.
#pragma once
#include <port/dirent.h>
#include <sys/types.h>
typedef struct port_dir DIR;
extern "C" {
DIR *opendir(const char*), *fdopendir(int);
struct dirent* readdir(DIR*);
int closedir(DIR*), dirfd(DIR*);
void rewinddir(DIR*);
}
