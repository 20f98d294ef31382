// poll(2).
#pragma once
typedef unsigned long nfds_t;
