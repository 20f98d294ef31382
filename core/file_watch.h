// Notices of changes in files and directories: inotify(7) where there is one. Knows the loop,
// nothing of scripts.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/list.h"
#include "core/loop.h"

namespace node {

class FileWatches;

// Interest in one path. Intrusive: lives in the object it serves; stopped by its destructor.
class FileWatch : public ListNode<> {
 public:
  enum class Change : unsigned char {
    kRename,  // a name came, went or moved; or the watched file itself did
    kChange,  // content or attributes
  };
  // `name`: the entry of a watched directory, or the last part of the watched file's own path;
  // valid during the call. May stop or destroy any watch, this one too.
  using Callback = void (*)(FileWatch* self, Change change, std::string_view name);

  explicit FileWatch(Callback callback) : callback_(callback) {}
  ~FileWatch();
  bool started() const { return owner_ != nullptr; }

 private:
  friend class FileWatches;
  Callback callback_;
  FileWatches* owner_ = nullptr;
  int id_ = -1;
  bool referenced_ = true;
  unsigned turn_ = 0;  // batch of notices that it already got one of
  std::string base_name_;
};

// All watches of a loop behind one descriptor: systems limit how many such descriptors a user may
// have.
class FileWatches {
 public:
  explicit FileWatches(Loop& loop);
  ~FileWatches();
  FileWatches(const FileWatches&) = delete;
  FileWatches& operator=(const FileWatches&) = delete;

  // Starts watching `path`, a file or directory. ENOENT, EACCES, ENOSPC (the user's limit), or
  // ENOSYS where the system has no such notices. The error's call is "watch".
  Result<void> start(FileWatch& watch, const std::string& path);
  void stop(FileWatch& watch);
  // Whether the watch keeps the loop alive; it does by default.
  void set_referenced(FileWatch& watch, bool referenced);

 private:
  struct Private;
  void read_notices();
  void deliver(int id, FileWatch::Change change, std::string_view name);
  void count_references();

  Loop& loop_;
  std::unique_ptr<Private> p_;
};

}  // namespace node
