// The terminal and the three descriptors that this process shares with others.
#pragma once

namespace node::js {

// Puts back what was changed of them: raw mode, flags. Async-signal-safe; to be called on the way
// out.
void restore_stdio();

}  // namespace node::js
