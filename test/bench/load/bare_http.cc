// The floor that `make bench` measures against: an epoll loop that answers every request with the
// same bytes.
//
//   bare_http PORT      counts blank lines; understands nothing else of HTTP, and one thread is
//   all it has.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
    "Connection: keep-alive\r\nContent-Length: 12\r\n\r\nHello World\n";
constexpr std::string_view kBlankLine = "\r\n\r\n";

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
    std::perror("bare_http");
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

// Answers all requests of one read; false when the connection is over.
bool serve(int fd) {
  static char in[65536];
  static std::string out;
  ssize_t got = read(fd, in, sizeof in);
  if (got <= 0) return false;
  out.clear();
  std::string_view rest(in, static_cast<size_t>(got));
  for (size_t end; (end = rest.find(kBlankLine)) != std::string_view::npos;) {
    out += kAnswer;
    rest.remove_prefix(end + kBlankLine.size());
  }
  return write(fd, out.data(), out.size()) == static_cast<ssize_t>(out.size());
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
        if (!serve(fd)) close(fd);
        continue;
      }
      int client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
      if (client < 0) continue;
      int on = 1;
      setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(poller, client);
    }
  }
}
