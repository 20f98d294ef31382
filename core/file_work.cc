// File operations: what each request does with the system. Descriptors made here are close-on-exec.
#include "core/file_work.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "core/base/fd.h"
#include "platform/platform.h"

namespace node {

namespace {

// First guess for what has no size, such as pipes and /proc.
constexpr size_t kFirstChunkBytes = 8 * 1024;
constexpr int64_t kMostBytesAtOnce = 128 * 1024;

// Repeats a call that a signal interrupted.
template <typename F>
auto uninterrupted(F f) {
  for (;;) {
    auto rc = f();
    if (rc != -1 || errno != EINTR) return rc;
  }
}

int open_file(const char* path, int flags, unsigned mode) {
  return uninterrupted([&] { return ::open(path, flags | O_CLOEXEC, mode); });
}

// Microseconds, which is what a double of today's seconds still carries exactly.
timespec to_timespec(double seconds) {
  double micros = std::round(seconds * 1e6);
  double whole = std::floor(micros / 1e6);
  timespec t = {};
  t.tv_sec = static_cast<time_t>(whole);
  t.tv_nsec = static_cast<long>(micros - whole * 1e6) * 1000;
  return t;
}

void put_time(int64_t* values, const timespec& t) {
  values[0] = t.tv_sec;
  values[1] = t.tv_nsec;
}

void fill_stat(const struct stat& s, const platform::FileTimes& times, FileStat* out) {
  int64_t* v = out->values;
  v[0] = static_cast<int64_t>(s.st_dev);
  v[1] = s.st_mode;
  v[2] = static_cast<int64_t>(s.st_nlink);
  v[3] = s.st_uid;
  v[4] = s.st_gid;
  v[5] = static_cast<int64_t>(s.st_rdev);
  v[6] = s.st_blksize;
  v[7] = static_cast<int64_t>(s.st_ino);
  v[8] = s.st_size;
  v[9] = s.st_blocks;
  put_time(v + 10, times.access);
  put_time(v + 12, times.modification);
  put_time(v + 14, times.change);
  put_time(v + 16, times.birth);
}

int stat_file(FileOp op, const char* path, int fd, FileStat* out) {
  using platform::StatOf;
  StatOf of = op == FileOp::kFstat   ? StatOf::kDescriptor
              : op == FileOp::kLstat ? StatOf::kLink
                                     : StatOf::kPath;
  struct stat s;
  platform::FileTimes times;
  int rc = platform::stat_file(of, path, fd, &s, &times);
  if (rc == 0) fill_stat(s, times, out);
  return rc;
}

int64_t move_all(int fd, std::vector<iovec>& buffers, int64_t position, bool writing);

ssize_t move_some(int fd, const iovec* first, int count, int64_t position, bool writing) {
  return uninterrupted([&]() -> ssize_t {
    if (count == 1) {
      if (position < 0) {
        return writing ? ::write(fd, first->iov_base, first->iov_len)
                       : ::read(fd, first->iov_base, first->iov_len);
      }
      return writing ? ::pwrite(fd, first->iov_base, first->iov_len, position)
                     : ::pread(fd, first->iov_base, first->iov_len, position);
    }
    if (position < 0) return writing ? ::writev(fd, first, count) : ::readv(fd, first, count);
    return writing ? platform::write_at(fd, first, count, position)
                   : platform::read_at(fd, first, count, position);
  });
}

// All buffers, in portions that one call takes; stops at the first short answer. -1 only when
// nothing was moved.
int64_t move_all(int fd, std::vector<iovec>& buffers, int64_t position, bool writing) {
  int64_t total = 0;
  size_t at = 0;
  do {
    int count = static_cast<int>(std::min<size_t>(buffers.size() - at, IOV_MAX));
    if (count == 0) return total;
    int64_t asked = 0;
    for (int i = 0; i < count; ++i) asked += static_cast<int64_t>(buffers[at + i].iov_len);
    ssize_t n = move_some(fd, &buffers[at], count, position < 0 ? -1 : position + total, writing);
    if (n < 0) return total > 0 ? total : -1;
    total += n;
    if (n < asked) break;
    at += count;
  } while (at < buffers.size());
  return total;
}

// Whether a file ends at `position` (negative: where the descriptor stands).
bool reaches_end(int fd, int64_t position) {
  struct stat s;
  if (::fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) return true;
  return (position < 0 ? ::lseek(fd, 0, SEEK_CUR) : position) >= s.st_size;
}

void skip_bytes(std::vector<iovec>* buffers, size_t count) {
  size_t whole = 0;
  while (whole < buffers->size() && count >= (*buffers)[whole].iov_len) {
    count -= (*buffers)[whole++].iov_len;
  }
  buffers->erase(buffers->begin(), buffers->begin() + static_cast<ptrdiff_t>(whole));
  if (buffers->empty()) return;
  iovec& first = buffers->front();
  first = {static_cast<char*>(first.iov_base) + count, first.iov_len - count};
}

bool is_dot_name(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

// 0 (DT_UNKNOWN) where entries have no type, as on Solaris.
template <typename Entry>
uint8_t entry_type(const Entry& entry) {
  if constexpr (requires { entry.d_type; }) return entry.d_type;
  return 0;
}

}  // namespace

FileRequest::~FileRequest() { std::free(data); }

char* FileRequest::take_data() { return std::exchange(data, nullptr); }

void FileRequest::answer(int64_t rc, const char* call) {
  if (rc == -1) {
    fail(call);
  } else {
    result = rc;
  }
}

void FileRequest::run_open() { answer(open_file(path.c_str(), flags, mode), "open"); }

void FileRequest::run_read() {
  answer(move_all(fd, buffers, position, false), "read");
  // An error after part of it is for the next read to tell.
  if (done_ > 0 && error) error = Error();
  result += done_;
}

bool FileRequest::run_at_once() {
  switch (op) {
    case FileOp::kOpen:
      if (int opened = platform::open_cached(path.c_str(), flags); opened >= 0) {
        result = opened;
        return true;
      }
      return false;
    case FileOp::kClose:
      return platform::close_cached(fd);
    case FileOp::kRead:
      return read_at_once();
    case FileOp::kStat:
    case FileOp::kLstat:
      return stat_at_once();
    case FileOp::kReadFile:
      return read_file_at_once();
    default:
      return false;
  }
}

bool FileRequest::stat_at_once() {
  struct stat s;
  platform::FileTimes times;
  if (platform::stat_cached(path.c_str(), op == FileOp::kStat, &s, &times) == 0) {
    fill_stat(s, times, &stat);
    return true;
  }
  if (errno != ENOENT) return false;
  run_stat();
  return true;
}

// What is in memory of a file that is small enough to be copied while others wait.
bool FileRequest::read_file_at_once() {
  if (!has_path) return false;
  Fd opened(platform::open_cached(path.c_str(), flags | O_NONBLOCK));
  struct stat s;
  if (!opened.valid() || ::fstat(opened.get(), &s) != 0) return false;
  if (s.st_size <= 0 || s.st_size > kMostBytesAtOnce) return false;
  size_t size = static_cast<size_t>(s.st_size);
  if (!grow_data(size)) return false;
  iovec whole = {data, size};
  if (platform::read_cached(opened.get(), &whole, 1, 0) != s.st_size) return false;
  data_len = size;
  error_has_path = false;
  return true;
}

bool FileRequest::read_at_once() {
  if (buffers.empty() || buffers.size() > IOV_MAX) return false;
  int64_t asked = 0;
  for (const iovec& part : buffers) asked += static_cast<int64_t>(part.iov_len);
  ssize_t n = platform::read_cached(fd, buffers.data(), static_cast<int>(buffers.size()), position);
  if (n < 0) return false;
  // It may be the end, or the end of what is in memory.
  if (n > 0 && n < asked && !reaches_end(fd, position < 0 ? -1 : position + n)) {
    done_ = n;
    if (position >= 0) position += n;
    skip_bytes(&buffers, static_cast<size_t>(n));
    return false;
  }
  result = n;
  return true;
}

void FileRequest::run_write() { answer(move_all(fd, buffers, position, true), "write"); }

bool FileRequest::grow_data(size_t capacity) {
  char* grown = static_cast<char*>(std::realloc(data, capacity));
  if (grown == nullptr) {
    errno = ENOMEM;
    return false;
  }
  data = grown;
  return true;
}

// Reads what its size promises, and on to the end when there is no size to trust.
bool FileRequest::read_all(int from) {
  struct stat s;
  if (::fstat(from, &s) != 0) return fail("fstat"), false;
  bool sized = S_ISREG(s.st_mode) && s.st_size > 0;
  if (sized && s.st_size > kMostFileBytes) {
    result = s.st_size;
    error = Error(EFBIG, "read");
    return false;
  }
  size_t capacity = sized ? static_cast<size_t>(s.st_size) : kFirstChunkBytes;
  if (!grow_data(capacity)) return fail("read"), false;
  for (;;) {
    if (data_len == capacity) {
      if (sized) return true;
      capacity *= 2;
      if (capacity > static_cast<size_t>(kMostFileBytes)) {
        result = static_cast<int64_t>(capacity);
        error = Error(EFBIG, "read");
        return false;
      }
      if (!grow_data(capacity)) return fail("read"), false;
    }
    ssize_t n = uninterrupted([&] { return ::read(from, data + data_len, capacity - data_len); });
    if (n < 0) return fail("read"), false;
    if (n == 0) return true;
    data_len += static_cast<size_t>(n);
  }
}

void FileRequest::run_read_file() {
  Fd opened;
  int from = fd;
  if (has_path) {
    opened.reset(open_file(path.c_str(), flags, 0666));
    if (!opened.valid()) return fail("open");
    from = opened.get();
  }
  error_has_path = false;
  read_all(from);
}

bool FileRequest::write_all(int to) {
  for (const iovec& piece : buffers) {
    const char* at = static_cast<const char*>(piece.iov_base);
    size_t left = piece.iov_len;
    while (left > 0) {
      ssize_t n = uninterrupted([&] { return ::write(to, at, left); });
      if (n < 0) return fail("write"), false;
      at += n;
      left -= static_cast<size_t>(n);
    }
  }
  return true;
}

void FileRequest::run_write_file() {
  if (!has_path) {
    write_all(fd);
    return;
  }
  int to = open_file(path.c_str(), flags, mode);
  if (to < 0) return fail("open");
  error_has_path = false;
  bool written = write_all(to);
  // Network file systems report a full disk only here.
  if (::close(to) != 0 && written && errno != EINTR) fail("close");
}

void FileRequest::run_stat() {
  const char* call = op == FileOp::kStat ? "stat" : op == FileOp::kLstat ? "lstat" : "fstat";
  answer(stat_file(op, path.c_str(), fd, &stat), call);
}

void FileRequest::run_read_dir() {
  DIR* list = ::opendir(path.c_str());
  if (list == nullptr) return fail("scandir");
  std::vector<std::pair<uint32_t, uint8_t>> found;
  std::string all;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(list);
    if (entry == nullptr) break;
    if (is_dot_name(entry->d_name)) continue;
    found.emplace_back(static_cast<uint32_t>(all.size()), entry_type(*entry));
    all.append(entry->d_name).push_back('\0');
  }
  if (errno != 0) fail("scandir");
  ::closedir(list);
  if (error) return;
  const char* base = all.data();
  std::sort(found.begin(), found.end(), [base](const auto& a, const auto& b) {
    return std::strcmp(base + a.first, base + b.first) < 0;
  });
  names.reserve(all.size());
  types.reserve(found.size());
  for (const auto& [offset, type] : found) {
    names.append(base + offset).push_back('\0');
    types.push_back(type);
  }
}

void FileRequest::run_read_open_dir() {
  while (static_cast<int64_t>(types.size()) < length) {
    errno = 0;
    const dirent* entry = ::readdir(dir);
    if (entry == nullptr) {
      if (errno != 0) fail("scandir");
      return;
    }
    if (is_dot_name(entry->d_name)) continue;
    names.append(entry->d_name).push_back('\0');
    types.push_back(entry_type(*entry));
  }
}

// Goes up until a parent exists, and down again.
void FileRequest::run_make_dir_tree() {
  std::string now = path;
  while (now.size() > 1 && now.back() == '/') now.pop_back();
  std::vector<size_t> below;  // lengths of the prefixes of `path` still to make
  const std::string whole = now;
  for (;;) {
    if (::mkdir(now.c_str(), mode) == 0) {
      if (text.empty()) text = now;
      if (below.empty()) return;
      now = whole.substr(0, below.back());
      below.pop_back();
      continue;
    }
    int why = errno;
    if (why == ENOENT) {
      size_t slash = now.find_last_of('/');
      while (slash != std::string::npos && slash > 0 && now[slash - 1] == '/') --slash;
      if (slash == std::string::npos || slash == 0) return fail("mkdir");
      below.push_back(now.size());
      now.resize(slash);
      continue;
    }
    struct stat s;
    bool is_dir = ::stat(now.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
    if (!is_dir) {
      errno = why == EEXIST && !below.empty() ? ENOTDIR : why;
      return fail("mkdir");
    }
    if (below.empty()) return;
    now = whole.substr(0, below.back());
    below.pop_back();
  }
}

void FileRequest::run_make_temp_dir() {
  path += "XXXXXX";
  std::string made = path;
  if (::mkdtemp(made.data()) == nullptr) return fail("mkdtemp");
  text = std::move(made);
}

void FileRequest::run_read_link() {
  text.resize(256);
  for (;;) {
    ssize_t n = ::readlink(path.c_str(), text.data(), text.size());
    if (n < 0) return fail("readlink");
    if (static_cast<size_t>(n) < text.size()) {
      text.resize(static_cast<size_t>(n));
      return;
    }
    text.resize(text.size() * 2);
  }
}

void FileRequest::run_real_path() {
  char* found = ::realpath(path.c_str(), nullptr);
  if (found == nullptr) return fail("realpath");
  text = found;
  std::free(found);
}

void FileRequest::run_times() {
  timespec times[2] = {to_timespec(atime_s), to_timespec(mtime_s)};
  if (op == FileOp::kFutimes) return answer(::futimens(fd, times), "futime");
  bool link = op == FileOp::kLutimes;
  answer(::utimensat(AT_FDCWD, path.c_str(), times, link ? AT_SYMLINK_NOFOLLOW : 0),
         link ? "lutime" : "utime");
}

void FileRequest::run_truncate() {
  if (op == FileOp::kFtruncate) {
    return answer(uninterrupted([&] { return ::ftruncate(fd, length); }), "ftruncate");
  }
  Fd opened(open_file(path.c_str(), O_RDWR, 0));
  if (!opened.valid()) return fail("open");
  error_has_path = false;
  answer(uninterrupted([&] { return ::ftruncate(opened.get(), length); }), "ftruncate");
}

void FileRequest::run() {
  const char* from = path.c_str();
  const char* to = dest.c_str();
  switch (op) {
    case FileOp::kOpen:
      return run_open();
    // Never repeated: see core/base/fd.h.
    case FileOp::kClose:
      if (::close(fd) != 0 && errno != EINTR) fail("close");
      return;
    case FileOp::kRead:
      return run_read();
    case FileOp::kWrite:
      return run_write();
    case FileOp::kReadFile:
      return run_read_file();
    case FileOp::kWriteFile:
      return run_write_file();
    case FileOp::kStat:
    case FileOp::kLstat:
    case FileOp::kFstat:
      return run_stat();
    case FileOp::kStatFs: {
      struct statvfs s;
      if (::statvfs(from, &s) != 0) return fail("statfs");
      const int64_t values[] = {platform::file_system_type(from), static_cast<int64_t>(s.f_bsize),
                                static_cast<int64_t>(s.f_blocks), static_cast<int64_t>(s.f_bfree),
                                static_cast<int64_t>(s.f_bavail), static_cast<int64_t>(s.f_files),
                                static_cast<int64_t>(s.f_ffree)};
      std::copy(std::begin(values), std::end(values), stat.values);
      return;
    }
    case FileOp::kReadDir:
      return run_read_dir();
    case FileOp::kOpenDir:
      dir = ::opendir(from);
      if (dir == nullptr) fail("opendir");
      return;
    case FileOp::kReadOpenDir:
      return run_read_open_dir();
    case FileOp::kCloseDir:
      return answer(::closedir(dir), "closedir");
    case FileOp::kMakeDir:
      return answer(::mkdir(from, mode), "mkdir");
    case FileOp::kMakeDirTree:
      return run_make_dir_tree();
    case FileOp::kMakeTempDir:
      return run_make_temp_dir();
    case FileOp::kRemoveDir:
      return answer(::rmdir(from), "rmdir");
    case FileOp::kRemoveTree: {
      const char* call = "rm";
      std::string failed;
      if (!remove_tree(path, &failed, &call)) {
        fail(call);
        path = failed;
      }
      return;
    }
    case FileOp::kRename:
      return answer(::rename(from, to), "rename");
    case FileOp::kUnlink:
      return answer(::unlink(from), "unlink");
    case FileOp::kLink:
      return answer(::link(from, to), "link");
    case FileOp::kSymlink:
      return answer(::symlink(from, to), "symlink");
    case FileOp::kReadLink:
      return run_read_link();
    case FileOp::kRealPath:
      return run_real_path();
    case FileOp::kAccess:
      return answer(::access(from, static_cast<int>(mode)), "access");
    case FileOp::kChmod:
      return answer(::chmod(from, mode), "chmod");
    case FileOp::kFchmod:
      return answer(::fchmod(fd, mode), "fchmod");
    case FileOp::kChown:
      return answer(::chown(from, uid, gid), "chown");
    case FileOp::kFchown:
      return answer(::fchown(fd, uid, gid), "fchown");
    case FileOp::kLchown:
      return answer(::lchown(from, uid, gid), "lchown");
    case FileOp::kUtimes:
    case FileOp::kFutimes:
    case FileOp::kLutimes:
      return run_times();
    case FileOp::kTruncate:
    case FileOp::kFtruncate:
      return run_truncate();
    case FileOp::kFsync:
      return answer(uninterrupted([&] { return platform::sync_file(fd); }), "fsync");
    case FileOp::kFdatasync:
      return answer(uninterrupted([&] { return platform::sync_data(fd); }), "fdatasync");
    case FileOp::kCopyFile:
      return run_copy();
  }
}

}  // namespace node
