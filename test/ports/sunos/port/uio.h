// preadv(2), pwritev(2).
#pragma once
extern "C" {
ssize_t preadv(int, const struct iovec*, int, off_t), pwritev(int, const struct iovec*, int, off_t);
}
