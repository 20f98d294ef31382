// The device /dev/poll, poll(7D): Solaris and its descendants.
#include <fcntl.h>
#include <poll.h>
#include <sys/devpoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <vector>

#include "core/base/fd.h"
#include "poll/poller.h"

namespace node::poll {

namespace {

constexpr size_t kFirstEvents = 256;

short to_poll(uint8_t interest) {  // NOLINT(runtime/int): the type of pollfd::events
  return static_cast<short>(((interest & kReadable) != 0 ? POLLIN : 0) |
                            ((interest & kWritable) != 0 ? POLLOUT : 0));
}

uint8_t from_poll(short events) {  // NOLINT(runtime/int)
  uint8_t what = kNone;
  if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0) what = kReadable | kWritable;
  if ((events & (POLLIN | POLLPRI)) != 0) what |= kReadable;
  if ((events & POLLOUT) != 0) what |= kWritable;
  return what;
}

}  // namespace

struct Poller::State {
  Fd device;
  std::vector<pollfd> updates;
  std::vector<pollfd> events{kFirstEvents};
  std::vector<Ready> ready;
  std::vector<int> refused;

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
  dvpoll request = {};
  request.dp_fds = s.events.data();
  request.dp_nfds = s.events.size();
  request.dp_timeout = timeout_ms;
  int n = ::ioctl(s.device.get(), DP_POLL, &request);
  s.ready.clear();
  for (int i = 0; i < n; ++i) {
    const pollfd& event = s.events[static_cast<size_t>(i)];
    if (uint8_t what = from_poll(event.revents); what != kNone) s.ready.push_back({event.fd, what});
  }
  for (int fd : s.refused) s.ready.push_back({fd, kReadable | kWritable});
  // The device begins its search anew each time: with too little room the last ones would starve.
  if (n == static_cast<int>(s.events.size())) s.events.resize(s.events.size() * 2);
  return s.ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "devpoll"; }

}  // namespace node::poll
