// POSIX.1-2008 <utmpx.h>.
#pragma once
#include <sys/time.h>
#define BOOT_TIME 2
struct utmpx {
  char ut_user[32], ut_id[4], ut_line[32];
  pid_t ut_pid;
  short ut_type;
  struct timeval ut_tv;
};
extern "C" {
void setutxent(void), endutxent(void);
struct utmpx* getutxent(void);
}
