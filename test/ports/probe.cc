// Compiled with each port: sees that the host's system is not seen, and has a main() that needs the
// loop, the net and the platform, so that linking it says that nothing is missing.
#include <sys/select.h>

#include <cstdio>

#include "core/file_work.h"
#include "core/loop.h"
#include "http/server_connection.h"
#include "net/listener.h"
#include "net/stream.h"
#include "platform/platform.h"

#if defined(__linux__) || defined(__gnu_linux__)
#error "the compiler thinks that this is Linux"
#endif
#if __has_include(<sys/epoll.h>) || __has_include(<linux/fs.h>) || __has_include(<gnu/stubs.h>)
#error "the host's headers are in the way"
#endif

// Cygwin's and NetBSD's own choice is far less.
static_assert(FD_SETSIZE >= 1024);

int main() {
  node::Loop loop;
  if (!loop.open().ok()) return 1;
  node::FileRequest request(node::FileOp::kStat);
  request.path = node::platform::executable_path();
  request.run();
  std::printf("%zu processors, up %.0f s\n", node::platform::cpus().size(),
              node::platform::uptime_s());
  loop.run();
  return request.error ? 1 : 0;
}
