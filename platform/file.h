// A stdio stream with one owner, for the small text files that kernels make up.
#pragma once

#include <cstdio>
#include <memory>

namespace node::platform {

struct FileCloser {
  void operator()(FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<FILE, FileCloser>;

}  // namespace node::platform
