// The device /dev/poll made of poll(2), for tests: what poll/devpoll.cc uses. See README.md.
#include <fcntl.h>
#include <sys/devpoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <map>
#include <mutex>
#include <vector>

namespace {

// Events by descriptor, for each open handle. What is written is OR-ed to what is there.
using Device = std::map<int, short>;  // NOLINT(runtime/int): the type of pollfd::events

std::mutex mutex;
std::map<int, Device> devices;

Device* find(int fd) {
  auto found = devices.find(fd);
  return found == devices.end() ? nullptr : &found->second;
}

size_t most_descriptors() { return static_cast<size_t>(getdtablesize()); }

ssize_t update(Device& device, const pollfd* entries, size_t bytes) {
  // No more entries at once than the process may open.
  if (bytes % sizeof(pollfd) != 0 || bytes / sizeof(pollfd) > most_descriptors()) {
    errno = EINVAL;
    return -1;
  }
  for (size_t i = 0; i < bytes / sizeof(pollfd); ++i) {
    const pollfd& entry = entries[i];
    if (entry.fd < 0 || entry.fd >= getdtablesize()) {
      errno = EINVAL;
      return -1;
    }
    if ((entry.events & POLLREMOVE) != 0) {
      device.erase(entry.fd);
    } else {
      device[entry.fd] |= entry.events;
    }
  }
  return static_cast<ssize_t>(bytes);
}

// The first that are ready, in the order of their numbers, as many as there is room for.
int wait(const Device& device, dvpoll* request) {
  if (request->dp_nfds > most_descriptors()) {
    errno = EINVAL;
    return -1;
  }
  std::vector<pollfd> all;
  for (auto [fd, events] : device) all.push_back({fd, events, 0});
  if (poll(all.data(), all.size(), request->dp_timeout) < 0) return -1;
  unsigned long n = 0;  // NOLINT(runtime/int): as in dvpoll
  for (const pollfd& entry : all) {
    if (n == request->dp_nfds) break;
    if (entry.revents != 0) request->dp_fds[n++] = entry;
  }
  return static_cast<int>(n);
}

}  // namespace

extern "C" {

int emul_open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
  va_end(list);
  if (std::strcmp(path, "/dev/poll") != 0) return open(path, flags, mode);
  int fd = eventfd(0, (flags & O_CLOEXEC) != 0 ? EFD_CLOEXEC : 0);
  std::lock_guard<std::mutex> lock(mutex);
  if (fd >= 0) devices[fd].clear();
  return fd;
}

// What glibc calls it where offsets have 64 bits.
int emul_open64(const char* path, int flags, ...) __attribute__((alias("emul_open")));

ssize_t emul_write(int fd, const void* bytes, size_t count) {
  std::lock_guard<std::mutex> lock(mutex);
  Device* device = find(fd);
  if (device == nullptr) return write(fd, bytes, count);
  return update(*device, static_cast<const pollfd*>(bytes), count);
}

int emul_ioctl(int fd, unsigned long request, void* argument) {  // NOLINT(runtime/int): ioctl(2)
  Device copy;
  {
    std::lock_guard<std::mutex> lock(mutex);
    Device* device = find(fd);
    if (device == nullptr) return ioctl(fd, request, argument);
    copy = *device;
  }
  if (request == DP_POLL) return wait(copy, static_cast<dvpoll*>(argument));
  errno = EINVAL;
  return -1;
}

// What glibc calls it where time_t is wider than a word.
int emul_ioctl64(int fd, unsigned long request, void* argument)  // NOLINT(runtime/int): ioctl(2)
    __attribute__((alias("emul_ioctl")));

int emul_close(int fd) {
  {
    std::lock_guard<std::mutex> lock(mutex);
    devices.erase(fd);
  }
  return close(fd);
}
}
