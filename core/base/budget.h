// How much memory the program allows itself: one place for sizes that a small machine has less of.
#pragma once

#include <cstddef>

namespace node {

// make SMALL=1: for machines with 64 MB or so.
#ifdef NODE_SMALL
inline constexpr bool kSmall = true;
#else
inline constexpr bool kSmall = false;
#endif

// The smallest of the blocks in which a stream reads what comes fast.
inline constexpr size_t kReadBlockBytes = kSmall ? 16 * 1024 : 64 * 1024;
// Threads of the pool, unless UV_THREADPOOL_SIZE says otherwise; each costs a stack.
inline constexpr int kPoolThreads = kSmall ? 2 : 4;

}  // namespace node
