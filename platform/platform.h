// What only the system itself can tell: the contract that each file of this folder fulfils.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"

struct ifaddrs;

namespace node::platform {

// One logical processor: milliseconds spent so far, by kind.
struct Cpu {
  std::string model;
  int speed_mhz = 0;
  uint64_t user_ms = 0, nice_ms = 0, system_ms = 0, idle_ms = 0, irq_ms = 0;
};
std::vector<Cpu> cpus();

// Bytes of memory in the machine; what is free for new programs; 0 when the system does not tell.
uint64_t total_memory();
uint64_t free_memory();

// Bytes that this process may use by a limit of the system (a container's, say); 0 when there is
// none.
uint64_t constrained_memory();

// Bytes of this process: in memory, and of address space.
struct Memory {
  uint64_t resident = 0;
  uint64_t virtual_size = 0;
};
Memory process_memory();

// Seconds since the machine started.
double uptime_s();

// Absolute path of the running program; empty when the system does not tell.
std::string executable_path();

// The 6 bytes of the hardware address that goes with an entry of getifaddrs(3), false when it has
// none.
bool hardware_address(const ifaddrs* entry, uint8_t out[6]);

// Makes `title` what ps(1) shows. `argv` is main's; its memory is the room there is.
void keep_title_room(int argc, char** argv);
void set_title(const std::string& title);

// Descriptors from `first` on do not survive exec(3), whoever opened them. Async-signal-safe.
void mark_inherited_close_on_exec(int first);

// preadv(2), or readv(2) where `position` is negative, that never waits for a disk: -1 with EAGAIN
// when it would have to, and when the system has no such call.
ssize_t read_cached(int fd, const iovec* parts, int count, int64_t position);

// What the system can do with files at once, from memory, without waiting for a disk or another
// machine; never for named pipes and devices. Each may refuse whenever it likes: -1 with EAGAIN,
// false. Not for several threads.
// Opens for reading only, close-on-exec; `flags` as open(2) has them.
int open_cached(const char* path, int flags);
// A descriptor that names the file and no more, to ask about it; -1 with ENOENT: there is none.
int find_cached(const char* path, bool follow_link);
// Closes what open_cached could have opened. False: not done.
bool close_cached(int fd);

}  // namespace node::platform
