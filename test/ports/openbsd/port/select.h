// select(2): FD_SETSIZE unless the program says otherwise.
#pragma once
#define PORT_FD_SETSIZE 1024
