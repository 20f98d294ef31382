// What libstdc++ has for a libc that it does not know.
#pragma once
namespace std {
struct ctype_base {
  typedef const int* __to_type;
  typedef unsigned mask;
  static const mask upper = 1, lower = 2, alpha = 4, digit = 8, xdigit = 16, space = 32, print = 64;
  static const mask graph = 128, cntrl = 256, punct = 512, alnum = 12, blank = 1024;
};
}  // namespace std
