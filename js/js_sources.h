// The JavaScript library inside the executable: what the build found in js/lib, byte for byte.
#pragma once

#include <cstddef>

namespace node::js {

// One library file. `name` is its path below js/lib without ".js" ("internal/errors"). `data`
// points to `len` ASCII bytes that live as long as the process, so that V8 can use them as an
// external one-byte string.
struct JsSource {
  const char* name;
  const char* data;
  size_t len;
};

// Sorted by name (strcmp order).
extern const JsSource kJsSources[];
extern const size_t kJsSourceCount;

}  // namespace node::js
