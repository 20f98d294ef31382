// Messages and descriptors between processes.
#include "net/channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "net/descriptors.h"

namespace node::net {

namespace {

// Reads in a row before others get their turn.
constexpr int kMostReads = 8;

bool would_block(int code) { return code == EAGAIN || code == EWOULDBLOCK; }

}  // namespace

Channel::Channel(Loop& loop, ChannelListener& listener)
    : Watcher(on_ready), loop_(loop), listener_(listener) {}

Channel::~Channel() { close(); }

Result<void> Channel::open(Fd fd) {
  int flags = ::fcntl(fd.get(), F_GETFL);
  if (flags < 0 || ::fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) != 0) return last_error("fcntl");
  ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
  if (Result<void> r = loop_.start(*this, fd.get(), poll::kNone); !r) return r;
  loop_.set_referenced(*this, referenced_);
  fd_ = std::move(fd);
  return {};
}

void Channel::read_start() {
  reading_ = true;
  update_interest();
}

void Channel::read_stop() {
  reading_ = false;
  update_interest();
}

void Channel::update_interest() {
  if (!fd_.valid()) return;
  loop_.set_interest(*this,
                     static_cast<uint8_t>((reading_ ? poll::kReadable : poll::kNone) |
                                          (output_.empty() ? poll::kNone : poll::kWritable)));
}

void Channel::set_referenced(bool referenced) {
  referenced_ = referenced;
  loop_.set_referenced(*this, referenced);
}

void Channel::drop_output() {
  if (!output_.empty()) loop_.unref();
  output_.clear();
  queued_bytes_ = 0;
}

void Channel::close() {
  if (!fd_.valid()) return;
  loop_.stop(*this);
  drop_output();
  fd_.reset();
}

Result<Channel::Sent> Channel::write(std::string_view bytes, int fd) {
  if (!fd_.valid()) return Error(EBADF, "write");
  // What sockets have been given before a message is sent is out when the message is: the other
  // process may act on it.
  loop_.flush_output();
  size_t sent = 0;
  if (output_.empty()) {
    while (sent < bytes.size()) {
      ssize_t n = send_with_descriptor(fd_.get(), bytes.substr(sent), sent == 0 ? fd : -1);
      if (n < 0 && would_block(errno)) break;
      if (n < 0) return last_error("write");
      sent += static_cast<size_t>(n);
    }
    if (sent == bytes.size()) return Sent::kNow;
  }
  Output rest;
  rest.bytes = bytes.substr(sent);
  if (fd >= 0 && sent == 0) {
    rest.fd.reset(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    if (!rest.fd.valid()) return last_error("dup");
  }
  if (output_.empty()) loop_.ref();
  queued_bytes_ += rest.bytes.size();
  output_.push_back(std::move(rest));
  update_interest();
  return Sent::kLater;
}

void Channel::flush() {
  while (!output_.empty()) {
    pollfd wait = {fd_.get(), POLLOUT, 0};
    if (::poll(&wait, 1, -1) < 0 && errno != EINTR) return;
    Output& first = output_.front();
    ssize_t n = send_with_descriptor(fd_.get(), std::string_view(first.bytes).substr(first.sent),
                                     first.sent == 0 ? first.fd.get() : -1);
    if (n < 0 && would_block(errno)) continue;
    if (n < 0) return drop_output();
    first.sent += static_cast<size_t>(n);
    queued_bytes_ -= static_cast<size_t>(n);
    if (first.sent < first.bytes.size()) continue;
    output_.pop_front();
    if (output_.empty()) loop_.unref();
  }
}

void Channel::on_ready(Watcher* watcher, uint8_t ready) {
  Channel* self = static_cast<Channel*>(watcher);
  if ((ready & poll::kWritable) != 0) self->on_writable();
  if ((ready & poll::kReadable) != 0 && self->fd_.valid() && self->reading_) self->on_readable();
}

void Channel::on_writable() {
  int done = 0;
  while (!output_.empty()) {
    Output& first = output_.front();
    ssize_t n = send_with_descriptor(fd_.get(), std::string_view(first.bytes).substr(first.sent),
                                     first.sent == 0 ? first.fd.get() : -1);
    if (n < 0 && would_block(errno)) break;
    if (n < 0) {
      Error error = last_error("write");
      drop_output();
      update_interest();
      // What has come in before the failure is still to be read: reading finds the end.
      if (!reading_) listener_.on_end(error);
      return;
    }
    first.sent += static_cast<size_t>(n);
    queued_bytes_ -= static_cast<size_t>(n);
    if (first.sent < first.bytes.size()) continue;
    output_.pop_front();
    if (output_.empty()) loop_.unref();
    ++done;
  }
  update_interest();
  if (done > 0) listener_.on_written(done);
}

bool Channel::read_now(bool wait) {
  if (!fd_.valid() || !reading_) return false;
  pollfd input = {fd_.get(), POLLIN, 0};
  int n;
  do {
    n = ::poll(&input, 1, wait ? -1 : 0);
  } while (n < 0 && errno == EINTR);
  if (n <= 0) return false;
  on_readable();
  return true;
}

void Channel::on_readable() {
  std::span<char> scratch = loop_.scratch();
  for (int i = 0; i < kMostReads && fd_.valid() && reading_; ++i) {
    Fd fds[kMostDescriptors];
    size_t count;
    ssize_t n = receive_with_descriptors(fd_.get(), scratch, fds, &count);
    if (n < 0 && would_block(errno)) return;
    if (n <= 0) {
      Error error = n < 0 && errno != ECONNRESET ? last_error("read") : Error();
      read_stop();
      listener_.on_end(error);
      return;
    }
    listener_.on_read(scratch.first(static_cast<size_t>(n)), {fds, count});
  }
}

}  // namespace node::net
