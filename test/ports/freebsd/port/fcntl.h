// open(2), fcntl(2), posix_fadvise(2).
#pragma once
