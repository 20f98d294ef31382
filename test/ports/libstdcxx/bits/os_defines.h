// What libstdc++ asks of the host's libc: nothing, there is none here.
#pragma once
