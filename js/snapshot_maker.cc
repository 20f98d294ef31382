// The snapshot's maker: runs the library once and writes V8's picture of it to a descriptor.
#include "js/snapshot_maker.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>

#include "js/bind.h"
#include "js/snapshot.h"

namespace node::js {

namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool make(int fd, const std::string& head, v8::Platform* platform) {
  v8::SnapshotCreator creator(external_references());
  v8::StartupData blob;
  {
    v8::Isolate* isolate = creator.GetIsolate();
    Env env(isolate, platform);
    if (!env.bootstrap()) return false;
    env.save(&creator);
    blob = creator.CreateBlob(v8::SnapshotCreator::FunctionCodeHandling::kKeep);
  }
  std::unique_ptr<const char[]> bytes(blob.data);
  if (!blob.CanBeRehashed()) {
    std::fprintf(stderr, "node: the snapshot would fix the hash seed\n");
    return false;
  }
  return write_all(fd, head) && write_all(fd, {blob.data, static_cast<size_t>(blob.raw_size)});
}

}  // namespace

bool make_snapshot(int fd, const std::string& head) {
  // The platform has no threads; without the flag a collection would look for one.
  v8::V8::SetFlagsFromString("--single-threaded");
  std::unique_ptr<v8::Platform> platform = v8::platform::NewSingleThreadedDefaultPlatform();
  v8::V8::InitializePlatform(platform.get());
  set_language_flags();
  v8::V8::Initialize();
  bool ok = make(fd, head, platform.get());
  v8::V8::Dispose();
  v8::V8::DisposePlatform();
  return ok;
}

}  // namespace node::js
