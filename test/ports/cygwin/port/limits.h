// <limits.h>.
#pragma once
#define PATH_MAX 4096
#define NAME_MAX 255
#define IOV_MAX 1024
