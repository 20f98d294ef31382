// Child processes: starting them, learning of their end, and running one to its end synchronously.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/list.h"
#include "core/signals.h"

namespace node {

class Loop;

// How to start a program. All pointers belong to the caller and are used only during the call.
struct SpawnOptions {
  const char* file = nullptr;  // looked up in PATH of `envp` when it has no '/'
  char* const* argv = nullptr;
  char* const* envp = nullptr;
  const char* cwd = nullptr;   // nullptr: the parent's
  std::span<const int> stdio;  // the child's descriptor i is a copy of stdio[i]; -1: /dev/null
  bool detached = false;       // leader of a new session (setsid(2))
  bool set_uid = false;
  bool set_gid = false;
  uid_t uid = 0;
  gid_t gid = 0;
};

// Starts a program: signal dispositions and mask at their defaults, no descriptor but those of
// `stdio`. The error is that of the call that failed in the child (execve's ENOENT for a missing
// program, chdir's for a missing cwd); no process is left behind then. Returns the pid.
Result<pid_t> spawn(const SpawnOptions& options);

// A running child whose end the loop reports once. Keeps the loop alive unless unreferenced.
class Child : public ListNode<> {
 public:
  // `exit_code` of a normal end, otherwise 0 and the number of the signal that killed it.
  using Callback = void (*)(Child* self, int exit_code, int term_signal);
  explicit Child(Callback callback) : callback_(callback) {}
  ~Child();

  // Like spawn(), and watches for the end.
  Result<void> start(Loop& loop, const SpawnOptions& options);
  // 0 before the start and after the end.
  pid_t pid() const { return pid_; }
  // kill(2); ESRCH when it has ended, so that a recycled pid is never hit.
  Result<void> kill(int signum);
  void set_referenced(bool referenced);

 private:
  friend class Children;
  void finish(int wait_status);
  Callback callback_;
  Loop* loop_ = nullptr;
  pid_t pid_ = 0;
  bool referenced_ = true;
};

// The running children of one loop: one SIGCHLD watcher, and a look at each child when it fires.
// Made by Loop::children() on first use.
class Children {
 public:
  explicit Children(Loop& loop);
  ~Children();
  Result<void> start(Child& child, const SpawnOptions& options);

 private:
  struct EndWatcher : SignalWatcher {
    explicit EndWatcher(Children& children)
        : SignalWatcher([](SignalWatcher* w, int) { static_cast<EndWatcher*>(w)->owner.reap(); }),
          owner(children) {}
    Children& owner;
  };
  void reap();

  Loop& loop_;
  EndWatcher watcher_;
  List<Child> list_;
};

// One descriptor of a child that runs synchronously.
struct SyncPipe {
  int child_fd = 0;
  bool readable = false;  // the child reads from it: `input` is written to it
  bool writable = false;  // the child writes to it: collected in `output`
  std::span<const char> input;
  std::string output;
};

struct SyncResult {
  pid_t pid = 0;
  int exit_code = 0;
  int term_signal = 0;
  Error
      error;  // of spawning; ETIMEDOUT when the time was up; ENOBUFS when an output grew too large
};

// Runs a program to its end, blocking the thread: what spawnSync means. `pipes` name descriptors of
// `options.stdio` that are to be pipes. `timeout_ms` and `max_output_bytes` of 0 mean no limit;
// when one is exceeded the child gets `kill_signal`.
SyncResult run_sync(SpawnOptions options, std::vector<int> stdio, std::span<SyncPipe> pipes,
                    uint64_t timeout_ms, size_t max_output_bytes, int kill_signal);

}  // namespace node
