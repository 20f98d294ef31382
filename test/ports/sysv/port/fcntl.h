// open(2), fcntl(2).
#pragma once
