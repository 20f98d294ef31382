// Files that leave through a socket without being copied.
#pragma once

#include <cstddef>
#include <cstdint>

namespace node {

// How many bytes a file has from `offset` on, `most` at the most, if sending them waits for no
// disk; 0 at its end; -1 when they are better read elsewhere.
int64_t sendable_bytes(int fd, int64_t offset, size_t most);

// Sends what the socket takes at once: `length`, or less, also 0. -1 with errno when it fails.
int64_t send_from_file(int socket, int fd, int64_t offset, size_t length);

// Reads the rest, for those that the socket did not take. False: the file is shorter by now.
bool read_from_file(int fd, int64_t offset, char* out, size_t length);

}  // namespace node
