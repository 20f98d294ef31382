// Reading, gathering, sending.
#include "net/stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/base/budget.h"
#include "core/base/socket.h"
#include "core/send_file.h"
#include "net/descriptors.h"

namespace node::net {

namespace {

// More than this leaves at once; less waits for the end of the turn.
constexpr size_t kGatherBytes = 16 * 1024;
constexpr size_t kFirstCapacity = 1024;
// What comes fast is read in blocks that grow from the first size to the last: a peer that sends a
// megabyte is woken by every read that makes room for it, and each of them costs a turn.
constexpr uint8_t kMostDoublings = 3;
constexpr size_t kLargeRead = 8 * 1024;
// Reads in a row before others get their turn.
constexpr int kMostReads = 8;

bool would_block(int code) { return code == EAGAIN || code == EWOULDBLOCK; }

}  // namespace

Stream::Stream(Loop& loop, StreamListener& listener)
    : Watcher(on_ready),
      loop_(loop),
      listener_(&listener),
      flush_task_(on_flush_task, this),
      bury_task_(on_bury_task, this) {}

StreamListener& Stream::set_listener(StreamListener& listener) {
  return *std::exchange(listener_, &listener);
}

Stream::~Stream() {
  loop_.stop(*this);
  free_output();
}

Result<void> Stream::open(Fd fd) {
  int flags = ::fcntl(fd.get(), F_GETFL);
  if (flags < 0) return last_error("fcntl");
  struct stat st;
  is_socket_ = ::fstat(fd.get(), &st) == 0 && S_ISSOCK(st.st_mode);
  if ((flags & O_NONBLOCK) == 0 && ::fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) != 0) {
    return last_error("fcntl");
  }
  Address local;
  is_unix_ = is_socket_ && local.set_local(fd.get()) && local.family() == AF_UNIX;
  fd_ = std::move(fd);
  return {};
}

Result<void> Stream::connect(const Address& to, const Address* local) {
  if (!fd_.valid()) {
    Fd fd(::socket(to.family(), SOCK_STREAM, 0));
    if (!fd.valid()) return last_error("socket");
    ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
    ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
    if (local != nullptr) {
      int on = 1;
      ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      if (::bind(fd.get(), local->raw(), local->size()) != 0) return last_error("bind");
    }
    fd_ = std::move(fd);
  }
  is_unix_ = to.family() == AF_UNIX;
  int rc;
  do {
    rc = ::connect(fd_.get(), to.raw(), to.size());
  } while (rc != 0 && errno == EINTR);
  connecting_ = true;
  if (rc != 0 && errno != EINPROGRESS) {
    // Refused at once, as UNIX sockets are: told from the loop like any other refusal. No poller
    // need know of a socket that is not even connecting: some would never report it.
    pending_error_ = last_error("connect");
    loop_.bury(bury_task_);
    return {};
  }
  if (!start_watching()) return Error(EMFILE, "connect");
  loop_.set_interest(*this, poll::kWritable);
  return {};
}

bool Stream::start_watching() {
  if (Watcher::started()) return true;
  if (!loop_.start(*this, fd_.get(), poll::kNone).ok()) return false;
  loop_.set_referenced(*this, referenced_);
  return true;
}

void Stream::update_interest() {
  if (closing_ || !fd_.valid()) return;
  uint8_t want = connecting_ ? static_cast<uint8_t>(poll::kWritable)
                             : static_cast<uint8_t>((reading_ ? poll::kReadable : poll::kNone) |
                                                    (blocked_ ? poll::kWritable : poll::kNone));
  if (want == poll::kNone && !connecting_) {
    // Nothing to wait for: it keeps no loop alive then.
    if (Watcher::started()) loop_.stop(*this);
    return;
  }
  if (!start_watching()) return fail(Error(EMFILE, "watch"));
  loop_.set_interest(*this, want);
}

void Stream::set_referenced(bool referenced) {
  referenced_ = referenced;
  loop_.set_referenced(*this, referenced);
}

void Stream::on_ready(Watcher* watcher, uint8_t ready) {
  Stream* self = static_cast<Stream*>(watcher);
  if (self->connecting_) return self->finish_connect();
  if ((ready & poll::kReadable) != 0) self->on_readable();
  if ((ready & poll::kWritable) != 0 && self->blocked_ && !self->closing_) self->on_writable();
}

void Stream::finish_connect() {
  Error error = pending_error_;
  pending_error_ = Error();
  if (!error) {
    int code = 0;
    socklen_t size = sizeof code;
    if (::getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &code, &size) != 0) code = errno;
    if (code == EINPROGRESS) return;
    error = Error(code, "connect");
  }
  connecting_ = false;
  update_interest();
  if (!error && queued_bytes() > 0) loop_.before_poll(flush_task_);
  listener_->on_connect(error);
}

// ---- Reading -------------------------------------------------------------------------------

void Stream::read_start() {
  if (closing_ || failed_) return;
  reading_ = true;
  if (!connecting_) update_interest();
}

void Stream::read_stop() {
  if (!reading_) return;
  reading_ = false;
  if (!connecting_) update_interest();
}

ssize_t Stream::read_with_descriptors(std::span<char> room, std::vector<Fd>* fds) {
  Fd came[kMostDescriptors];
  size_t count;
  ssize_t n = receive_with_descriptors(fd_.get(), room, came, &count);
  for (size_t i = 0; i < count; ++i) fds->push_back(std::move(came[i]));
  return n;
}

// Full reads are followed by larger ones, half-empty ones by smaller ones.
void Stream::adapt_reads(size_t count, size_t room) {
  large_reads_ = count >= kLargeRead;
  if (count == room && room >= kReadBlockBytes) {
    doublings_ = std::min<uint8_t>(doublings_ + 1, kMostDoublings);
  } else if (count < room / 2 && doublings_ > 0) {
    --doublings_;
  }
}

void Stream::on_readable() {
  for (int i = 0; i < kMostReads && reading_ && !closing_; ++i) {
    std::span<char> room = loop_.scratch();
    char* block = nullptr;
    if (large_reads_) {
      size_t size = kReadBlockBytes << doublings_;
      block = static_cast<char*>(std::malloc(size));
      if (block != nullptr) room = {block, size};
    }
    std::vector<Fd> fds;
    ssize_t n;
    do {
      n = is_unix_ ? read_with_descriptors(room, &fds)
                   : ::read(fd_.get(), room.data(), room.size());
    } while (n < 0 && errno == EINTR);
    if (n > 0) {
      size_t count = static_cast<size_t>(n);
      bytes_read_ += count;
      adapt_reads(count, room.size());
      // What a listener keeps should not hold much more than it shows.
      if (block != nullptr && count < room.size() / 2) {
        char* cut = static_cast<char*>(std::realloc(block, count));
        if (cut != nullptr) block = cut;
      }
      listener_->on_data({block != nullptr ? block : room.data(), count},
                         block == nullptr ? nullptr : &block);
      std::free(block);
      for (size_t f = 0; f < fds.size() && !closing_; ++f) {
        listener_->on_descriptor(std::move(fds[f]));
      }
      // A short read has emptied the socket: another one would only say so.
      if (count < room.size()) return;
      continue;
    }
    int code = errno;
    std::free(block);
    if (n < 0 && would_block(code)) return;
    read_stop();
    // A terminal whose other side has gone says EIO.
    if (n == 0 || (!is_socket_ && code == EIO)) return listener_->on_end();
    return fail(Error(code, "read"));
  }
}

// ---- Writing -------------------------------------------------------------------------------

bool Stream::write(std::string_view bytes) { return writev({&bytes, 1}); }

bool Stream::writev(std::span<const std::string_view> parts) {
  if (closing_ || failed_) return false;
  size_t total = 0;
  for (std::string_view part : parts) total += part.size();
  bool direct = parts.size() == 1 && total > kGatherBytes && queued_bytes() == 0 && !blocked_ &&
                !connecting_ && !blocking_;
  if (direct) {
    ssize_t n = send_now(parts[0]);
    if (n < 0) return false;  // the error comes from the loop
    if (static_cast<size_t>(n) == total) return true;
    blocked_ = tell_drained_ = true;
    append(parts[0].substr(static_cast<size_t>(n)));
    update_interest();
    return false;
  }
  for (std::string_view part : parts) append(part);
  if (blocked_ || connecting_) {
    tell_drained_ = true;
    return false;
  }
  if (blocking_ || queued_bytes() > kGatherBytes) {
    if (!try_send()) {
      tell_drained_ = true;
      return false;
    }
    return true;
  }
  loop_.before_poll(flush_task_);
  return true;
}

int64_t Stream::write_file(int fd, int64_t offset, size_t most) {
  if (closing_ || failed_ || connecting_ || blocked_ || blocking_ || !is_socket_) return -1;
  int64_t found = sendable_bytes(fd, offset, most);
  if (found <= 0) return found;
  // What was written before leaves before; an error of it comes from the loop.
  if (!try_send()) return -1;
  int64_t sent = send_from_file(fd_.get(), fd, offset, static_cast<size_t>(found));
  if (sent < 0) return fail(last_error("write")), found;
  bytes_written_ += static_cast<uint64_t>(sent);
  if (sent == found) return found;
  size_t rest = static_cast<size_t>(found - sent);
  if (!reserve(rest)) return found;
  if (!read_from_file(fd, offset + sent, out_ + out_size_, rest)) {
    return fail(Error(EIO, "write")), found;
  }
  out_size_ += rest;
  blocked_ = tell_drained_ = true;
  update_interest();
  return found;
}

void Stream::on_flush_task(Task* task) { static_cast<StreamTask*>(task)->stream->flush(); }

void Stream::flush() {
  if (closing_ || failed_ || blocked_ || connecting_) return;
  flush_task_.unlink();
  if (queued_bytes() > 0 && !try_send()) return;
  if (shutting_) finish_shutdown();
}

// Sends what is queued; true when the kernel has taken all of it.
bool Stream::try_send() {
  while (queued_bytes() > 0) {
    ssize_t n = send_now({out_ + out_sent_, queued_bytes()});
    if (n < 0) return false;
    out_sent_ += static_cast<size_t>(n);
    if (queued_bytes() == 0) break;
    if (blocking_) {
      pollfd wait{fd_.get(), POLLOUT, 0};
      ::poll(&wait, 1, -1);
      continue;
    }
    blocked_ = true;
    update_interest();
    return false;
  }
  free_output();
  return true;
}

// Bytes taken by the kernel, 0 when it takes none now, -1 after an error, which on_error will tell.
ssize_t Stream::send_now(std::string_view bytes) {
  int descriptor = -1;
  if (!passed_.empty()) {
    uint64_t before = passed_.front().at - bytes_written_;
    if (before == 0) {
      descriptor = passed_.front().fd.get();
    } else {
      bytes = bytes.substr(0, before);
    }
  }
  ssize_t n;
  do {
    n = descriptor >= 0 ? send_with_descriptor(fd_.get(), bytes, descriptor)
        : is_socket_    ? ::send(fd_.get(), bytes.data(), bytes.size(), kSendFlags)
                        : ::write(fd_.get(), bytes.data(), bytes.size());
  } while (n < 0 && errno == EINTR);
  if (n >= 0) {
    if (descriptor >= 0) passed_.erase(passed_.begin());
    bytes_written_ += static_cast<size_t>(n);
    return n;
  }
  if (would_block(errno)) return 0;
  pending_error_ = last_error("write");
  failed_ = true;
  free_output();
  loop_.bury(bury_task_);
  return -1;
}

void Stream::on_writable() {
  blocked_ = false;
  if (!try_send()) return;
  update_interest();
  if (failed_) return;
  if (tell_drained_) {
    tell_drained_ = false;
    listener_->on_drain();
  }
  if (shutting_ && queued_bytes() == 0 && !closing_) finish_shutdown();
}

Result<void> Stream::pass_descriptor(int fd) {
  if (!is_unix_) return Error(EINVAL, "write");
  Fd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!copy.valid()) return last_error("write");
  passed_.push_back({bytes_written_ + queued_bytes(), std::move(copy)});
  return {};
}

void Stream::append(std::string_view bytes) {
  if (bytes.empty() || !reserve(bytes.size())) return;
  std::memcpy(out_ + out_size_, bytes.data(), bytes.size());
  out_size_ += bytes.size();
}

// Makes room for so many more bytes; without memory the stream has failed.
bool Stream::reserve(size_t more) {
  if (out_size_ + more <= out_capacity_) return true;
  if (out_sent_ > 0) {
    std::memmove(out_, out_ + out_sent_, out_size_ - out_sent_);
    out_size_ -= out_sent_;
    out_sent_ = 0;
  }
  if (out_size_ + more <= out_capacity_) return true;
  size_t wanted = std::max({out_size_ + more, out_capacity_ * 2, kFirstCapacity});
  char* grown = static_cast<char*>(std::realloc(out_, wanted));
  if (grown == nullptr) return fail(Error(ENOMEM, "write")), false;
  out_ = grown;
  out_capacity_ = wanted;
  return true;
}

void Stream::free_output() {
  std::free(out_);
  out_ = nullptr;
  out_size_ = out_sent_ = out_capacity_ = 0;
}

// ---- The end -------------------------------------------------------------------------------

// Reports from the end of the turn, so that nobody is called from within a call into the stream.
void Stream::fail(Error error) {
  if (failed_ || closing_) return;
  failed_ = true;
  pending_error_ = error;
  reading_ = false;
  free_output();
  loop_.stop(*this);
  loop_.bury(bury_task_);
}

void Stream::shutdown() {
  if (closing_ || failed_ || shutting_) return;
  shutting_ = true;
  if (queued_bytes() > 0 || connecting_) {
    if (!blocked_) loop_.before_poll(flush_task_);
    return;
  }
  loop_.before_poll(flush_task_);
}

void Stream::finish_shutdown() {
  shutting_ = false;
  Error error;
  if (is_socket_ && ::shutdown(fd_.get(), SHUT_WR) != 0 && errno != ENOTCONN)
    error = last_error("shutdown");
  listener_->on_shutdown(error);
}

void Stream::close() {
  if (closing_) return;
  // What was written in this turn would have left at once without the gathering.
  if (fd_.valid() && !failed_ && !blocked_ && !connecting_ && queued_bytes() > 0) try_send();
  closing_ = true;
  reading_ = false;
  flush_task_.unlink();
  free_output();
  loop_.stop(*this);
  fd_.reset();
  loop_.bury(bury_task_);
}

void Stream::reset() {
  if (fd_.valid() && is_socket_) {
    linger now{1, 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }
  close();
}

void Stream::on_bury_task(Task* task) {
  Stream* self = static_cast<StreamTask*>(task)->stream;
  if (self->closing_) return self->listener_->on_close();
  if (self->connecting_) return self->finish_connect();
  if (self->failed_ && self->pending_error_) {
    Error error = self->pending_error_;
    self->pending_error_ = Error();
    self->loop_.stop(*self);
    self->listener_->on_error(error);
  }
}

Result<void> Stream::set_no_delay(bool on) {
  int value = on ? 1 : 0;
  if (::setsockopt(fd_.get(), IPPROTO_TCP, TCP_NODELAY, &value, sizeof value) != 0) {
    return last_error("setsockopt");
  }
  return {};
}

Result<void> Stream::set_keep_alive(bool on, int delay_s) {
  int value = on ? 1 : 0;
  if (::setsockopt(fd_.get(), SOL_SOCKET, SO_KEEPALIVE, &value, sizeof value) != 0) {
    return last_error("setsockopt");
  }
#if defined(TCP_KEEPIDLE)
  if (on && delay_s > 0)
    ::setsockopt(fd_.get(), IPPROTO_TCP, TCP_KEEPIDLE, &delay_s, sizeof delay_s);
#else
  (void)delay_s;
#endif
  return {};
}

}  // namespace node::net
