// fcntl(2): F_MAXFD is the largest descriptor that is open.
#pragma once
#define F_MAXFD 11
