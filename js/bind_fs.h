// What the parts of the fs binding share.
#pragma once

#include <dirent.h>

#include <utility>

#include "js/bind.h"

namespace node {
class FileRequest;
}

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

// What JavaScript wants of a result.
enum FileOption : int32_t {
  kAsBuffer = 1,       // names and paths as Buffers
  kAsUtf8 = 2,         // file content as a string
  kWithTypes = 4,      // [name, type, name, type ...] instead of [name ...]
  kBigInt = 8,         // stat values as 64-bit integers in the same memory
  kQuietMissing = 16,  // a missing file is the answer `false`, not an error
};

// The result of a finished request, or undefined and *error. Numbers of the stat family go to the
// shared array that JavaScript gave as hook 'fsStats', where the next result overwrites them.
v8::Local<v8::Value> file_result(Env& env, FileRequest& request, int32_t options,
                                 v8::Local<v8::Value>* error);

extern const ClassSpec kDirHandleClass;
extern const ClassSpec kFileWatchHubClass;
extern const ClassSpec kFileWatchClass;

// Adds `constants` to the binding.
void init_fs_constants(Env& env, v8::Local<v8::Object> target);

}  // namespace node::js
