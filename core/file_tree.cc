// Whole files and whole trees: copying one, removing the other.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "core/base/fd.h"
#include "core/file_work.h"
#include "platform/platform.h"

namespace node {

namespace {

constexpr size_t kCopyChunkBytes = 64 * 1024;
constexpr size_t kKernelChunkBytes = 1 << 30;

bool copy_by_hand(int from, int to) {
  std::unique_ptr<char[]> chunk(new (std::nothrow) char[kCopyChunkBytes]);
  if (chunk == nullptr) {
    errno = ENOMEM;
    return false;
  }
  for (;;) {
    ssize_t n = ::read(from, chunk.get(), kCopyChunkBytes);
    if (n == 0) return true;
    if (n < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    for (ssize_t at = 0; at < n;) {
      ssize_t written = ::write(to, chunk.get() + at, static_cast<size_t>(n - at));
      if (written < 0) {
        if (errno == EINTR) continue;
        return false;
      }
      at += written;
    }
  }
}

// One directory on the way down; its descriptor anchors what is removed in it.
struct Level {
  DIR* dir;
  std::string name;   // in its parent
  size_t path_bytes;  // length of its path
};

DIR* open_dir_at(int parent, const char* name) {
  int fd = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return nullptr;
  DIR* dir = ::fdopendir(fd);
  if (dir == nullptr) ::close(fd);
  return dir;
}

// Removes trees without recursion in C++ and without ever following a link.
class TreeRemover {
 public:
  TreeRemover(std::string* failed, const char** call) : path_(*failed), call_(*call) {}
  ~TreeRemover() {
    int kept = errno;
    while (!levels_.empty()) pop();
    errno = kept;
  }

  bool run(const std::string& root) {
    path_ = root;
    struct stat s;
    call_ = "lstat";
    if (::lstat(root.c_str(), &s) != 0) return false;
    if (!S_ISDIR(s.st_mode)) return remove_file(AT_FDCWD, root.c_str());
    if (!enter(AT_FDCWD, root)) return false;
    while (!levels_.empty()) {
      errno = 0;
      const dirent* entry = ::readdir(levels_.back().dir);
      if (entry == nullptr) {
        if (errno != 0) return false;
        if (!leave()) return false;
      } else if (!is_dots(entry->d_name) && !remove_entry(entry->d_name)) {
        return false;
      }
    }
    return true;
  }

 private:
  static bool is_dots(const char* name) {
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
  }

  // Somebody else removing it first is as good.
  bool remove_file(int parent, const char* name) {
    call_ = "unlink";
    return ::unlinkat(parent, name, 0) == 0 || errno == ENOENT;
  }

  bool remove_entry(const char* entry_name) {
    int parent = ::dirfd(levels_.back().dir);
    std::string name = entry_name;
    path_.append("/").append(name);
    struct stat s;
    call_ = "lstat";
    if (::fstatat(parent, name.c_str(), &s, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT) return false;
      shorten();
      return true;
    }
    if (S_ISDIR(s.st_mode)) return enter(parent, name);
    if (!remove_file(parent, name.c_str())) return false;
    shorten();
    return true;
  }

  void shorten() { path_.resize(levels_.back().path_bytes); }

  bool enter(int parent, const std::string& name) {
    call_ = "scandir";
    DIR* dir = open_dir_at(parent, name.c_str());
    if (dir == nullptr) return false;
    levels_.push_back({dir, name, path_.size()});
    return true;
  }

  bool leave() {
    std::string name = levels_.back().name;
    pop();
    int parent = levels_.empty() ? AT_FDCWD : ::dirfd(levels_.back().dir);
    call_ = "rmdir";
    if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) return false;
    if (!levels_.empty()) shorten();
    return true;
  }

  void pop() {
    ::closedir(levels_.back().dir);
    levels_.pop_back();
  }

  std::string& path_;
  const char*& call_;
  std::vector<Level> levels_;
};

}  // namespace

bool remove_tree(const std::string& path, std::string* failed, const char** call) {
  return TreeRemover(failed, call).run(path);
}

bool copy_bytes(int from, int to) {
  for (bool started = false;; started = true) {
    ssize_t n = platform::copy_in_kernel(from, to, kKernelChunkBytes);
    if (n > 0) continue;
    // Files of /proc look empty to it.
    if (n == 0) return started || copy_by_hand(from, to);
    if (errno == EINTR) continue;
    if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP &&
        errno != EPERM && errno != EBADF) {
      return false;
    }
    break;
  }
  return copy_by_hand(from, to);
}

void FileRequest::run_copy() {
  Fd from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.valid()) return fail("copyfile");
  struct stat source;
  if (::fstat(from.get(), &source) != 0) return fail("copyfile");
  int exclusive = (flags & kCopyExclusive) != 0 ? O_EXCL : 0;
  Fd to(::open(dest.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | exclusive, source.st_mode & 07777));
  if (!to.valid()) return fail("copyfile");
  struct stat target;
  if (::fstat(to.get(), &target) != 0) return fail("copyfile");
  // Onto itself: nothing to do, and truncating would lose it.
  if (source.st_dev == target.st_dev && source.st_ino == target.st_ino) return;
  auto copied = [&] {
    if (::ftruncate(to.get(), 0) != 0) return false;
    // Some file systems have no modes; the content still counts.
    if (::fchmod(to.get(), source.st_mode & 07777) != 0 && errno != EPERM) return false;
    if ((flags & (kCopyClone | kCopyCloneOnly)) != 0) {
      if (platform::clone_file(from.get(), to.get()) == 0) return true;
      if ((flags & kCopyCloneOnly) != 0) {
        if (errno == EOPNOTSUPP) errno = ENOTSUP;
        return false;
      }
    }
    return copy_bytes(from.get(), to.get());
  };
  if (copied()) return;
  fail("copyfile");
  if (S_ISREG(target.st_mode)) ::unlink(dest.c_str());
}

}  // namespace node
