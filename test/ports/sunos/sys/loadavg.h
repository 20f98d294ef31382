// getloadavg(3C).
#pragma once
extern "C" int getloadavg(double*, int);
