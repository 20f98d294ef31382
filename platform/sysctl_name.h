// sysctlbyname(3): Darwin, FreeBSD, NetBSD.
#pragma once

#include "platform/sysctl.h"

namespace node::platform {

// A value of type T by name; zero when the system does not tell.
template <typename T>
T sysctl_named(const char* name) {
  T value = {};
  size_t size = sizeof value;
  return ::sysctlbyname(name, &value, &size, nullptr, 0) == 0 ? value : T{};
}

inline std::string sysctl_named_text(const char* name) {
  char text[256];
  size_t size = sizeof text - 1;
  if (::sysctlbyname(name, text, &size, nullptr, 0) != 0) return {};
  text[size] = '\0';
  return text;
}

}  // namespace node::platform
