// Event ports, port_create(3C), made of poll(2), for tests: what poll/eventport.cc uses. See
// README.md.
#include <fcntl.h>
#include <port.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <list>
#include <map>
#include <mutex>
#include <vector>

namespace {

// What is associated, the oldest first, which is also the order of the reports.
struct Association {
  int fd;
  short events;  // NOLINT(runtime/int): the type of pollfd::events
  void* user;
  dev_t device;
  ino_t file;
};
using Port = std::list<Association>;

std::mutex mutex;
std::map<int, Port> ports;

Port* find(int port) {
  auto found = ports.find(port);
  if (found == ports.end()) errno = EBADFD;
  return found == ports.end() ? nullptr : &found->second;
}

// Whether the number still means the file it meant: close(2) ends an association.
bool is_same(const Association& a) {
  struct stat s;
  return fstat(a.fd, &s) == 0 && s.st_dev == a.device && s.st_ino == a.file;
}

void fill(const Port& port, std::vector<pollfd>* set) {
  set->clear();
  for (const Association& a : port) set->push_back({a.fd, a.events, 0});
}

// What is ready of `set`, as far as it is associated still. Each association reports once.
unsigned take(int number, const std::vector<pollfd>& set, port_event_t* list, unsigned most) {
  std::lock_guard<std::mutex> lock(mutex);
  Port* port = find(number);
  unsigned n = 0;
  for (const pollfd& entry : set) {
    if (port == nullptr || entry.revents == 0 || n == most) continue;
    for (auto a = port->begin(); a != port->end(); ++a) {
      if (a->fd != entry.fd) continue;
      if (is_same(*a)) {
        list[n++] = {entry.revents, PORT_SOURCE_FD, 0, static_cast<uintptr_t>(a->fd), a->user};
      }
      port->erase(a);
      break;
    }
  }
  return n;
}

}  // namespace

int port_create() {
  int fd = eventfd(0, 0);
  std::lock_guard<std::mutex> lock(mutex);
  // close(2) is not seen here: a port of the same number is one that was closed.
  if (fd >= 0) ports[fd].clear();
  return fd;
}

int port_associate(int number, int source, uintptr_t object, int events, void* user) {
  std::lock_guard<std::mutex> lock(mutex);
  Port* port = find(number);
  if (port == nullptr) return -1;
  if (source != PORT_SOURCE_FD || events == 0) {
    errno = EINVAL;
    return -1;
  }
  int fd = static_cast<int>(object);
  struct stat s;
  if (fstat(fd, &s) != 0) {
    errno = EBADFD;
    return -1;
  }
  Association wanted = {fd, static_cast<short>(events), user, s.st_dev, s.st_ino};  // NOLINT
  for (Association& a : *port) {
    if (a.fd != fd) continue;
    a = wanted;
    return 0;
  }
  port->push_back(wanted);
  return 0;
}

int port_dissociate(int number, int source, uintptr_t object) {
  std::lock_guard<std::mutex> lock(mutex);
  Port* port = find(number);
  if (port == nullptr) return -1;
  size_t removed = std::erase_if(*port, [=](const Association& a) {
    return source == PORT_SOURCE_FD && a.fd == static_cast<int>(object);
  });
  if (removed == 0) errno = ENOENT;
  return removed == 0 ? -1 : 0;
}

int port_getn(int number, port_event_t* list, unsigned most, unsigned* count,
              struct timespec* timeout) {
  int timeout_ms = -1;
  if (timeout != nullptr) {
    timeout_ms = static_cast<int>(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000);
  }
  std::vector<pollfd> set;
  {
    std::lock_guard<std::mutex> lock(mutex);
    Port* port = find(number);
    if (port == nullptr || most == 0) return -1;
    fill(*port, &set);
  }
  for (;;) {
    // EINTR leaves *count alone, as the real one does.
    int ready = poll(set.data(), set.size(), timeout_ms);
    if (ready < 0) return -1;
    unsigned n = take(number, set, list, most);
    if (ready > 0 && n == 0) {
      // All of them were closed: what is associated now?
      std::lock_guard<std::mutex> lock(mutex);
      if (Port* port = find(number)) fill(*port, &set);
      if (timeout == nullptr) continue;
    }
    *count = n;
    if (n > 0) return 0;
    errno = ETIME;
    return -1;
  }
}
