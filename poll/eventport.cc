// Event ports, port_create(3C): Solaris 10, illumos.
//
// An association reports once and is gone: what was reported is associated anew before the port is
// asked again, unless its interest has changed meanwhile.
#include <fcntl.h>
#include <port.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <vector>

#include "core/base/fd.h"
#include "poll/poll_events.h"

namespace node::poll {

namespace {

constexpr unsigned kMostEvents = 1024;

}  // namespace

struct Poller::State {
  Fd port;
  std::vector<port_event_t> events{kMostEvents};
  std::vector<Ready> ready;
  std::vector<uint8_t> wanted;  // by descriptor
  std::vector<int> reported;    // whose association the port has dropped
  std::vector<int> refused;

  uint8_t& want(int fd) {
    size_t index = static_cast<size_t>(fd);
    if (index >= wanted.size()) wanted.resize(index + index / 2 + 64);
    return wanted[index];
  }

  // Of a descriptor that is associated already this changes the events.
  void associate(int fd) {
    int events = to_poll(want(fd));
    uintptr_t object = static_cast<uintptr_t>(fd);
    if (::port_associate(port.get(), PORT_SOURCE_FD, object, events, nullptr) == 0) return;
    if (std::find(refused.begin(), refused.end(), fd) == refused.end()) refused.push_back(fd);
  }
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() {
  state_->port.reset(::port_create());
  if (!state_->port.valid()) return last_error("port_create");
  ::fcntl(state_->port.get(), F_SETFD, FD_CLOEXEC);
  return {};
}

void Poller::apply(std::span<const Change> changes) {
  State& s = *state_;
  for (const Change& change : changes) {
    if (!s.refused.empty()) std::erase(s.refused, change.fd);
    s.want(change.fd) = change.want;
    if (change.want != kNone) {
      s.associate(change.fd);
    } else {
      // ENOENT after a report. This drops a report that waits to be fetched, too.
      ::port_dissociate(s.port.get(), PORT_SOURCE_FD, static_cast<uintptr_t>(change.fd));
    }
  }
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  State& s = *state_;
  for (int fd : s.reported) {
    if (s.want(fd) != kNone) s.associate(fd);
  }
  s.reported.clear();
  s.ready.clear();
  if (!s.refused.empty()) timeout_ms = 0;
  timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  // Waits for one and takes as many as there are. A timeout may come with events; a signal may
  // leave the count as it was, though there is none: hence the mark on the first entry.
  s.events[0].portev_source = 0;
  unsigned count = 1;
  int rc = ::port_getn(s.port.get(), s.events.data(), kMostEvents, &count,
                       timeout_ms < 0 ? nullptr : &timeout);
  if (rc != 0 && errno != ETIME && errno != EINTR) count = 0;
  for (unsigned i = 0; i < count; ++i) {
    const port_event_t& event = s.events[i];
    if (event.portev_source != PORT_SOURCE_FD) continue;
    int fd = static_cast<int>(event.portev_object);
    s.reported.push_back(fd);
    s.ready.push_back({fd, from_poll(event.portev_events)});
  }
  for (int fd : s.refused) s.ready.push_back({fd, kReadable | kWritable});
  return s.ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "eventport"; }

}  // namespace node::poll
