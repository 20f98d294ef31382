// kqueue(2): the BSDs and Darwin.
#include <fcntl.h>
#include <sys/event.h>  // NOLINT: needs sys/types.h first on some systems
#include <sys/time.h>
#include <sys/types.h>

#include <cerrno>
#include <climits>
#include <vector>

#include "core/base/fd.h"
#include "poll/poller.h"

namespace node::poll {

namespace {

constexpr int kMostEvents = 1024;

}  // namespace

struct Poller::State {
  Fd queue;
  std::vector<struct kevent> pending;  // changes that the next wait() takes along
  std::vector<struct kevent> receipts;
  std::vector<struct kevent> events{kMostEvents};
  std::vector<Ready> ready;
  std::vector<size_t> places;  // by descriptor: where in `ready` it stands, if it does
  std::vector<int> refused;

  void change(int fd, int16_t filter, bool had, bool want) {
    if (had == want) return;
    struct kevent event;
    EV_SET(&event, static_cast<uintptr_t>(fd), filter, want ? EV_ADD : EV_DELETE, 0, 0, 0);
    pending.push_back(event);
  }

  void note_refused(const struct kevent& event) {
    // What is to be removed and is not there needs no report.
    if ((event.flags & EV_ERROR) == 0 || event.data == 0) return;
    if (event.data == ENOENT) return;
    refused.push_back(static_cast<int>(event.ident));
  }

  // Hands all pending changes to the kernel. Should it report events instead of errors, they are
  // not lost: it reports them again. (EV_RECEIPT would prevent that, but not every system has it.)
  void flush() {
    constexpr timespec kAtOnce = {};
    receipts.resize(pending.size());
    int n = ::kevent(queue.get(), pending.data(), static_cast<int>(pending.size()), receipts.data(),
                     static_cast<int>(receipts.size()), &kAtOnce);
    for (int i = 0; i < n; ++i) note_refused(receipts[static_cast<size_t>(i)]);
    pending.clear();
  }

  // The two filters of a descriptor report one by one; the contract wants one entry.
  void add(int fd, uint8_t what) {
    size_t index = static_cast<size_t>(fd);
    if (index >= places.size()) places.resize(index + index / 2 + 64);
    size_t place = places[index];
    if (place < ready.size() && ready[place].fd == fd) {
      ready[place].what |= what;
      return;
    }
    places[index] = ready.size();
    ready.push_back({fd, what});
  }

  void add(const struct kevent& event) {
    if ((event.flags & EV_ERROR) != 0) return note_refused(event);
    bool eof = (event.flags & EV_EOF) != 0;
    uint8_t what = event.filter == EVFILT_READ ? kReadable : kWritable;
    // The end of what the peer sends leaves our own direction open; anything else is a hang-up.
    if (eof && (event.filter == EVFILT_WRITE || event.fflags != 0)) what = kReadable | kWritable;
    add(static_cast<int>(event.ident), what);
  }
};

Poller::Poller() : state_(std::make_unique<State>()) {}
Poller::~Poller() = default;

Result<void> Poller::open() {
  state_->queue.reset(::kqueue());
  if (!state_->queue.valid()) return last_error("kqueue");
  ::fcntl(state_->queue.get(), F_SETFD, FD_CLOEXEC);
  return {};
}

void Poller::apply(std::span<const Change> changes) {
  State& s = *state_;
  bool removes = false;
  for (const Change& c : changes) {
    bool was_refused = !s.refused.empty() && std::erase(s.refused, c.fd) != 0;
    // Which of a refused descriptor's filters the kernel has is unknown: add what is wanted anew.
    uint8_t had = was_refused && c.want != kNone ? static_cast<uint8_t>(c.had & ~c.want) : c.had;
    s.change(c.fd, EVFILT_READ, (had & kReadable) != 0, (c.want & kReadable) != 0);
    s.change(c.fd, EVFILT_WRITE, (had & kWritable) != 0, (c.want & kWritable) != 0);
    removes |= c.want == kNone;
  }
  if (removes && !s.pending.empty()) {
    s.flush();
    // A removal that fails concerns a descriptor that nobody waits for any more.
    for (const Change& c : changes) {
      if (c.want == kNone) std::erase(s.refused, c.fd);
    }
  }
}

std::span<const Ready> Poller::wait(int timeout_ms) {
  State& s = *state_;
  // A change that fails would use up the events' room: many of them go ahead by themselves.
  if (s.pending.size() > s.events.size() / 2) s.flush();
  if (!s.refused.empty()) timeout_ms = 0;
  timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  int n =
      ::kevent(s.queue.get(), s.pending.data(), static_cast<int>(s.pending.size()), s.events.data(),
               static_cast<int>(s.events.size()), timeout_ms < 0 ? nullptr : &timeout);
  s.pending.clear();
  s.ready.clear();
  for (int i = 0; i < n; ++i) s.add(s.events[static_cast<size_t>(i)]);
  for (int fd : s.refused) s.add(fd, kReadable | kWritable);
  return s.ready;
}

int Poller::limit() const { return INT_MAX; }

const char* Poller::name() { return "kqueue"; }

}  // namespace node::poll
