// sockets: sockets as bare descriptors, for process.binding('net') of 2010. Each call gives a
// descriptor (0 where there is none to give) or a negative errno.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "js/bind.h"
#include "net/address.h"

namespace node::js {

namespace {

void prepare(int fd) {
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

// socket(family, datagrams): family 4, 6, or 0 for UNIX.
int32_t make_socket(Env&, int32_t family, bool datagrams) {
  int domain = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNIX;
  int fd = ::socket(domain, datagrams ? SOCK_DGRAM : SOCK_STREAM, 0);
  if (fd < 0) return -errno;
  prepare(fd);
  return fd;
}

// bind(fd, address, port): a port of -1 means a UNIX path.
int32_t bind_socket(Env&, int32_t fd, const Utf8& where, int32_t port) {
  net::Address address;
  bool ok = port < 0 ? address.set_path(where.view())
                     : address.set_ip(where.c_str(), static_cast<uint16_t>(port));
  if (!ok) return -EINVAL;
  int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return ::bind(fd, address.raw(), address.size()) == 0 ? 0 : -errno;
}

int32_t listen_on(Env&, int32_t fd, int32_t backlog) {
  return ::listen(fd, backlog) == 0 ? 0 : -errno;
}

// Two descriptors, or a negative errno.
v8::Local<v8::Value> both(Env& env, int rc, const int (&fds)[2]) {
  v8::Isolate* isolate = env.isolate();
  if (rc != 0) return v8::Integer::New(isolate, -errno);
  for (int fd : fds) prepare(fd);
  v8::Local<v8::Value> pair[] = {v8::Integer::New(isolate, fds[0]),
                                 v8::Integer::New(isolate, fds[1])};
  return v8::Array::New(isolate, pair, 2);
}

// pipe(): [to read from, to write to].
v8::Local<v8::Value> make_pipe(Env& env) {
  int fds[2];
  return both(env, ::pipe(fds), fds);
}

v8::Local<v8::Value> make_pair(Env& env) {
  int fds[2];
  return both(env, ::socketpair(AF_UNIX, SOCK_STREAM, 0, fds), fds);
}

constexpr Method kMethods[] = {
    fn<&make_socket>("socket"), fn<&bind_socket>("bind"),     fn<&listen_on>("listen"),
    fn<&make_pipe>("pipe"),     fn<&make_pair>("socketpair"),
};

}  // namespace

extern const Binding kSocketsBinding = {"sockets", kMethods, {}, nullptr};

}  // namespace node::js
