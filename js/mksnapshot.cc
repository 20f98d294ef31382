// The snapshot's maker: runs the library once and writes V8's picture of it to a file.
#include <cstdio>
#include <memory>

#include "js/bind.h"
#include "js/snapshot.h"

namespace {

int make(const char* path, v8::Platform* platform) {
  v8::SnapshotCreator creator(node::js::external_references());
  v8::StartupData blob;
  {
    v8::Isolate* isolate = creator.GetIsolate();
    node::js::Env env(isolate, platform);
    if (!env.bootstrap()) return 1;
    env.save(&creator);
    blob = creator.CreateBlob(v8::SnapshotCreator::FunctionCodeHandling::kKeep);
  }
  std::unique_ptr<const char[]> bytes(blob.data);
  if (!blob.CanBeRehashed()) {
    std::fprintf(stderr, "mksnapshot: the snapshot would fix the hash seed\n");
    return 1;
  }
  FILE* out = std::fopen(path, "wb");
  bool ok = out != nullptr &&
            std::fwrite(blob.data, 1, blob.raw_size, out) == static_cast<size_t>(blob.raw_size);
  if (out != nullptr) ok = std::fclose(out) == 0 && ok;
  if (!ok) std::perror(path);
  return ok ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: mksnapshot OUT\n");
    return 2;
  }
  // The platform has no threads; without the flag a collection would look for one.
  v8::V8::SetFlagsFromString("--single-threaded");
  std::unique_ptr<v8::Platform> platform = v8::platform::NewSingleThreadedDefaultPlatform();
  v8::V8::InitializePlatform(platform.get());
  node::js::set_language_flags();
  v8::V8::Initialize();
  int status = make(argv[1], platform.get());
  v8::V8::Dispose();
  v8::V8::DisposePlatform();
  return status;
}
