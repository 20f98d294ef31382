// stat(2): the birth is not kept.
#pragma once
#define PORT_BIRTH
#include_next <port/stat.h>
