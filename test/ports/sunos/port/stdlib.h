// Nothing more; getloadavg is in <sys/loadavg.h>.
#pragma once
