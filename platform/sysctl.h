// sysctl(3) of the BSDs and Darwin: one value by its numbers or, where there are names, its name.
#pragma once

#include <sys/types.h>

#include <sys/sysctl.h>

#include <cstring>
#include <iterator>
#include <string>
#include <type_traits>

namespace node::platform {

// False, and *value zero, when the system does not tell.
template <typename T, size_t N>
bool sysctl_value(const int (&name)[N], T* value) {
  int copy[N];  // the first parameter is not const everywhere
  std::memcpy(copy, name, sizeof copy);
  size_t size = sizeof *value;
  *value = {};
  return ::sysctl(copy, N, value, &size, nullptr, 0) == 0;
}

template <size_t N>
std::string sysctl_text(const int (&name)[N]) {
  char text[1024];
  int copy[N];
  std::memcpy(copy, name, sizeof copy);
  size_t size = sizeof text - 1;
  if (::sysctl(copy, N, text, &size, nullptr, 0) != 0) return {};
  text[size] = '\0';
  return text;
}

}  // namespace node::platform
