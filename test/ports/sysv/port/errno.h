// Intro(2), errno(3).
#pragma once
#define ENODATA 101
#define ENOLINK 102
#define ENOSR 103
#define ENOSTR 104
#define ETIME 105
#define EBADFD 106
