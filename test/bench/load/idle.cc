// Keep-alive connections that have served one request each and then wait.
//
//   idle PORT CONNECTIONS [FIRST]
//
// Prints how many there are and how many a second were taken, then holds them until its input ends.
// FIRST (0 where it is left out) is the number of the first source address after 127.0.0.2; one
// address serves 20,000 connections.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

constexpr std::string_view kRequest =
    "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";

bool connect_and_ask(int port, uint32_t source) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return false;
  int on = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  timeval patience{10, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(source);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return false;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  char answer[4096];
  return connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
         write(fd, kRequest.data(), kRequest.size()) > 0 && read(fd, answer, sizeof answer) > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  int port = std::atoi(argv[1]);
  int count = std::atoi(argv[2]);
  uint32_t first = INADDR_LOOPBACK + 1 + (argc > 3 ? static_cast<uint32_t>(std::atoi(argv[3])) : 0);
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  using Clock = std::chrono::steady_clock;
  auto start = Clock::now();
  int open = 0;
  while (open < count && connect_and_ask(port, first + static_cast<uint32_t>(open) / 20000)) ++open;
  std::chrono::duration<double> passed = Clock::now() - start;
  std::printf("%d %.0f\n", open, open / passed.count());
  std::fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) continue;
}
