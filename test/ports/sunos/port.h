// port_create(3C), port_associate(3C), port_get(3C).
#pragma once
#include <poll.h>
#include <stdint.h>
#include <time.h>
typedef struct {
  int portev_events;
  unsigned short portev_source, portev_pad;
  uintptr_t portev_object;
  void* portev_user;
} port_event_t;
#define PORT_SOURCE_FD 4
extern "C" {
int port_create(void), port_associate(int, int, uintptr_t, int, void*);
int port_dissociate(int, int, uintptr_t);
int port_getn(int, port_event_t*, unsigned, unsigned*, struct timespec*);
}
