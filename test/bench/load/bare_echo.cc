// The floor of `make bench` for echoing: an epoll loop that sends back what it reads.
//
//   bare_echo PORT      writes until all is gone, whoever else waits.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(fd, 511) != 0) {
    std::perror("bare_echo");
    std::exit(1);
  }
  return fd;
}

void watch(int poller, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

bool echo(int fd) {
  static char bytes[65536];
  ssize_t got = read(fd, bytes, sizeof bytes);
  for (ssize_t sent = 0; sent < got;) {
    ssize_t n = send(fd, bytes + sent, static_cast<size_t>(got - sent), MSG_NOSIGNAL);
    if (n < 0) return false;
    sent += n;
  }
  return got > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  int listener = listen_on(std::atoi(argv[1]));
  int poller = epoll_create1(0);
  watch(poller, listener);
  for (;;) {
    epoll_event events[256];
    int count = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < count; ++i) {
      int fd = events[i].data.fd;
      if (fd != listener) {
        if (!echo(fd)) close(fd);
        continue;
      }
      // Blocking: a write ends when all is written.
      int client = accept(listener, nullptr, nullptr);
      if (client < 0) continue;
      int on = 1;
      setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(poller, client);
    }
  }
}
