// What the parts of the fs binding share.
#pragma once

#include <dirent.h>

#include <utility>

#include "js/bind.h"

namespace node::js {

// An open directory. JavaScript closes it; the collector does for those who forget.
class DirHandle : public Wrapped {
 public:
  DirHandle(Env& env, v8::Local<v8::Object> object, DIR* dir) : Wrapped(env, object), dir_(dir) {}
  ~DirHandle() override {
    if (dir_ != nullptr) ::closedir(dir_);
  }
  // Script cannot make one: fs.opendir() does.
  static void make(Env& env, const Args&) {
    throw_type_error(env, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
  }

  DIR* dir() const { return dir_; }
  DIR* take() { return std::exchange(dir_, nullptr); }
  // Whether a request on the pool uses it now.
  bool busy() const { return pinned(); }
  void set_busy(bool busy) { busy ? pin() : unpin(); }

 private:
  DIR* dir_;
};

extern const ClassSpec kDirHandleClass;
extern const ClassSpec kFileWatchHubClass;
extern const ClassSpec kFileWatchClass;

// Adds `constants` to the binding.
void init_fs_constants(Env& env, v8::Local<v8::Object> target);

}  // namespace node::js
