// intro(2), errno(2): what POSIX does not name.
#pragma once
#define EFTYPE 179
