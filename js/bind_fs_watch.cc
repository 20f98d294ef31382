// fs: watches over files and directories, and the constants of the module.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "core/file_watch.h"
#include "core/file_work.h"
#include "js/bind_fs.h"
#include "js/buffer.h"

namespace node::js {

namespace {

// Holds the watches of the process; JavaScript makes one and keeps it.
class FileWatchHub : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new FileWatchHub(env, info.This()); }
  FileWatches& watches() { return watches_; }

 private:
  FileWatchHub(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object), watches_(env.loop()) {}
  FileWatches watches_;
};

// new FileWatch(hub). JavaScript sets `onchange`, a function (isRename, name as a Buffer).
class WatchHandle : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    auto* hub = Wrapped::from<FileWatchHub>(env, info[0], kFileWatchHubClass);
    if (hub == nullptr) return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "hub expected");
    new WatchHandle(env, info.This(), hub->watches());
  }

  // start(path, persistent): 0 or a negative errno.
  int32_t start(v8::Local<v8::Value> path, bool persistent) {
    std::string text;
    Bytes bytes;
    Utf8 utf8;
    if (utf8.read(env().isolate(), path)) {
      text = utf8.view();
    } else if (read_bytes(path, &bytes)) {
      text.assign(bytes.data(), bytes.size());
    }
    Result<void> started = watches_.start(watch_, text);
    if (!started) return -started.error().code;
    if (!persistent) watches_.set_referenced(watch_, false);
    pin();
    return 0;
  }
  void stop() {
    if (!watch_.started()) return;
    watches_.stop(watch_);
    unpin();
  }
  void set_referenced(bool referenced) {
    if (watch_.started()) watches_.set_referenced(watch_, referenced);
  }

 private:
  struct Watch : FileWatch {
    explicit Watch(WatchHandle& o)
        : FileWatch([](FileWatch* w, Change change, std::string_view name) {
            static_cast<Watch*>(w)->owner.on_change(change, name);
          }),
          owner(o) {}
    WatchHandle& owner;
  };

  WatchHandle(Env& env, v8::Local<v8::Object> object, FileWatches& watches)
      : Wrapped(env, object), watches_(watches), watch_(*this) {}

  void on_change(FileWatch::Change change, std::string_view name) {
    v8::Isolate* isolate = env().isolate();
    v8::HandleScope scope(isolate);
    v8::Context::Scope context_scope(env().context());
    v8::Local<v8::Value> args[] = {v8::Boolean::New(isolate, change == FileWatch::Change::kRename),
                                   make_buffer(env(), name.data(), name.size())};
    ignore(env().call_method(object(), env().name("onchange"), 2, args));
  }

  FileWatches& watches_;
  Watch watch_;
};

constexpr Method kWatchMethods[] = {
    method<&WatchHandle::start>("start"),
    method<&WatchHandle::stop>("stop"),
    method<&WatchHandle::set_referenced>("setReferenced"),
};

struct Constant {
  const char* name;
  double value;
};
#define C(name) \
  { #name, static_cast < double>(name) }
constexpr Constant kConstants[] = {
    {"UV_FS_SYMLINK_DIR", 1},
    {"UV_FS_SYMLINK_JUNCTION", 2},
    C(O_RDONLY),
    C(O_WRONLY),
    C(O_RDWR),
    {"UV_DIRENT_UNKNOWN", 0},
    {"UV_DIRENT_FILE", 1},
    {"UV_DIRENT_DIR", 2},
    {"UV_DIRENT_LINK", 3},
    {"UV_DIRENT_FIFO", 4},
    {"UV_DIRENT_SOCKET", 5},
    {"UV_DIRENT_CHAR", 6},
    {"UV_DIRENT_BLOCK", 7},
    C(S_IFMT),
    C(S_IFREG),
    C(S_IFDIR),
    C(S_IFCHR),
    C(S_IFBLK),
    C(S_IFIFO),
    C(S_IFLNK),
    C(S_IFSOCK),
    C(O_CREAT),
    C(O_EXCL),
    {"UV_FS_O_FILEMAP", 0},
    C(O_NOCTTY),
    C(O_TRUNC),
    C(O_APPEND),
    C(O_DIRECTORY),
#ifdef O_NOATIME
    C(O_NOATIME),
#endif
    C(O_NOFOLLOW),
    C(O_SYNC),
#ifdef O_DSYNC
    C(O_DSYNC),
#endif
#ifdef O_DIRECT
    C(O_DIRECT),
#endif
    C(O_NONBLOCK),
    C(S_IRWXU),
    C(S_IRUSR),
    C(S_IWUSR),
    C(S_IXUSR),
    C(S_IRWXG),
    C(S_IRGRP),
    C(S_IWGRP),
    C(S_IXGRP),
    C(S_IRWXO),
    C(S_IROTH),
    C(S_IWOTH),
    C(S_IXOTH),
    C(F_OK),
    C(R_OK),
    C(W_OK),
    C(X_OK),
    {"UV_FS_COPYFILE_EXCL", kCopyExclusive},
    {"COPYFILE_EXCL", kCopyExclusive},
    {"UV_FS_COPYFILE_FICLONE", kCopyClone},
    {"COPYFILE_FICLONE", kCopyClone},
    {"UV_FS_COPYFILE_FICLONE_FORCE", kCopyCloneOnly},
    {"COPYFILE_FICLONE_FORCE", kCopyCloneOnly},
};
#undef C

// What readdir(3) calls a kind, by the number that Node calls it: index is the UV_DIRENT_ number.
constexpr int kEntryTypes[] = {DT_UNKNOWN, DT_REG,  DT_DIR, DT_LNK,
                               DT_FIFO,    DT_SOCK, DT_CHR, DT_BLK};

}  // namespace

extern const ClassSpec kDirHandleClass = wrapped_class<DirHandle>("DirHandle", {});
extern const ClassSpec kFileWatchHubClass = wrapped_class<FileWatchHub>("FileWatchHub", {});
extern const ClassSpec kFileWatchClass = wrapped_class<WatchHandle>("FileWatch", kWatchMethods);

void init_fs_constants(Env& env, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Object> constants = v8::Object::New(isolate);
  for (const Constant& c : kConstants) set_constant(env, constants, c.name, c.value);
  ignore(target->Set(env.context(), env.name("constants"), constants));
  v8::Local<v8::Array> types = v8::Array::New(isolate, std::size(kEntryTypes));
  for (uint32_t i = 0; i < std::size(kEntryTypes); ++i) {
    ignore(types->Set(env.context(), i, v8::Integer::New(isolate, kEntryTypes[i])));
  }
  ignore(target->Set(env.context(), env.name("entryTypes"), types));
}

}  // namespace node::js
