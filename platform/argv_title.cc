// The process title where ps(1) shows the memory that main's argv had at the start.
#include <pthread.h>

#include <algorithm>
#include <cstring>

#include "platform/platform.h"

namespace node::platform {

namespace {

char* room = nullptr;
size_t room_bytes = 0;

// The main thread has a name, too: up to 15 bytes of it, which is Linux's limit. Some systems name
// any thread, some the calling one only.
[[maybe_unused]] void name_thread(int (*set_name)(pthread_t, const char*), const char* name) {
  set_name(pthread_self(), name);
}
[[maybe_unused]] void name_thread(int (*set_name)(const char*), const char* name) {
  set_name(name);
}

}  // namespace

void keep_title_room(int argc, char** argv) {
  if (argc == 0) return;
  room = argv[0];
  room_bytes = static_cast<size_t>(argv[argc - 1] + std::strlen(argv[argc - 1]) + 1 - argv[0]);
}

void set_title(const std::string& title) {
  name_thread(pthread_setname_np, title.substr(0, 15).c_str());
  if (room_bytes == 0) return;
  std::memset(room, 0, room_bytes);
  std::memcpy(room, title.data(), std::min(title.size(), room_bytes - 1));
}

}  // namespace node::platform
