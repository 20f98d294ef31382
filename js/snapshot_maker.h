// Makes the start-up snapshot: in the build, or at a program's first start.
#pragma once

#include <string>

namespace node::js {

// Starts V8, runs the library once and writes V8's picture of it to `fd`, after `head`. False when
// that fails; says why on stderr where it is no system error (then errno tells). V8 is of no use in
// this process afterwards.
bool make_snapshot(int fd, const std::string& head);

}  // namespace node::js
