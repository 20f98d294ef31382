// shared_memory: SharedArrayBuffers whose memory other processes can map, and waiting on it.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>
#include <memory>
#include <string>

#include "core/base/fd.h"
#include "js/bind.h"

#if __has_include(<linux/futex.h>)
#include <linux/futex.h>
#include <sys/syscall.h>
#define NODE_HAS_FUTEX 1
#else
#define NODE_HAS_FUTEX 0
#endif

namespace node::js {

namespace {

// A mapped piece of memory and the descriptor by which it is sent.
struct Mapping {
  void* data;
  size_t mapped_bytes;
  Fd fd;
};

// Called by V8 on any thread when the last buffer of this memory is gone.
void unmap(void*, size_t, void* mapping) {
  std::unique_ptr<Mapping> m(static_cast<Mapping*>(mapping));
  ::munmap(m->data, m->mapped_bytes);
}

Fd make_memory() {
#if defined(MFD_CLOEXEC)
  return Fd(::memfd_create("shared", MFD_CLOEXEC));
#else
  // No two processes may get the same name, and nobody needs it afterwards.
  std::string name = "/node." + std::to_string(::getpid()) + "." + std::to_string(std::rand());
  Fd fd(::shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600));
  if (fd.valid()) {
    ::fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
    ::shm_unlink(name.c_str());
  }
  return fd;
#endif
}

// [buffer, fd], or undefined when the memory cannot be mapped.
v8::Local<v8::Value> map(Env& env, Fd fd, size_t bytes) {
  v8::Isolate* isolate = env.isolate();
  size_t mapped = std::max<size_t>(bytes, 1);
  void* data = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (data == MAP_FAILED) return v8::Undefined(isolate);
  int number = fd.get();
  Mapping* mapping = new Mapping{data, mapped, std::move(fd)};
  std::shared_ptr<v8::BackingStore> store =
      v8::SharedArrayBuffer::NewBackingStore(data, bytes, unmap, mapping);
  v8::Local<v8::Value> pair[] = {v8::SharedArrayBuffer::New(isolate, std::move(store)),
                                 v8::Integer::New(isolate, number)};
  return v8::Array::New(isolate, pair, 2);
}

// plain(): a SharedArrayBuffer as V8 makes them.
v8::Local<v8::Value> plain(Env& env) { return v8::SharedArrayBuffer::New(env.isolate(), 0); }

// make(bytes): [a zeroed SharedArrayBuffer, its descriptor], or undefined when descriptors or
// memory have run out. The descriptor is the buffer's.
v8::Local<v8::Value> make(Env& env, double bytes) {
  Fd fd = make_memory();
  if (!fd.valid() || ::ftruncate(fd.get(), static_cast<off_t>(std::max(bytes, 1.0))) != 0) {
    return v8::Undefined(env.isolate());
  }
  return map(env, std::move(fd), static_cast<size_t>(bytes));
}

// adopt(fd, bytes): the same for memory that another process has made; owns the descriptor.
v8::Local<v8::Value> adopt(Env& env, int32_t fd, double bytes) {
  return map(env, Fd(fd), static_cast<size_t>(bytes));
}

#if NODE_HAS_FUTEX

// The word of an integer view at `index`, which the caller has checked.
uint32_t* word_at(v8::Local<v8::Value> view, double index) {
  v8::Local<v8::ArrayBufferView> v = view.As<v8::ArrayBufferView>();
  char* data = static_cast<char*>(v->Buffer()->GetBackingStore()->Data()) + v->ByteOffset();
  size_t unit = v->IsBigInt64Array() ? 8 : 4;
  return reinterpret_cast<uint32_t*>(data + static_cast<size_t>(index) * unit);
}

uint64_t now_ns() {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1000000000 + static_cast<uint64_t>(t.tv_nsec);
}

// wait(view, index, low 32 bits of the expected value, timeout in ms): "ok", "not-equal" or
// "timed-out" (futex(2)). Wakes for processes that share the memory, too.
const char* wait(Env&, v8::Local<v8::Value> view, double index, uint32_t expected,
                 double timeout_ms) {
  uint32_t* word = word_at(view, index);
  bool limited = std::isfinite(timeout_ms);
  uint64_t deadline =
      limited ? now_ns() + static_cast<uint64_t>(std::max(timeout_ms, 0.0) * 1e6) : 0;
  for (;;) {
    // As this call of the kernel has it: words, whatever time_t is.
    struct {
      long sec, nsec;
    } left = {};
    if (limited) {
      uint64_t now = now_ns();
      uint64_t ns = now < deadline ? deadline - now : 0;
      left.sec = static_cast<long>(std::min<uint64_t>(ns / 1000000000, INT32_MAX));
      left.nsec = static_cast<long>(ns % 1000000000);
    }
    if (::syscall(SYS_futex, word, FUTEX_WAIT, expected, limited ? &left : nullptr, nullptr, 0) ==
        0) {
      return "ok";
    }
    if (errno == EAGAIN) return "not-equal";
    if (errno == ETIMEDOUT) return "timed-out";
    if (errno != EINTR) return "not-equal";
  }
}

// notify(view, index, count): how many have been woken.
int32_t notify(Env&, v8::Local<v8::Value> view, double index, double count) {
  int most = static_cast<int>(std::min<double>(count, std::numeric_limits<int>::max()));
  long n = ::syscall(SYS_futex, word_at(view, index), FUTEX_WAKE, most, nullptr, nullptr, 0);
  return n < 0 ? 0 : static_cast<int32_t>(n);
}

constexpr Method kMethods[] = {fn<&plain>("plain"), fn<&make>("make"), fn<&adopt>("adopt"),
                               fn<&wait>("wait"), fn<&notify>("notify")};
#else
constexpr Method kMethods[] = {fn<&plain>("plain"), fn<&make>("make"), fn<&adopt>("adopt")};
#endif

}  // namespace

extern const Binding kSharedMemoryBinding = {"shared_memory", kMethods, {}, nullptr};

}  // namespace node::js
