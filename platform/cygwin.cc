// Cygwin: the POSIX layer over Windows, with a /proc of its own (procfs.cc).
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "core/base/fd.h"
#include "platform/close_on_exec.h"
#include "platform/file.h"
#include "platform/platform.h"

namespace node::platform {

double uptime_s() {
  double seconds = 0;
  File file(std::fopen("/proc/uptime", "re"));
  return file && std::fscanf(file.get(), "%lf", &seconds) == 1 ? seconds : 0;
}

// getifaddrs(3) has no entry for the hardware: any entry's name leads to it.
bool hardware_address(const ifaddrs* entry, uint8_t out[6]) {
  Fd socket(::socket(AF_INET, SOCK_DGRAM, 0));
  ifreq request = {};
  std::strncpy(request.ifr_name, entry->ifa_name, sizeof request.ifr_name - 1);
  if (!socket.valid() || ::ioctl(socket.get(), SIOCGIFHWADDR, &request) != 0) return false;
  std::memcpy(out, request.ifr_hwaddr.sa_data, 6);
  return true;
}

void mark_inherited_close_on_exec(int first) { set_close_on_exec(first, ::getdtablesize()); }

int64_t file_system_type(const char* path) {
  struct statfs s;
  return ::statfs(path, &s) == 0 ? static_cast<int64_t>(s.f_type) : 0;
}

int sync_file(int fd) { return ::fsync(fd); }

}  // namespace node::platform
