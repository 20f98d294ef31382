// node's main: the command line, V8's start, and the isolate in which Env runs.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "core/base/budget.h"
#include "js/bind.h"
#include "js/options.h"
#include "js/snapshot.h"
#include "js/snapshot_cache.h"
#include "js/v8_compat.h"
#include "platform/platform.h"

namespace {

// As many descriptors as the system allows: servers need them, and the soft limit is for select(2).
void raise_descriptor_limit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Descriptors 0 to 2 always exist, so that no socket is ever mistaken for stdout; writing to a
// closed pipe is an error to report and not a death.
void prepare_process() {
  for (int fd = 0; fd <= 2; ++fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 && errno == EBADF && open("/dev/null", O_RDWR) != fd) std::abort();
  }
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigaction(SIGXFSZ, &ignore, nullptr);  // too large a file is an error of write(): EFBIG
  raise_descriptor_limit();
}

int run(const node::js::Options& options, v8::StartupData blob, v8::Platform* platform) {
  std::unique_ptr<v8::ArrayBuffer::Allocator> allocator(
      v8::ArrayBuffer::Allocator::NewDefaultAllocator());
  v8::Isolate::CreateParams params;
  params.array_buffer_allocator = allocator.get();
  // Room for the heap as the machine has memory; --max-old-space-size says otherwise.
  uint64_t limit = node::platform::constrained_memory();
  uint64_t memory = node::platform::total_memory();
  if (limit > 0 && limit < memory) memory = limit;
  if (memory > 0) params.constraints.ConfigureDefaults(memory, 0);
  params.external_references = node::js::external_references();
  if (blob.raw_size > 0) params.snapshot_blob = &blob;
  v8::Isolate* isolate = [&] {
    [[maybe_unused]] node::js::TrustedSnapshot trusted;
    return v8::Isolate::New(params);
  }();
  v8::Isolate::Scope isolate_scope(isolate);
  node::js::Env env(isolate, platform);
  if (blob.raw_size > 0 ? !env.restore() : !env.bootstrap()) {
    std::fprintf(stderr, "node: the library does not start\n");
    return 1;
  }
  env.exit(env.run(options));
}

}  // namespace

int main(int argc, char** argv) {
  prepare_process();
  node::platform::keep_title_room(argc, argv);
  v8::StartupData blob = node::js::snapshot_data();
  if (blob.raw_size == 0) blob = node::js::cached_snapshot();
  if (node::kSmall) node::js::set_small_flags();
  node::js::Options options;
  if (int status = node::js::parse_options(argc, argv, &options); status >= 0) return status;
  std::unique_ptr<v8::Platform> platform = v8::platform::NewDefaultPlatform();
  v8::V8::InitializePlatform(platform.get());
  node::js::set_language_flags();
  v8::V8::Initialize();
  return run(options, blob, platform.get());
}
