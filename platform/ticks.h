// Processor times that the kernel counts in ticks, as milliseconds.
#pragma once

#include <cstdint>
#include <string>

#include "platform/platform.h"

namespace node::platform {

struct Ticks {
  uint64_t user, nice, system, idle, irq;
};

inline Cpu cpu_of(std::string model, int speed_mhz, const Ticks& ticks, uint64_t ticks_per_s) {
  if (ticks_per_s == 0) ticks_per_s = 100;
  auto ms = [=](uint64_t n) { return n * 1000 / ticks_per_s; };
  return {std::move(model), speed_mhz,      ms(ticks.user), ms(ticks.nice),
          ms(ticks.system), ms(ticks.idle), ms(ticks.irq)};
}

}  // namespace node::platform
