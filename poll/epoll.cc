// epoll(7): Linux.
#include <sys/epoll.h>

#include <cerrno>
#include <climits>
#include <vector>

#include "core/base/fd.h"
#include "poll/poller.h"

namespace node::poll {

namespace {

constexpr int kMostEvents = 1024;

uint32_t to_epoll(uint8_t interest) {
  return ((interest & kReadable) != 0 ? EPOLLIN : 0u) |
         ((interest & kWritable) != 0 ? EPOLLOUT : 0u);
}

}  // namespace

struct Poller::State {
  Fd epoll;
  epoll_event events[kMostEvents];
  std::vector<Ready> ready;
  // Descriptors that epoll refuses (regular files): always ready, as read(2) will show.
  std::vector<int> refused;
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() {
  state_->epoll.reset(::epoll_create1(EPOLL_CLOEXEC));
  if (!state_->epoll.valid()) return last_error("epoll_create1");
  state_->ready.reserve(kMostEvents);
  return {};
}

void Poller::apply(std::span<const Change> changes) {
  for (const Change& change : changes) {
    if (!state_->refused.empty()) std::erase(state_->refused, change.fd);
    epoll_event event = {};
    event.events = to_epoll(change.want);
    event.data.fd = change.fd;
    int op = change.want == kNone  ? EPOLL_CTL_DEL
             : change.had == kNone ? EPOLL_CTL_ADD
                                   : EPOLL_CTL_MOD;
    int rc = ::epoll_ctl(state_->epoll.get(), op, change.fd, &event);
    if (rc != 0 && op == EPOLL_CTL_ADD && errno == EEXIST) {
      rc = ::epoll_ctl(state_->epoll.get(), EPOLL_CTL_MOD, change.fd, &event);
    } else if (rc != 0 && op == EPOLL_CTL_MOD && errno == ENOENT) {
      rc = ::epoll_ctl(state_->epoll.get(), EPOLL_CTL_ADD, change.fd, &event);
    }
    if (rc != 0 && op != EPOLL_CTL_DEL) state_->refused.push_back(change.fd);
  }
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  if (!state_->refused.empty()) timeout_ms = 0;
  int n = ::epoll_wait(state_->epoll.get(), state_->events, kMostEvents, timeout_ms);
  state_->ready.clear();
  for (int i = 0; i < n; ++i) {
    uint32_t e = state_->events[i].events;
    uint8_t what = kNone;
    if ((e & (EPOLLIN | EPOLLPRI | EPOLLHUP | EPOLLERR)) != 0) what |= kReadable;
    if ((e & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) what |= kWritable;
    state_->ready.push_back({state_->events[i].data.fd, what});
  }
  for (int fd : state_->refused) state_->ready.push_back({fd, kReadable | kWritable});
  return state_->ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "epoll"; }

}  // namespace node::poll
