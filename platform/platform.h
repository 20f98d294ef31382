// What only the system itself can tell or do: the contract that each system's files fulfil. Which
// files make up a system says config.mk.
#pragma once

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

struct ifaddrs;

namespace node::platform {

// --- the machine --------------------------------------------------------------------------

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

// The load of the last 1, 5 and 15 minutes; zeros when the system does not tell.
void load_averages(double out[3]);

// Seconds since the machine started.
double uptime_s();

// The 6 bytes of the hardware address that goes with an entry of getifaddrs(3), false when it has
// none.
bool hardware_address(const ifaddrs* entry, uint8_t out[6]);

// --- this process -------------------------------------------------------------------------

// Bytes that this process may use by a limit of the system (a container's, say); 0 when there is
// none.
uint64_t constrained_memory();

// Bytes of this process: in memory, and of address space.
struct Memory {
  uint64_t resident = 0;
  uint64_t virtual_size = 0;
};
Memory process_memory();

// Gives free pages of the heap back, where the C library can. May take milliseconds.
void release_memory();

// Absolute path of the running program; empty when the system does not tell.
std::string executable_path();

// Makes `title` what ps(1) shows. `argv` is main's; its memory is the room there is.
void keep_title_room(int argc, char** argv);
void set_title(const std::string& title);

// Descriptors from `first` on do not survive exec(3), whoever opened them. Async-signal-safe.
void mark_inherited_close_on_exec(int first);

// --- files: each answers as a system call does, -1 with errno --------------------------------

struct FileTimes {
  timespec access, modification, change, birth;
};
enum class StatOf : uint8_t { kPath, kLink, kDescriptor };

// stat(2), lstat(2) or fstat(2), and the times under one name. The birth is the status change where
// none is kept.
int stat_file(StatOf of, const char* path, int fd, struct stat* s, FileTimes* times);

// The number by which the system knows this kind of file system; 0 when it has none.
int64_t file_system_type(const char* path);

// Makes the content of `to` that of `from` by sharing its blocks; ENOSYS where there is no such
// call.
int clone_file(int from, int to);

// Copies up to `most` bytes from where `from` stands to where `to` stands; 0 at the end, ENOSYS
// where there is no such call.
ssize_t copy_in_kernel(int from, int to, size_t most);

// fsync(2), and fdatasync(2) where there is one: the bytes are on the disk when it returns.
int sync_file(int fd);
int sync_data(int fd);

// preadv(2) and pwritev(2).
ssize_t read_at(int fd, const iovec* parts, int count, int64_t position);
ssize_t write_at(int fd, const iovec* parts, int count, int64_t position);

// preadv(2), or readv(2) where `position` is negative, that never waits for a disk: -1 with EAGAIN
// when it would have to, and when the system has no such call.
ssize_t read_cached(int fd, const iovec* parts, int count, int64_t position);

// What the system can do with files at once, from memory, without waiting for a disk or another
// machine; never for named pipes and devices. Each may refuse whenever it likes: -1 with EAGAIN,
// false. Not for several threads.
// Opens for reading only, close-on-exec; `flags` as open(2) has them.
int open_cached(const char* path, int flags);
// stat_file() of a path; -1 with ENOENT: there is none.
int stat_cached(const char* path, bool follow_link, struct stat* s, FileTimes* times);
// Closes what open_cached could have opened. False: not done.
bool close_cached(int fd);
// How many bytes a regular file has from `offset` on, `most` at the most, if all are in memory; 0
// at its end; -1 when that is not certain.
int64_t cached_bytes(int fd, int64_t offset, int64_t most);
// Sends of a file what the socket takes at once, without copying: bytes, or -1 as send(2) has it;
// ENOSYS where the system cannot.
ssize_t send_file(int socket, int fd, int64_t offset, size_t length);

}  // namespace node::platform
