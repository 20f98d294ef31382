// Load for echo servers.
//
//   ping_pong PORT CONNECTIONS BYTES SECONDS
//
// Each connection sends BYTES, waits until all have come back, and starts again. Prints round trips
// per second.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

struct Connection {
  int fd;
  size_t sent = 0;
  size_t got = 0;
  bool watched_for_room = false;
};

std::vector<char> message;

int connect_to(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("ping_pong: connect");
    std::exit(1);
  }
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  return fd;
}

void watch(int poller, Connection* connection, int operation) {
  epoll_event event{};
  event.events = EPOLLIN | (connection->watched_for_room ? EPOLLOUT : 0u);
  event.data.ptr = connection;
  epoll_ctl(poller, operation, connection->fd, &event);
}

void send_more(int poller, Connection* connection) {
  if (connection->sent < message.size()) {
    ssize_t n =
        write(connection->fd, message.data() + connection->sent, message.size() - connection->sent);
    if (n > 0) connection->sent += static_cast<size_t>(n);
  }
  bool wants_room = connection->sent < message.size();
  if (wants_room == connection->watched_for_room) return;
  connection->watched_for_room = wants_room;
  watch(poller, connection, EPOLL_CTL_MOD);
}

// Returns whether a round trip is complete.
bool receive(Connection* connection) {
  static char bytes[256 * 1024];
  ssize_t n = read(connection->fd, bytes, sizeof bytes);
  if (n <= 0) {
    if (n < 0 && errno == EAGAIN) return false;
    std::fprintf(stderr, "ping_pong: the server has closed a connection\n");
    std::exit(1);
  }
  connection->got += static_cast<size_t>(n);
  if (connection->got < message.size()) return false;
  connection->got -= message.size();
  connection->sent = 0;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  message.resize(static_cast<size_t>(std::atol(argv[3])));
  std::vector<Connection> connections(static_cast<size_t>(std::atoi(argv[2])));
  int poller = epoll_create1(0);
  for (Connection& connection : connections) {
    connection.fd = connect_to(std::atoi(argv[1]));
    watch(poller, &connection, EPOLL_CTL_ADD);
    send_more(poller, &connection);
  }
  using Clock = std::chrono::steady_clock;
  auto start = Clock::now();
  std::chrono::duration<double> passed{};
  long round_trips = 0;
  while (passed.count() < std::atof(argv[4])) {
    epoll_event events[256];
    int count = epoll_wait(poller, events, 256, 100);
    for (int i = 0; i < count; ++i) {
      auto* connection = static_cast<Connection*>(events[i].data.ptr);
      if ((events[i].events & EPOLLIN) != 0 && receive(connection)) ++round_trips;
      send_more(poller, connection);
    }
    passed = Clock::now() - start;
  }
  std::printf("%.0f\n", static_cast<double>(round_trips) / passed.count());
}
