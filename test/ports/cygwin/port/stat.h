// <sys/stat.h>: the birth is st_birthtim.
#pragma once
#define PORT_BIRTH , st_birthtim
#include_next <port/stat.h>
