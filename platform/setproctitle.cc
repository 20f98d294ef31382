// The process title by setproctitle(3): FreeBSD, NetBSD, OpenBSD.
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "platform/platform.h"

namespace node::platform {

void keep_title_room(int, char**) {}

// The hyphen leaves out the program's name, which comes first otherwise.
void set_title(const std::string& title) { ::setproctitle("-%s", title.c_str()); }

}  // namespace node::platform
