// poll(2).
#pragma once
typedef unsigned nfds_t;
