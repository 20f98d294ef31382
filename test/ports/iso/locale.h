// C17 7.11; POSIX.1-2008 uselocale().
#pragma once
#include <stddef.h>
struct lconv {
  char* decimal_point;
};
typedef struct port_locale* locale_t;
typedef locale_t __locale_t;
#define LC_ALL 0
#define LC_NUMERIC 4
extern "C" {
char* setlocale(int, const char*);
struct lconv* localeconv(void);
locale_t uselocale(locale_t);
}
