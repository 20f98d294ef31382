// poll(2).
#pragma once
typedef unsigned int nfds_t;
