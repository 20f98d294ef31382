// vfork, exec, wait: the parts of running other programs that need care.
#include "core/child.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "core/base/fd.h"
#include "core/base/socket.h"
#include "core/loop.h"
#include "platform/platform.h"

namespace node {

namespace {

// What the child reports through the error pipe when it cannot become the program.
struct Failure {
  int code;
  int step;
};
constexpr const char* kSteps[] = {"dup2", "chdir", "setgid", "setuid", "execve", "setgroups"};
enum Step { kDup, kChdir, kSetgid, kSetuid, kExec, kSetgroups };

const char* path_of(char* const* envp) {
  for (; envp != nullptr && *envp != nullptr; ++envp) {
    if (std::strncmp(*envp, "PATH=", 5) == 0) return *envp + 5;
  }
  return "/usr/local/bin:/bin:/usr/bin";
}

// Every file that `file` may mean, made before the fork: afterwards nothing may allocate.
std::vector<std::string> candidates(const SpawnOptions& options) {
  std::string_view file = options.file;
  if (file.find('/') != std::string_view::npos) return {std::string(file)};
  std::vector<std::string> all;
  std::string_view path = path_of(options.envp);
  while (true) {
    size_t colon = path.find(':');
    std::string folder(path.substr(0, colon));
    all.push_back((folder.empty() ? std::string(".") : folder).append("/").append(file));
    if (colon == std::string_view::npos) return all;
    path.remove_prefix(colon + 1);
  }
}

// Everything below runs in the child, which may share the parent's memory: system calls only.
class ChildSide {
 public:
  ChildSide(const SpawnOptions& options, int error_fd, std::span<const char*> files,
            std::span<char*> shell_argv, std::span<int> fds)
      : options_(options), error_fd_(error_fd), files_(files), shell_argv_(shell_argv), fds_(fds) {}

  [[noreturn]] void run() {
    reset_signals();
    if (options_.detached) setsid();
    place_descriptors();
    platform::mark_inherited_close_on_exec(static_cast<int>(fds_.size()));
    if (options_.cwd != nullptr && chdir(options_.cwd) != 0) fail(kChdir);
    // A process that gives up root gives up root's groups too.
    if ((options_.set_gid || options_.set_uid) && geteuid() == 0 && setgroups(0, nullptr) != 0) {
      fail(kSetgroups);
    }
    if (options_.set_gid && setgid(options_.gid) != 0) fail(kSetgid);
    if (options_.set_uid && setuid(options_.uid) != 0) fail(kSetuid);
    execute();
  }

 private:
  [[noreturn]] void fail(Step step) {
    Failure failure{errno, step};
    ssize_t n;
    do {
      n = write(error_fd_, &failure, sizeof failure);
    } while (n < 0 && errno == EINTR);
    _exit(127);
  }

  void reset_signals() {
    struct sigaction dfl = {};
    dfl.sa_handler = SIG_DFL;
    for (int s = 1; s < NSIG; ++s) {
      if (s != SIGKILL && s != SIGSTOP) sigaction(s, &dfl, nullptr);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
  }

  // First out of the way of all targets, then each to its place: sources and targets may overlap.
  void place_descriptors() {
    int count = static_cast<int>(fds_.size());
    if (error_fd_ < count) {
      error_fd_ = fcntl(error_fd_, F_DUPFD_CLOEXEC, count);
      if (error_fd_ < 0) _exit(127);
    }
    for (int& fd : fds_) {
      if (fd >= 0 && fd < count) {
        fd = fcntl(fd, F_DUPFD_CLOEXEC, count);
        if (fd < 0) fail(kDup);
      }
    }
    for (int i = 0; i < count; ++i) {
      int source = fds_[i];
      if (source < 0) source = open("/dev/null", i == 0 ? O_RDONLY : O_RDWR);
      if (source < 0) fail(kDup);
      if (source == i) continue;
      if (dup2(source, i) < 0) fail(kDup);
      if (fds_[i] < 0) close(source);
      // Programs expect blocking standard streams.
      int flags = fcntl(i, F_GETFL);
      if (i <= 2 && flags >= 0 && (flags & O_NONBLOCK) != 0) fcntl(i, F_SETFL, flags & ~O_NONBLOCK);
    }
  }

  [[noreturn]] void execute() {
    bool denied = false;
    for (const char* file : files_) {
      execve(file, options_.argv, options_.envp);
      if (errno == ENOEXEC) {
        // A script without "#!": the shell's, as execvp(3) says.
        shell_argv_[1] = const_cast<char*>(file);
        execve("/bin/sh", shell_argv_.data(), options_.envp);
      }
      if (errno == EACCES) denied = true;
      if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) fail(kExec);
    }
    if (denied) errno = EACCES;
    fail(kExec);
  }

  const SpawnOptions& options_;
  int error_fd_;
  std::span<const char*> files_;
  std::span<char*> shell_argv_;
  std::span<int> fds_;
};

pid_t wait_for(pid_t pid, int* status, int flags) {
  pid_t got;
  do {
    got = waitpid(pid, status, flags);
  } while (got < 0 && errno == EINTR);
  return got;
}

void decode(int status, int* exit_code, int* term_signal) {
  *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  *term_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

Result<void> make_pipe(Fd* read_end, Fd* write_end) {
  int fds[2];
  if (pipe(fds) != 0) return last_error("pipe");
  for (int fd : fds) fcntl(fd, F_SETFD, FD_CLOEXEC);
  read_end->reset(fds[0]);
  write_end->reset(fds[1]);
  return {};
}

}  // namespace

Result<pid_t> spawn(const SpawnOptions& options) {
  Fd error_read, error_write;
  if (Result<void> made = make_pipe(&error_read, &error_write); !made) return made.error();
  std::vector<std::string> names = candidates(options);
  std::vector<const char*> files;
  for (const std::string& name : names) files.push_back(name.c_str());
  std::vector<char*> shell_argv{const_cast<char*>("sh"), nullptr};
  for (size_t i = 1; options.argv[0] != nullptr && options.argv[i] != nullptr; ++i) {
    shell_argv.push_back(options.argv[i]);
  }
  shell_argv.push_back(nullptr);
  std::vector<int> fds(options.stdio.begin(), options.stdio.end());
  ChildSide side(options, error_write.get(), files, shell_argv, fds);

  // No handler of the parent may run in the child while it shares our memory.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  pid_t pid = vfork();
#pragma GCC diagnostic pop
  if (pid == 0) side.run();
  Error fork_error = last_error("fork");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) return fork_error;

  error_write.reset();
  Failure failure;
  ssize_t n;
  do {
    n = read(error_read.get(), &failure, sizeof failure);
  } while (n < 0 && errno == EINTR);
  if (n != sizeof failure) return pid;
  int status;
  wait_for(pid, &status, 0);
  return Error(failure.code, kSteps[failure.step]);
}

// ---- Watching ------------------------------------------------------------------------------

Children::Children(Loop& loop) : loop_(loop), watcher_(*this) {}

Children::~Children() { loop_.signals().stop(watcher_); }

Result<void> Children::start(Child& child, const SpawnOptions& options) {
  // Before the fork, so that no end is missed.
  if (!watcher_.started()) {
    if (Result<void> r = loop_.signals().start(watcher_, SIGCHLD); !r) return r;
    loop_.signals().set_referenced(watcher_, false);
  }
  Result<pid_t> pid = spawn(options);
  if (!pid) return pid.error();
  child.pid_ = pid.value();
  list_.push_back(&child);
  return {};
}

void Children::reap() {
  List<Child> looked;
  looked.splice(list_);
  while (Child* child = looked.pop_front()) {
    list_.push_back(child);
    int status;
    pid_t got = wait_for(child->pid_, &status, WNOHANG);
    if (got == 0) continue;
    child->unlink();
    child->finish(got < 0 ? 0 : status);
  }
  if (list_.empty()) loop_.signals().stop(watcher_);
}

Child::~Child() {
  if (pid_ != 0 && referenced_) loop_->unref();
}

Result<void> Child::start(Loop& loop, const SpawnOptions& options) {
  loop_ = &loop;
  if (Result<void> r = loop.children().start(*this, options); !r) return r;
  if (referenced_) loop.ref();
  return {};
}

void Child::finish(int wait_status) {
  pid_ = 0;
  if (referenced_) loop_->unref();
  int exit_code, term_signal;
  decode(wait_status, &exit_code, &term_signal);
  callback_(this, exit_code, term_signal);
}

Result<void> Child::kill(int signum) {
  if (pid_ == 0) return Error(ESRCH, "kill");
  if (::kill(pid_, signum) != 0) return last_error("kill");
  return {};
}

void Child::set_referenced(bool referenced) {
  if (referenced == referenced_) return;
  referenced_ = referenced;
  if (pid_ == 0) return;
  referenced ? loop_->ref() : loop_->unref();
}

// ---- Synchronously -------------------------------------------------------------------------

namespace {

uint64_t now_ms() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1000 + static_cast<uint64_t>(t.tv_nsec) / 1000000;
}

// Moves bytes between the child's pipes and memory until all are closed or a limit is hit.
class Pump {
 public:
  Pump(std::span<SyncPipe> pipes, std::vector<Fd>* ends, pid_t pid, uint64_t deadline_ms,
       size_t max_output_bytes, int kill_signal)
      : pipes_(pipes),
        ends_(*ends),
        pid_(pid),
        deadline_ms_(deadline_ms),
        max_(max_output_bytes),
        kill_signal_(kill_signal),
        sent_(pipes.size()) {}

  Error run() {
    for (size_t i = 0; i < pipes_.size(); ++i) {
      fcntl(ends_[i].get(), F_SETFL, O_NONBLOCK);
      if (pipes_[i].readable && pipes_[i].input.empty()) finish_input(i);
    }
    while (step()) continue;
    return error_;
  }

 private:
  bool step() {
    std::vector<pollfd> set;
    std::vector<size_t> index;
    for (size_t i = 0; i < pipes_.size(); ++i) {
      if (!ends_[i].valid()) continue;
      bool writing = pipes_[i].readable && sent_[i] < pipes_[i].input.size();
      short events =
          static_cast<short>((writing ? POLLOUT : 0) | (pipes_[i].writable ? POLLIN : 0));
      set.push_back({ends_[i].get(), events, 0});
      index.push_back(i);
    }
    if (set.empty()) return false;
    int n = ::poll(set.data(), set.size(), timeout());
    if (n < 0 && errno != EINTR) return false;
    if (n == 0) {
      stop(Error(ETIMEDOUT, "spawnSync"));
      return false;
    }
    for (size_t k = 0; n > 0 && k < set.size(); ++k) {
      if ((set[k].revents & POLLOUT) != 0) send(index[k]);
      if (ends_[index[k]].valid() && (set[k].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        receive(index[k]);
      }
    }
    return true;
  }

  int timeout() const {
    if (deadline_ms_ == 0) return -1;
    uint64_t now = now_ms();
    return now >= deadline_ms_ ? 0
                               : static_cast<int>(std::min<uint64_t>(deadline_ms_ - now, 1 << 30));
  }

  void stop(Error error) {
    if (!error_) error_ = error;
    kill(pid_, kill_signal_);
    for (Fd& end : ends_) end.reset();
  }

  void finish_input(size_t i) {
    if (pipes_[i].writable) {
      shutdown(ends_[i].get(), SHUT_WR);
    } else {
      ends_[i].reset();
    }
  }

  void send(size_t i) {
    SyncPipe& p = pipes_[i];
    ssize_t n =
        ::send(ends_[i].get(), p.input.data() + sent_[i], p.input.size() - sent_[i], kSendFlags);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    // A child that does not want its input any more is its own business.
    sent_[i] = n < 0 ? p.input.size() : sent_[i] + static_cast<size_t>(n);
    if (sent_[i] == p.input.size()) finish_input(i);
  }

  void receive(size_t i) {
    if (!pipes_[i].writable) {
      ends_[i].reset();
      return;
    }
    char buffer[65536];
    ssize_t n = ::read(ends_[i].get(), buffer, sizeof buffer);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
      ends_[i].reset();
      return;
    }
    // What one read brings is kept whole: a limit is no cut.
    pipes_[i].output.append(buffer, static_cast<size_t>(n));
    if (max_ != 0 && pipes_[i].output.size() > max_) stop(Error(ENOBUFS, "spawnSync"));
  }

  std::span<SyncPipe> pipes_;
  std::vector<Fd>& ends_;
  pid_t pid_;
  uint64_t deadline_ms_;
  size_t max_;
  int kill_signal_;
  std::vector<size_t> sent_;
  Error error_;
};

}  // namespace

SyncResult run_sync(SpawnOptions options, std::vector<int> stdio, std::span<SyncPipe> pipes,
                    uint64_t timeout_ms, size_t max_output_bytes, int kill_signal) {
  SyncResult result;
  std::vector<Fd> ours, theirs;
  for (SyncPipe& p : pipes) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) {
      result.error = last_error("socketpair");
      return result;
    }
    for (int fd : fds) fcntl(fd, F_SETFD, FD_CLOEXEC);
    ours.emplace_back(fds[0]);
    theirs.emplace_back(fds[1]);
    stdio[static_cast<size_t>(p.child_fd)] = fds[1];
  }
  options.stdio = stdio;
  uint64_t deadline_ms = timeout_ms == 0 ? 0 : now_ms() + timeout_ms;
  Result<pid_t> pid = spawn(options);
  theirs.clear();
  if (!pid) {
    result.error = pid.error();
    return result;
  }
  result.pid = pid.value();
  Pump pump(pipes, &ours, result.pid, deadline_ms, max_output_bytes, kill_signal);
  result.error = pump.run();
  int status = 0;
  if (deadline_ms != 0 && !result.error) {
    // Its pipes are closed; the process itself may still take its time.
    while (wait_for(result.pid, &status, WNOHANG) == 0) {
      if (now_ms() >= deadline_ms) {
        result.error = Error(ETIMEDOUT, "spawnSync");
        kill(result.pid, kill_signal);
        wait_for(result.pid, &status, 0);
        break;
      }
      usleep(1000);
    }
  } else {
    wait_for(result.pid, &status, 0);
  }
  decode(status, &result.exit_code, &result.term_signal);
  return result;
}

}  // namespace node
