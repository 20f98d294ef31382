// stat(2): the birth is __st_birthtim.
#pragma once
#define PORT_BIRTH __st_birthtim
#include_next <port/stat.h>
