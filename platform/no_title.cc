// For systems that show the command line a process was started with, whatever it does.
#include "platform/platform.h"

namespace node::platform {

void keep_title_room(int, char**) {}
void set_title(const std::string&) {}

}  // namespace node::platform
