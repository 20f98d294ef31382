// The accept loop, and what it does when descriptors run out.
#include "net/listener.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/socket.h"

namespace node::net {

namespace {

constexpr int kMostAccepts = 64;

int open_spare() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

Fd make_socket(int family) {
  Fd fd(::socket(family, SOCK_STREAM, 0));
  if (fd.valid()) {
    ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
    ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
  }
  return fd;
}

// Whether somebody holds this path: connecting to a dead one is refused. The probe is of another
// type, so that a live server sees no connection: it is refused with EPROTOTYPE.
bool somebody_listens(const Address& address) {
  Fd probe(::socket(AF_UNIX, SOCK_DGRAM, 0));
  if (!probe.valid()) return true;
  return ::connect(probe.get(), address.raw(), address.size()) == 0 || errno != ECONNREFUSED;
}

Result<Fd> bind_unix(Fd fd, const Address& address) {
  std::string path = address.text();
  int rc = ::bind(fd.get(), address.raw(), address.size());
  if (rc != 0 && errno == EADDRINUSE && path[0] != '\0') {
    struct stat st;
    bool stale =
        ::lstat(path.c_str(), &st) == 0 && S_ISSOCK(st.st_mode) && !somebody_listens(address);
    if (stale && ::unlink(path.c_str()) == 0) {
      rc = ::bind(fd.get(), address.raw(), address.size());
    } else {
      errno = EADDRINUSE;
    }
  }
  if (rc != 0) return Error(errno == ENOENT ? EACCES : errno, "listen");
  return fd;
}

}  // namespace

Listener::Listener(Loop& loop, OnAccept on_accept)
    : Watcher(on_ready), loop_(loop), on_accept_(on_accept) {}

Listener::~Listener() { close(); }

Result<void> Listener::listen(const Address& address, const ListenOptions& options) {
  Result<Fd> fd = bind(address, options);
  if (!fd) return fd.error();
  Result<void> started = start(fd.take(), options.backlog);
  std::string path = address.family() == AF_UNIX ? address.text() : std::string();
  if (path.empty() || path[0] == '\0') return started;
  if (!started) ::unlink(path.c_str());
  if (started) unlink_path_ = path;
  return started;
}

Result<Fd> Listener::bind(const Address& address, const ListenOptions& options) {
  Fd fd = make_socket(address.family());
  if (!fd.valid()) return last_error("socket");
  if (address.family() == AF_UNIX) return bind_unix(std::move(fd), address);
  int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
#if defined(SO_REUSEPORT)
  if (options.reuse_port && ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
    return last_error("setsockopt");
  }
#endif
  if (address.family() == AF_INET6) {
    int only = options.ipv6_only ? 1 : 0;
    ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
  }
  if (::bind(fd.get(), address.raw(), address.size()) != 0) return last_error("bind");
  return fd;
}

Result<void> Listener::adopt(Fd fd, int backlog) {
  struct stat st;
  if (::fstat(fd.get(), &st) != 0) return last_error("listen");
  if (!S_ISSOCK(st.st_mode)) return Error(EINVAL, "listen");
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
  return start(std::move(fd), backlog);
}

Result<void> Listener::start(Fd fd, int backlog) {
  if (::listen(fd.get(), backlog) != 0) return last_error("listen");
  if (Result<void> r = loop_.start(*this, fd.get(), poll::kReadable); !r) return r;
  loop_.set_referenced(*this, referenced_);
  fd_ = std::move(fd);
  spare_.reset(open_spare());
  return {};
}

void Listener::close() {
  if (!fd_.valid()) return;
  loop_.stop(*this);
  if (!unlink_path_.empty()) ::unlink(unlink_path_.c_str());
  unlink_path_.clear();
  fd_.reset();
  spare_.reset();
}

void Listener::set_referenced(bool referenced) {
  referenced_ = referenced;
  loop_.set_referenced(*this, referenced);
}

void Listener::on_ready(Watcher* watcher, uint8_t) {
  Listener* self = static_cast<Listener*>(watcher);
  for (int i = 0; i < kMostAccepts && self->fd_.valid(); ++i) {
    int fd = accept_socket(self->fd_.get());
    if (fd >= 0) {
      self->on_accept_(self, fd);
      continue;
    }
    // The peer has given up while it waited: on to the next.
    if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO) continue;
    if ((errno == EMFILE || errno == ENFILE) && self->refuse_one()) {
      self->on_accept_(self, -1);
      continue;
    }
    return;
  }
}

// Accepts with the spare descriptor and closes: the peer sees an end instead of waiting for ever.
bool Listener::refuse_one() {
  if (!spare_.valid()) return false;
  spare_.reset();
  Fd refused(accept_socket(fd_.get()));
  bool done = refused.valid();
  refused.reset();
  spare_.reset(open_spare());
  return done;
}

}  // namespace node::net
