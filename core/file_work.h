// File operations as requests that run on the caller's thread or on the pool. Knows libc, nothing
// of scripts.
#pragma once

#include <dirent.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace node {

enum class FileOp : uint8_t {
  kOpen,         // path, flags, mode -> result: descriptor (close-on-exec)
  kClose,        // fd
  kRead,         // fd, buffers, position -> result: bytes, 0 at the end
  kWrite,        // fd, buffers, position -> result: bytes, maybe fewer than asked
  kReadFile,     // path or fd, flags -> data, data_len
  kWriteFile,    // path or fd, buffers, flags, mode: all bytes
  kStat,         // path -> stat
  kLstat,        // path -> stat
  kFstat,        // fd -> stat
  kStatFs,       // path -> stat.values: type, bsize, blocks, bfree, bavail, files, ffree
  kReadDir,      // path -> names, types
  kOpenDir,      // path -> dir
  kReadOpenDir,  // dir, length: most entries -> names, types; none at the end
  kCloseDir,     // dir
  kMakeDir,      // path, mode
  kMakeDirTree,  // path, mode -> text: the first directory made, empty when all were there
  kMakeTempDir,  // path: prefix -> text
  kRemoveDir,    // path
  kRemoveTree,   // path: a file, or a directory with all it holds
  kRename,       // path, dest
  kUnlink,       // path
  kLink,         // path, dest
  kSymlink,      // path: what the link says, dest: the link
  kReadLink,     // path -> text
  kRealPath,     // path -> text
  kAccess,       // path, mode
  kChmod,        // path, mode
  kFchmod,       // fd, mode
  kChown,        // path, uid, gid
  kFchown,       // fd, uid, gid
  kLchown,       // path, uid, gid
  kUtimes,       // path, atime_s, mtime_s
  kFutimes,      // fd, atime_s, mtime_s
  kLutimes,      // path, atime_s, mtime_s: of the link itself
  kTruncate,     // path, length
  kFtruncate,    // fd, length
  kFsync,        // fd
  kFdatasync,    // fd
  kCopyFile,     // path, dest, flags: CopyFlags
};

enum CopyFlags { kCopyExclusive = 1, kCopyClone = 2, kCopyCloneOnly = 4 };

// What stat(2) says, in the order of `values`: dev, mode, nlink, uid, gid, rdev, blksize, ino,
// size, blocks, then seconds and nanoseconds of access, modification, status change and birth.
struct FileStat {
  static constexpr int kValues = 18;
  int64_t values[kValues] = {};
};

// One operation with its arguments and its result. Owns its strings; the bytes that `buffers` point
// to belong to the caller and stay put until run() has returned.
class FileRequest {
 public:
  // Larger files are refused by kReadFile: no Buffer can hold them.
  static constexpr int64_t kMostFileBytes = 0x7fffffff;

  explicit FileRequest(FileOp which) : op(which) {}
  ~FileRequest();
  FileRequest(const FileRequest&) = delete;
  FileRequest& operator=(const FileRequest&) = delete;

  // Does the operation; may block. Interrupted calls are repeated. Fills `error` or the result.
  void run();
  // Does it if that cannot block, as with what the system has in memory: to open, read, ask about
  // or close a file. True when it is done; run() goes on from where it stopped.
  bool run_at_once();

  // --- Arguments: each operation reads those that FileOp names -----------------------------
  FileOp op;
  int fd = -1;
  int flags = 0;
  unsigned mode = 0;
  int64_t position = -1;  // bytes from the start; negative: where the descriptor stands
  int64_t length = 0;
  uid_t uid = 0;
  gid_t gid = 0;
  double atime_s = 0;
  double mtime_s = 0;
  bool has_path = false;  // for operations that take a path or a descriptor
  DIR* dir = nullptr;     // also a result; this class never closes it by itself
  std::string path;
  std::string dest;
  std::vector<iovec> buffers;

  // --- Result ------------------------------------------------------------------------------
  // error.call is the name that Node reports: "scandir", "copyfile".
  Error error;
  // Whether the message should name the path: not for what failed after the file was open.
  bool error_has_path = true;
  int64_t result = 0;
  FileStat stat;
  std::string text;
  // malloc(3)ed; take_data() hands it over.
  char* data = nullptr;
  size_t data_len = 0;
  // Names one after the other, each ended by a NUL; `types` are the DT_ values of dirent.h, one a
  // name.
  std::string names;
  std::vector<uint8_t> types;

  char* take_data();

 private:
  void fail(const char* call) { error = last_error(call); }
  // Notes a failure when `rc` is -1, else the result.
  void answer(int64_t rc, const char* call);

  bool read_at_once();
  bool stat_at_once();
  bool read_file_at_once();
  void run_open();
  void run_read();
  void run_write();
  void run_read_file();
  void run_write_file();
  void run_stat();
  void run_read_dir();
  void run_read_open_dir();
  void run_make_dir_tree();
  void run_make_temp_dir();
  void run_read_link();
  void run_real_path();
  void run_times();
  void run_truncate();
  void run_copy();

  int64_t done_ = 0;  // bytes that run_at_once() has read

  bool write_all(int to);
  bool read_all(int from);
  bool grow_data(size_t capacity);
};

// Removes a directory and all below it without following links. errno says why not; *failed is the
// path it failed at, *call the operation.
bool remove_tree(const std::string& path, std::string* failed, const char** call);

// Copies the content of `from` to `to`; both regular files at their start. Prefers to let the
// kernel do it.
bool copy_bytes(int from, int to);

}  // namespace node
