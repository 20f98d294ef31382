// The device /dev/poll, poll(7D): Solaris and its descendants.
#include <fcntl.h>
#include <sys/devpoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <vector>

#include "core/base/fd.h"
#include "poll/poll_events.h"

namespace node::poll {

namespace {

constexpr size_t kFirstEvents = 256;

}  // namespace

struct Poller::State {
  Fd device;
  std::vector<pollfd> updates;
  std::vector<pollfd> events;
  std::vector<Ready> ready;
  std::vector<int> refused;

  // The device refuses to look for more than the process may open.
  void set_room(size_t room) {
    events.resize(std::min(room, static_cast<size_t>(::getdtablesize())));
  }

  int poll(int timeout_ms) {
    dvpoll request = {};
    request.dp_fds = events.data();
    request.dp_nfds = events.size();
    request.dp_timeout = timeout_ms;
    return ::ioctl(device.get(), DP_POLL, &request);
  }

  bool write(const pollfd* entries, size_t count) {
    ssize_t bytes = static_cast<ssize_t>(count * sizeof(pollfd));
    ssize_t n;
    do {
      n = ::write(device.get(), entries, static_cast<size_t>(bytes));
    } while (n < 0 && errno == EINTR);
    return n == bytes;
  }
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() {
  state_->device.reset(::open("/dev/poll", O_RDWR | O_CLOEXEC));
  if (!state_->device.valid()) return last_error("open");
  state_->set_room(kFirstEvents);
  return {};
}

void Poller::apply(std::span<const Change> changes) {
  State& s = *state_;
  s.updates.clear();
  for (const Change& change : changes) {
    if (!s.refused.empty()) std::erase(s.refused, change.fd);
    // The device adds what is written to what it has, so that less is wanted only after a removal.
    if ((change.had & ~change.want) != 0) s.updates.push_back({change.fd, POLLREMOVE, 0});
    if (change.want != kNone) s.updates.push_back({change.fd, to_poll(change.want), 0});
  }
  if (s.updates.empty() || s.write(s.updates.data(), s.updates.size())) return;
  // One of them is refused, and the device does not say which. Writing an entry twice does no harm.
  for (const pollfd& update : s.updates) {
    if (!s.write(&update, 1) && update.events != POLLREMOVE) s.refused.push_back(update.fd);
  }
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  State& s = *state_;
  if (!s.refused.empty()) timeout_ms = 0;
  int n = s.poll(timeout_ms);
  if (n < 0 && errno == EINVAL) {
    // The limit has been lowered since.
    s.set_room(s.events.size());
    n = s.poll(timeout_ms);
  }
  s.ready.clear();
  for (int i = 0; i < n; ++i) {
    const pollfd& event = s.events[static_cast<size_t>(i)];
    if (uint8_t what = from_poll(event.revents); what != kNone) s.ready.push_back({event.fd, what});
  }
  for (int fd : s.refused) s.ready.push_back({fd, kReadable | kWritable});
  // The device begins its search anew each time: with too little room the last ones would starve.
  if (n == static_cast<int>(s.events.size())) s.set_room(s.events.size() * 2);
  return s.ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "devpoll"; }

}  // namespace node::poll
