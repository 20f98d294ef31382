// kqueue(2) made of epoll(7), for tests: what poll/kqueue.cc uses. See README.md.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/event.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <utility>

namespace {

// One epoll a filter, so that a descriptor that is ready both ways makes two events; a third one to
// sleep on.
struct Queue {
  int filters[2] = {-1, -1};
  int first = 0;  // of them: whose events come first
};

std::mutex mutex;
std::map<int, Queue> queues;  // by descriptor of the epoll that is slept on

Queue find(int kq) {
  std::lock_guard<std::mutex> lock(mutex);
  auto found = queues.find(kq);
  return found == queues.end() ? Queue() : found->second;
}

void begin_with(int kq, int first) {
  std::lock_guard<std::mutex> lock(mutex);
  queues[kq].first = first;
}

// 0 or an errno.
int change(const Queue& queue, const struct kevent& change) {
  if (change.filter != EVFILT_READ && change.filter != EVFILT_WRITE) return EINVAL;
  int epoll = queue.filters[change.filter == EVFILT_READ ? 0 : 1];
  int fd = static_cast<int>(change.ident);
  epoll_event event = {};
  event.events = change.filter == EVFILT_READ ? EPOLLIN | EPOLLRDHUP : EPOLLOUT;
  event.data.fd = fd;
  switch (change.flags) {
    case EV_ADD:
      if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0 || errno == EEXIST) return 0;
      return errno;
    case EV_DELETE:
      return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, nullptr) == 0 ? 0 : errno;
    default:
      return EINVAL;
  }
}

// close(2) takes a descriptor out of a queue, even while a copy of it is open; epoll(7) would go
// on.
bool is_closed(int fd) { return fcntl(fd, F_GETFD) < 0; }

struct kevent translate(int16_t filter, const epoll_event& found) {
  bool gone = (found.events & (EPOLLHUP | EPOLLERR)) != 0;
  bool end = gone || (found.events & EPOLLRDHUP) != 0;
  int bytes = 0;
  if (filter == EVFILT_READ) ioctl(found.data.fd, FIONREAD, &bytes);
  struct kevent event;
  EV_SET(&event, static_cast<uintptr_t>(found.data.fd), filter,
         static_cast<uint16_t>(end ? EV_EOF : 0),
         (found.events & EPOLLERR) != 0 ? static_cast<uint32_t>(ECONNRESET) : 0u, bytes, nullptr);
  return event;
}

// What can be read comes first, as it mostly does where events come in the order they happened (a
// listener's before those of the client that connects); the caller sees to it that none starves.
int collect(const Queue& queue, struct kevent* events, int room) {
  int n = 0;
  for (int i = 0; i < 2 && n < room; ++i) {
    int filter = (i + queue.first) % 2;
    epoll_event found[64];
    int most = std::min(room - n, static_cast<int>(std::size(found)));
    int count = epoll_wait(queue.filters[filter], found, most, 0);
    for (int k = 0; k < count; ++k) {
      if (is_closed(found[k].data.fd)) continue;
      events[n++] = translate(filter == 0 ? EVFILT_READ : EVFILT_WRITE, found[k]);
    }
  }
  return n;
}

}  // namespace

int kqueue() {
  int outer = epoll_create1(EPOLL_CLOEXEC);
  if (outer < 0) return -1;
  Queue queue;
  for (int& inner : queue.filters) {
    inner = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event = {};
    event.events = EPOLLIN;
    epoll_ctl(outer, EPOLL_CTL_ADD, inner, &event);
  }
  std::lock_guard<std::mutex> lock(mutex);
  // close(2) is not seen here: a queue of the same number is one that was closed.
  Queue old = std::exchange(queues[outer], queue);
  for (int inner : old.filters) {
    if (inner >= 0) close(inner);
  }
  return outer;
}

int kevent(int kq, const struct kevent* changes, int change_count, struct kevent* events,
           int event_count, const struct timespec* timeout) {
  Queue queue = find(kq);
  if (queue.filters[0] < 0) {
    errno = EBADF;
    return -1;
  }
  int n = 0;
  for (int i = 0; i < change_count; ++i) {
    int error = change(queue, changes[i]);
    if (error == 0) continue;
    if (n == event_count) {
      errno = error;
      return -1;
    }
    events[n] = changes[i];
    events[n].flags |= EV_ERROR;
    events[n++].data = error;
  }
  // With an error to report, the kernels do not look for events.
  if (n > 0 || event_count == 0) return n;
  int timeout_ms = -1;
  if (timeout != nullptr) {
    timeout_ms = static_cast<int>(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000);
  }
  do {
    epoll_event woken[2];
    if (epoll_wait(kq, woken, 2, timeout_ms) < 0) return -1;
    n = collect(queue, events, event_count);
  } while (n == 0 && timeout == nullptr);
  begin_with(kq, n == event_count ? 1 - queue.first : 0);
  return n;
}
