// poll(2): every POSIX system; no limit on descriptors, but a cost that grows with their number.
#include <cerrno>
#include <climits>
#include <vector>

#include "poll/poll_events.h"

namespace node::poll {

struct Poller::State {
  std::vector<pollfd> set;
  std::vector<int> places;  // by descriptor: where in `set` it stands, or -1
  std::vector<Ready> ready;

  int& place(int fd) {
    size_t index = static_cast<size_t>(fd);
    if (index >= places.size()) places.resize(index + index / 2 + 64, -1);
    return places[index];
  }

  // The last entry fills the gap.
  void remove(int fd) {
    int& at = place(fd);
    if (at < 0) return;
    set[static_cast<size_t>(at)] = set.back();
    place(set.back().fd) = at;
    set.pop_back();
    at = -1;
  }
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() { return {}; }

void Poller::apply(std::span<const Change> changes) {
  State& s = *state_;
  for (const Change& change : changes) {
    if (change.want == kNone) {
      s.remove(change.fd);
      continue;
    }
    int& at = s.place(change.fd);
    if (at < 0) {
      at = static_cast<int>(s.set.size());
      s.set.push_back({change.fd, 0, 0});
    }
    s.set[static_cast<size_t>(at)].events = to_poll(change.want);
  }
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  State& s = *state_;
  s.ready.clear();
  int left = ::poll(s.set.data(), static_cast<nfds_t>(s.set.size()), timeout_ms);
  for (size_t i = 0; left > 0 && i < s.set.size(); ++i) {
    const pollfd& entry = s.set[i];
    if (entry.revents == 0) continue;
    --left;
    s.ready.push_back({entry.fd, from_poll(entry.revents)});
  }
  return s.ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "poll"; }

}  // namespace node::poll
