// port_create(3C) as Solaris's manual declares it, for a test build on a system without it: see
// README.md.
#pragma once

#include <poll.h>
#include <stdint.h>
#include <time.h>

#include <cerrno>

struct port_event_t {
  int portev_events;
  unsigned short portev_source;  // NOLINT(runtime/int): ushort_t
  unsigned short portev_pad;     // NOLINT(runtime/int)
  uintptr_t portev_object;
  void* portev_user;
};

#define PORT_SOURCE_FD 4

extern "C" {
int port_create(void);
int port_associate(int port, int source, uintptr_t object, int events, void* user);
int port_dissociate(int port, int source, uintptr_t object);
int port_getn(int port, port_event_t* list, unsigned most, unsigned* count,
              struct timespec* timeout);
}
