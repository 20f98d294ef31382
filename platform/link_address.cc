// Hardware addresses where getifaddrs(3) lists them as AF_LINK: the BSDs, Darwin, Solaris.
#include <ifaddrs.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <sys/types.h>

#include <cstring>

#include "platform/platform.h"

namespace node::platform {

bool hardware_address(const ifaddrs* entry, uint8_t out[6]) {
  if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_LINK) return false;
  const sockaddr_dl* link = reinterpret_cast<const sockaddr_dl*>(entry->ifa_addr);
  if (link->sdl_alen != 6) return false;  // tunnels and loopbacks
  std::memcpy(out, LLADDR(link), 6);
  return true;
}

}  // namespace node::platform
