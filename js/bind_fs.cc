// fs: every operation of core/file_work.h as a function, synchronous or through the pool.
//
// Each takes the arguments its row in kMethods spells, then options (a set of FileOption bits),
// then a callback. Without a callback it runs now and returns its result or throws; with one it
// goes to the pool and calls back with (error, result).
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "core/file_work.h"
#include "core/pool.h"
#include "js/bind.h"
#include "js/bind_fs.h"

namespace node::js {

namespace {

// A request on its way through the pool; frees itself after calling back.
class PoolRequest {
 public:
  PoolRequest(Env& env, FileOp op) : env_(env), file(op), work_(*this) {}

  void submit(v8::Local<v8::Value> callback, int32_t options) {
    options_ = options;
    callback_.Reset(env_.isolate(), callback.As<v8::Function>());
    // Mostly the system has it in memory, and two threads need not wake for that.
    if (file.run_at_once()) return env_.loop().pool().submit_done(work_);
    env_.loop().pool().submit(work_);
  }
  // Keeps memory that `file.buffers` points to, whatever script does with the view.
  void pin(std::shared_ptr<v8::BackingStore> store) { stores_.push_back(std::move(store)); }
  void pin(DirHandle* handle) {
    handle_ = handle;
    handle->set_busy(true);
  }

 private:
  struct FileWork : Work {
    explicit FileWork(PoolRequest& r)
        : Work([](Work* w) { static_cast<FileWork*>(w)->owner.file.run(); },
               [](Work* w, bool cancelled) { static_cast<FileWork*>(w)->owner.done(cancelled); }),
          owner(r) {}
    PoolRequest& owner;
  };

  void done(bool cancelled) {
    std::unique_ptr<PoolRequest> self(this);
    if (handle_ != nullptr) handle_->set_busy(false);
    // Only at the very end, when script is not to be entered any more.
    if (cancelled) return;
    v8::Isolate* isolate = env_.isolate();
    v8::HandleScope scope(isolate);
    v8::Context::Scope context_scope(env_.context());
    v8::Local<v8::Value> args[] = {v8::Null(isolate), v8::Undefined(isolate)};
    args[1] = file_result(env_, file, options_, &args[0]);
    ignore(env_.call(callback_.Get(isolate), v8::Undefined(isolate), 2, args));
  }

  Env& env_;
  int32_t options_ = 0;
  v8::Global<v8::Function> callback_;
  std::vector<std::shared_ptr<v8::BackingStore>> stores_;
  DirHandle* handle_ = nullptr;

 public:
  FileRequest file;

 private:
  FileWork work_;
};

// Strings and Uint8Arrays: file names need not be UTF-8.
bool read_path(Env& env, v8::Local<v8::Value> value, std::string* out) {
  if (value->IsString()) {
    Utf8 text;
    if (!text.read(env.isolate(), value)) return false;
    out->assign(text.c_str(), text.size());
    return true;
  }
  Bytes bytes;
  if (!read_bytes(value, &bytes)) return false;
  out->assign(bytes.data(), bytes.size());
  return true;
}

double number_of(v8::Local<v8::Value> value, double fallback) {
  return value->IsNumber() ? value.As<v8::Number>()->Value() : fallback;
}

int64_t long_of(v8::Local<v8::Value> value, int64_t fallback) {
  if (value->IsBigInt()) return value.As<v8::BigInt>()->Int64Value();
  return value->IsNumber() ? static_cast<int64_t>(value.As<v8::Number>()->Value()) : fallback;
}

// Reads the arguments of one call into a request. What each letter of a spec takes:
//   p path   q destination   d descriptor   x path or descriptor   i flags   m mode   u uid   g gid
//   a, t access and modification time   n position   l length   h DirHandle
//   b buffer, offset, length (three arguments)   v array of buffers   w whole buffer
class Reader {
 public:
  Reader(Env& env, const Args& info, FileRequest* file, PoolRequest* pool)
      : env_(env), info_(info), file_(*file), pool_(pool) {}

  // False when an argument is not what JavaScript was to make sure of.
  bool read(const char* spec) {
    for (; *spec != '\0'; ++spec) {
      if (!read_one(*spec, info_[at_])) return false;
      ++at_;
    }
    return true;
  }
  int at() const { return at_; }

 private:
  bool read_one(char letter, v8::Local<v8::Value> value) {
    switch (letter) {
      case 'x':
        if (value->IsNumber()) return read_one('d', value);
        [[fallthrough]];
      case 'p':
        file_.has_path = true;
        return read_path(env_, value, &file_.path);
      case 'q':
        return read_path(env_, value, &file_.dest);
      case 'd':
        file_.fd = static_cast<int>(number_of(value, -1));
        return true;
      case 'i':
        file_.flags = static_cast<int>(number_of(value, 0));
        return true;
      case 'm':
        file_.mode = static_cast<unsigned>(number_of(value, 0));
        return true;
      case 'u':
        file_.uid = static_cast<uid_t>(long_of(value, 0));
        return true;
      case 'g':
        file_.gid = static_cast<gid_t>(long_of(value, 0));
        return true;
      case 'a':
        file_.atime_s = number_of(value, 0);
        return true;
      case 't':
        file_.mtime_s = number_of(value, 0);
        return true;
      case 'n':
        file_.position = long_of(value, -1);
        return true;
      case 'l':
        file_.length = long_of(value, 0);
        return true;
      case 'h':
        return read_handle(value);
      case 'b':
        return read_part(value);
      case 'w':
        return add_view(value, 0, SIZE_MAX);
      case 'v':
        return read_list(value);
      default:
        return false;
    }
  }

  bool add_view(v8::Local<v8::Value> value, size_t offset, size_t length) {
    Bytes bytes;
    if (!read_bytes(value, &bytes)) return false;
    offset = std::min(offset, bytes.size());
    length = std::min(length, bytes.size() - offset);
    file_.buffers.push_back({bytes.data() + offset, length});
    if (pool_ == nullptr || length == 0) return true;
    if (value->IsArrayBufferView()) {
      pool_->pin(value.As<v8::ArrayBufferView>()->Buffer()->GetBackingStore());
    } else if (value->IsArrayBuffer()) {
      pool_->pin(value.As<v8::ArrayBuffer>()->GetBackingStore());
    }
    return true;
  }

  bool read_part(v8::Local<v8::Value> value) {
    double offset = number_of(info_[at_ + 1], 0);
    double length = number_of(info_[at_ + 2], 0);
    at_ += 2;
    if (!(offset >= 0 && length >= 0)) return false;
    return add_view(value, static_cast<size_t>(offset), static_cast<size_t>(length));
  }

  bool read_list(v8::Local<v8::Value> value) {
    if (!value->IsArray()) return false;
    v8::Local<v8::Array> list = value.As<v8::Array>();
    for (uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> item;
      if (!list->Get(env_.context(), i).ToLocal(&item) || !add_view(item, 0, SIZE_MAX))
        return false;
    }
    return true;
  }

  bool read_handle(v8::Local<v8::Value> value) {
    DirHandle* handle = Wrapped::from<DirHandle>(env_, value, kDirHandleClass);
    if (handle == nullptr || handle->busy() || handle->dir() == nullptr) return false;
    file_.dir = file_.op == FileOp::kCloseDir ? handle->take() : handle->dir();
    if (pool_ != nullptr) pool_->pin(handle);
    return true;
  }

  Env& env_;
  const Args& info_;
  FileRequest& file_;
  PoolRequest* pool_;
  int at_ = 0;
};

int spec_arguments(const char* spec) {
  int count = 0;
  for (; *spec != '\0'; ++spec) count += *spec == 'b' ? 3 : 1;
  return count;
}

void throw_bad_call(Env& env) {
  if (!env.isolate()->IsExecutionTerminating()) {
    throw_type_error(env, "ERR_INVALID_ARG_TYPE", "Invalid argument of a file operation");
  }
}

void run_now(Env& env, const Args& info, FileOp op, const char* spec) {
  FileRequest request(op);
  Reader reader(env, info, &request, nullptr);
  if (!reader.read(spec)) return throw_bad_call(env);
  request.run();
  v8::Local<v8::Value> error;
  v8::Local<v8::Value> result =
      file_result(env, request, static_cast<int32_t>(number_of(info[reader.at()], 0)), &error);
  if (!error.IsEmpty()) {
    env.isolate()->ThrowException(error);
    return;
  }
  info.GetReturnValue().Set(result);
}

void call_operation(const Args& info, FileOp op, const char* spec) {
  Env& env = Env::from(info);
  int count = spec_arguments(spec);
  v8::Local<v8::Value> callback = info[count + 1];
  if (!callback->IsFunction()) return run_now(env, info, op, spec);
  auto request = std::make_unique<PoolRequest>(env, op);
  Reader reader(env, info, &request->file, request.get());
  if (!reader.read(spec)) return throw_bad_call(env);
  request.release()->submit(callback, static_cast<int32_t>(number_of(info[count], 0)));
}

// A spec as a template argument.
struct Spec {
  char letters[8] = {};
  template <size_t N>
  consteval Spec(const char (&text)[N]) {  // NOLINT: implicit on purpose
    std::copy_n(text, N, letters);
  }
};

template <FileOp op, Spec spec>
constexpr Method operation(const char* name) {
  return raw(name, [](const Args& info) { call_operation(info, op, spec.letters); });
}

// sleep(ms): for the synchronous retries of rm.
void sleep_ms(Env&, double ms) {
  timespec left = {static_cast<time_t>(ms / 1000),
                   static_cast<long>(std::fmod(ms, 1000)) * 1000000};
  while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

// exists(path): what fs.existsSync asks, without making an error.
bool exists(Env& env, v8::Local<v8::Value> path) {
  std::string text;
  return read_path(env, path, &text) && ::access(text.c_str(), F_OK) == 0;
}

using Op = FileOp;
constexpr Method kMethods[] = {
    operation<Op::kOpen, "pim">("open"),
    operation<Op::kClose, "d">("close"),
    operation<Op::kRead, "dbn">("read"),
    operation<Op::kRead, "dvn">("readv"),
    operation<Op::kWrite, "dbn">("write"),
    operation<Op::kWrite, "dvn">("writev"),
    operation<Op::kReadFile, "xi">("readFile"),
    operation<Op::kWriteFile, "xwim">("writeFile"),
    operation<Op::kStat, "p">("stat"),
    operation<Op::kLstat, "p">("lstat"),
    operation<Op::kFstat, "d">("fstat"),
    operation<Op::kStatFs, "p">("statfs"),
    operation<Op::kReadDir, "p">("readdir"),
    operation<Op::kOpenDir, "p">("opendir"),
    operation<Op::kReadOpenDir, "hl">("readOpenDir"),
    operation<Op::kCloseDir, "h">("closeDir"),
    operation<Op::kMakeDir, "pm">("mkdir"),
    operation<Op::kMakeDirTree, "pm">("mkdirTree"),
    operation<Op::kMakeTempDir, "p">("mkdtemp"),
    operation<Op::kRemoveDir, "p">("rmdir"),
    operation<Op::kRemoveTree, "p">("removeTree"),
    operation<Op::kRename, "pq">("rename"),
    operation<Op::kUnlink, "p">("unlink"),
    operation<Op::kLink, "pq">("link"),
    operation<Op::kSymlink, "pq">("symlink"),
    operation<Op::kReadLink, "p">("readlink"),
    operation<Op::kRealPath, "p">("realpath"),
    operation<Op::kAccess, "pm">("access"),
    operation<Op::kChmod, "pm">("chmod"),
    operation<Op::kFchmod, "dm">("fchmod"),
    operation<Op::kChown, "pug">("chown"),
    operation<Op::kFchown, "dug">("fchown"),
    operation<Op::kLchown, "pug">("lchown"),
    operation<Op::kUtimes, "pat">("utimes"),
    operation<Op::kFutimes, "dat">("futimes"),
    operation<Op::kLutimes, "pat">("lutimes"),
    operation<Op::kTruncate, "pl">("truncate"),
    operation<Op::kFtruncate, "dl">("ftruncate"),
    operation<Op::kFsync, "d">("fsync"),
    operation<Op::kFdatasync, "d">("fdatasync"),
    operation<Op::kCopyFile, "pqi">("copyFile"),
    fn<&exists>("exists"),
    fn<&sleep_ms>("sleep"),
};

constexpr const ClassSpec* kClasses[] = {&kDirHandleClass, &kFileWatchHubClass, &kFileWatchClass};

}  // namespace

extern const Binding kFsBinding = {"fs", kMethods, kClasses, init_fs_constants};

}  // namespace node::js
