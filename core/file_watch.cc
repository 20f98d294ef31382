// Watches over inotify(7); a refusal where the system has none.
#include "core/file_watch.h"

#if __has_include(<sys/inotify.h>)
#include <sys/inotify.h>
#endif
#include <unistd.h>

#include <cstring>

#include "core/base/fd.h"

namespace node {

struct FileWatches::Private {
  struct NoticeWatcher : Watcher {
    explicit NoticeWatcher(FileWatches& o)
        : Watcher(
              [](Watcher* w, uint8_t) { static_cast<NoticeWatcher*>(w)->owner.read_notices(); }),
          owner(o) {}
    FileWatches& owner;
  };
  explicit Private(FileWatches& owner) : watcher(owner) {}

  NoticeWatcher watcher;
  Fd fd;
  List<FileWatch> watches;
  unsigned batch = 0;
};

FileWatch::~FileWatch() {
  if (owner_ != nullptr) owner_->stop(*this);
}

FileWatches::FileWatches(Loop& loop) : loop_(loop), p_(std::make_unique<Private>(*this)) {}

FileWatches::~FileWatches() {
  while (FileWatch* watch = p_->watches.pop_front()) watch->owner_ = nullptr;
  if (p_->watcher.started()) loop_.stop(p_->watcher);
}

void FileWatches::set_referenced(FileWatch& watch, bool referenced) {
  watch.referenced_ = referenced;
  count_references();
}

void FileWatches::count_references() {
  if (!p_->watcher.started()) return;
  bool referenced = false;
  for (FileWatch* w = p_->watches.front(); w != nullptr; w = p_->watches.next(w)) {
    referenced |= w->referenced_;
  }
  loop_.set_referenced(p_->watcher, referenced);
}

void FileWatches::deliver(int id, FileWatch::Change change, std::string_view name) {
  unsigned batch = ++p_->batch;
  // Callbacks may stop any watch: look again from the front after each.
  FileWatch* w = p_->watches.front();
  while (w != nullptr) {
    if (w->id_ != id || w->turn_ == batch) {
      w = p_->watches.next(w);
      continue;
    }
    w->turn_ = batch;
    std::string own = name.empty() ? w->base_name_ : std::string(name);
    w->callback_(w, change, own);
    w = p_->watches.front();
  }
}

#if __has_include(<sys/inotify.h>)

Result<void> FileWatches::start(FileWatch& watch, const std::string& path) {
  constexpr uint32_t kWanted = IN_ATTRIB | IN_CREATE | IN_MODIFY | IN_DELETE | IN_DELETE_SELF |
                               IN_MOVE_SELF | IN_MOVED_FROM | IN_MOVED_TO;
  CHECK(!watch.started());
  if (!p_->fd.valid()) {
    p_->fd.reset(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!p_->fd.valid()) return last_error("watch");
  }
  if (!p_->watcher.started()) {
    Result<void> started = loop_.start(p_->watcher, p_->fd.get(), poll::kReadable);
    if (!started) return Error(started.error().code, "watch");
  }
  int id = ::inotify_add_watch(p_->fd.get(), path.c_str(), kWanted);
  if (id < 0) {
    Error why = last_error("watch");
    count_references();
    return why;
  }
  watch.owner_ = this;
  watch.id_ = id;
  watch.turn_ = p_->batch;
  size_t end = path.find_last_not_of('/');
  size_t slash = end == std::string::npos ? end : path.rfind('/', end);
  watch.base_name_ = end == std::string::npos     ? "/"
                     : slash == std::string::npos ? path.substr(0, end + 1)
                                                  : path.substr(slash + 1, end - slash);
  p_->watches.push_back(&watch);
  count_references();
  return {};
}

void FileWatches::stop(FileWatch& watch) {
  if (watch.owner_ != this) return;
  watch.unlink();
  watch.owner_ = nullptr;
  bool shared = false;
  for (FileWatch* w = p_->watches.front(); w != nullptr; w = p_->watches.next(w)) {
    shared |= w->id_ == watch.id_;
  }
  if (!shared) ::inotify_rm_watch(p_->fd.get(), watch.id_);
  // Nothing left to hear of: out of the poller, and the old notices are gone with the descriptor.
  if (p_->watches.empty() && p_->watcher.started()) {
    loop_.stop(p_->watcher);
    p_->fd.reset();
  } else {
    count_references();
  }
}

void FileWatches::read_notices() {
  alignas(inotify_event) char buffer[4096];
  for (;;) {
    // Callbacks may have stopped the last watch, and closed the descriptor with it.
    if (!p_->fd.valid()) return;
    ssize_t n = ::read(p_->fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    for (ssize_t at = 0; at < n;) {
      inotify_event event;
      std::memcpy(&event, buffer + at, sizeof event);
      const char* name = buffer + at + sizeof event;
      at += static_cast<ssize_t>(sizeof event + event.len);
      if ((event.mask & (IN_IGNORED | IN_Q_OVERFLOW)) != 0) continue;
      bool changed = (event.mask & (IN_ATTRIB | IN_MODIFY)) != 0;
      deliver(event.wd, changed ? FileWatch::Change::kChange : FileWatch::Change::kRename,
              event.len > 0 ? std::string_view(name) : std::string_view());
    }
  }
}

#else

Result<void> FileWatches::start(FileWatch&, const std::string&) { return Error(ENOSYS, "watch"); }

void FileWatches::stop(FileWatch& watch) {
  watch.unlink();
  watch.owner_ = nullptr;
}

void FileWatches::read_notices() {}

#endif

}  // namespace node
