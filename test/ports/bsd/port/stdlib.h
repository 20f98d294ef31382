// getloadavg(3), arc4random(3); setproctitle(3) of OpenBSD and NetBSD.
#pragma once
#include <stdint.h>
extern "C" {
int getloadavg(double*, int);
uint32_t arc4random(void);
}
