// getloadavg(3).
#pragma once
extern "C" int getloadavg(double*, int);
