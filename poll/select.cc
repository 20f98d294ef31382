// select(2): the fallback that every system has, up to FD_SETSIZE descriptors.
#include <fcntl.h>
#include <sys/select.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "poll/poller.h"

namespace node::poll {

struct Poller::State {
  fd_set read;
  fd_set write;
  int end = 0;  // one past the largest descriptor that may be in a set
  std::vector<Ready> ready;

  void shrink() {
    while (end > 0 && !FD_ISSET(end - 1, &read) && !FD_ISSET(end - 1, &write)) --end;
  }

  // select(2) refuses all descriptors because of one that is not open: those are the ones to
  // report.
  void report_closed() {
    for (int fd = 0; fd < end; ++fd) {
      if (!FD_ISSET(fd, &read) && !FD_ISSET(fd, &write)) continue;
      if (::fcntl(fd, F_GETFD) == -1) ready.push_back({fd, kReadable | kWritable});
    }
  }
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() {
  FD_ZERO(&state_->read);
  FD_ZERO(&state_->write);
  return {};
}

void Poller::apply(std::span<const Change> changes) {
  State& s = *state_;
  for (const Change& change : changes) {
    CHECK(change.fd >= 0 && change.fd < FD_SETSIZE);
    FD_CLR(change.fd, &s.read);
    FD_CLR(change.fd, &s.write);
    if ((change.want & kReadable) != 0) FD_SET(change.fd, &s.read);
    if ((change.want & kWritable) != 0) FD_SET(change.fd, &s.write);
    s.end = std::max(s.end, change.fd + 1);
  }
  s.shrink();
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  State& s = *state_;
  s.ready.clear();
  fd_set read = s.read;
  fd_set write = s.write;
  timeval timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
  int left = ::select(s.end, &read, &write, nullptr, timeout_ms < 0 ? nullptr : &timeout);
  if (left < 0) {
    if (errno == EBADF) s.report_closed();
    return s.ready;
  }
  // `left` counts bits, of which a descriptor may have two.
  for (int fd = 0; left > 0 && fd < s.end; ++fd) {
    uint8_t what = kNone;
    if (FD_ISSET(fd, &read)) what |= kReadable, --left;
    if (FD_ISSET(fd, &write)) what |= kWritable, --left;
    if (what != kNone) s.ready.push_back({fd, what});
  }
  return s.ready;
}

int Poller::limit() const { return FD_SETSIZE; }

const char* Poller::name() { return "select"; }

}  // namespace node::poll
