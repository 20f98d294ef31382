// Keeps a snapshot beside the executable; knows its file, not what V8 puts into it.
#include "js/snapshot_cache.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/fd.h"
#include "js/snapshot_maker.h"
#include "js/version.h"
#include "platform/platform.h"

namespace node::js {

namespace {

// Leaves what follows aligned as V8 wants its data.
constexpr size_t kHeadBytes = 512;
constexpr size_t kSumBytes = 16;

// Size and time of a file: another build of it has others.
std::string stamp(const char* path) {
  struct stat s;
  if (::stat(path, &s) != 0) return "?";
  char text[64];
  std::snprintf(text, sizeof text, "%lld.%lld", static_cast<long long>(s.st_size),
                static_cast<long long>(s.st_mtime));
  return text;
}

// What a file must begin with to fit this executable and the V8 it runs on. V8 ends the process
// over a snapshot that is not its own: nothing of another kind may reach it.
std::string head_for(const std::string& executable) {
  Dl_info v8 = {};
  ::dladdr(reinterpret_cast<void*>(&v8::V8::GetVersion), &v8);
  std::string head = std::string("node snapshot ") + NODE_PROJECT_VERSION + " " +
                     v8::V8::GetVersion() + " " + stamp(executable.c_str()) + " " +
                     stamp(v8.dli_fname == nullptr ? "" : v8.dli_fname) + "\n";
  head.resize(kHeadBytes, ' ');
  return head;
}

// FNV-1a by words: a torn or rotten file is noticed, an enemy's is not; who may write beside the
// executable may replace that too.
std::string checksum(std::string_view bytes) {
  uint64_t sum = 0xcbf29ce484222325;
  while (!bytes.empty()) {
    uint64_t word = 0;
    size_t n = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), n);
    sum = (sum ^ word) * 0x100000001b3;
    sum ^= sum >> 29;
    bytes.remove_prefix(n);
  }
  char text[kSumBytes + 1];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(sum));
  return text;
}

// The snapshot in the file, empty where the file is not one for `head`.
v8::StartupData load(const std::string& path, const std::string& head) {
  Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat s;
  if (!file.valid() || ::fstat(file.get(), &s) != 0 || !S_ISREG(s.st_mode)) return {};
  if (s.st_size <= static_cast<off_t>(kHeadBytes + kSumBytes) || s.st_size > INT_MAX) return {};
  size_t size = static_cast<size_t>(s.st_size);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (map == MAP_FAILED) return {};
  std::string_view all(static_cast<char*>(map), size);
  std::string_view blob = all.substr(kHeadBytes, size - kHeadBytes - kSumBytes);
  if (all.starts_with(head) && all.ends_with(checksum(blob))) {
    return {blob.data(), static_cast<int>(blob.size())};
  }
  ::munmap(map, size);
  return {};
}

bool append_checksum(int fd) {
  struct stat s;
  if (::fstat(fd, &s) != 0) return false;
  size_t size = static_cast<size_t>(s.st_size);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (map == MAP_FAILED) return false;
  std::string sum = checksum({static_cast<char*>(map) + kHeadBytes, size - kHeadBytes});
  ::munmap(map, size);
  return ::write(fd, sum.data(), sum.size()) == static_cast<ssize_t>(sum.size());
}

// In a child process, for V8 starts only once. The file appears whole or not at all; when two first
// starts meet, one of two equal files stays.
[[noreturn]] void make_file(const std::string& path, const std::string& head) {
  std::string fresh = path + "." + std::to_string(::getpid());
  Fd file(::open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  bool ok = file.valid() && make_snapshot(file.get(), head) && append_checksum(file.get()) &&
            ::fsync(file.get()) == 0 && ::rename(fresh.c_str(), path.c_str()) == 0;
  if (!ok && file.valid()) ::unlink(fresh.c_str());
  std::_Exit(ok ? 0 : 1);
}

bool make_in_child(const std::string& path, const std::string& head) {
  pid_t child = ::fork();
  if (child == 0) make_file(path, head);
  if (child < 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

v8::StartupData cached_snapshot() {
  std::string executable = platform::executable_path();
  if (executable.empty()) return {};
  std::string path = executable + ".snapshot";
  std::string head = head_for(executable);
  if (v8::StartupData found = load(path, head); found.raw_size > 0) return found;
  std::string folder = executable.substr(0, executable.rfind('/') + 1);
  if (::access(folder.c_str(), W_OK) != 0 || !make_in_child(path, head)) return {};
  return load(path, head);
}

}  // namespace node::js
