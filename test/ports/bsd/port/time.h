// clocks(7): kern.clockrate. OpenBSD's and FreeBSD's have one more member than is used here.
#pragma once
struct clockinfo {
  int hz, tick, stathz, profhz;
};
