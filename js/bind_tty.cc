// tty: terminals (what is one, how large it is, raw mode) and the three descriptors of stdio.
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <utility>

#include "js/bind.h"
#include "js/stdio.h"

namespace node::js {

namespace {

// The terminal as it was before the first setRawMode, put back at exit.
struct Saved {
  int fd = -1;
  termios mode;
} saved;

// Flags of the stdio descriptors as they were found, -1 where they have not been touched. Other
// processes share them: what is made non-blocking here must not stay so for them.
int flags_before[3] = {-1, -1, -1};

// Dies of the signal as if nothing had been installed, but tidily.
void on_deadly_signal(int signum) {
  restore_stdio();
  ::raise(signum);  // its action is the default again, and it arrives when this handler returns
}

// restore_stdio() also when a signal that nobody listens to ends the process.
void watch_deadly_signals() {
  static bool watching = false;
  if (std::exchange(watching, true)) return;
  for (int signum : {SIGINT, SIGTERM}) {
    struct sigaction action = {};
    if (::sigaction(signum, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_handler = on_deadly_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(signum, &action, nullptr);
  }
}

bool is_terminal(Env&, int32_t fd) { return fd >= 0 && ::isatty(fd) == 1; }

// windowSize(fd): [columns, rows], or undefined when fd is no terminal.
v8::MaybeLocal<v8::Value> window_size(Env& env, int32_t fd) {
  winsize size;
  int rc;
  do {
    rc = ::ioctl(fd, TIOCGWINSZ, &size);
  } while (rc != 0 && errno == EINTR);
  if (rc != 0) return v8::Undefined(env.isolate()).As<v8::Value>();
  v8::Local<v8::Value> pair[] = {v8::Integer::New(env.isolate(), size.ws_col),
                                 v8::Integer::New(env.isolate(), size.ws_row)};
  return v8::Array::New(env.isolate(), pair, 2).As<v8::Value>();
}

// setRawMode(fd, raw): 0 or a negative errno.
int32_t set_raw_mode(Env&, int32_t fd, bool raw) {
  termios mode;
  if (::tcgetattr(fd, &mode) != 0) return -errno;
  if (saved.fd < 0) {
    saved.fd = fd;
    saved.mode = mode;
    watch_deadly_signals();
  }
  if (raw) {
    mode = saved.mode;
    mode.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    mode.c_oflag |= ONLCR;
    mode.c_cflag |= CS8;
    mode.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
  } else {
    mode = saved.mode;
  }
  int rc;
  do {
    rc = ::tcsetattr(fd, TCSADRAIN, &mode);
  } while (rc != 0 && errno == EINTR);
  return rc == 0 ? 0 : -errno;
}

// restore(): the terminal as it was; called before the process leaves.
void restore_mode(Env&) { restore_stdio(); }

// A terminal is opened anew in the place of `fd`, so that its flags are ours alone.
void reopen_terminal(int fd) {
  char path[256];
  if (::ttyname_r(fd, path, sizeof path) != 0) return;
  int flags = ::fcntl(fd, F_GETFL);
  int fresh = ::open(path, (flags & O_ACCMODE) | O_NOCTTY | O_CLOEXEC);
  if (fresh < 0) return;
  // The name may lead elsewhere: in another mount namespace, say.
  struct stat ours, theirs;
  if (::fstat(fd, &ours) == 0 && ::fstat(fresh, &theirs) == 0 && ours.st_rdev == theirs.st_rdev) {
    ::dup2(fresh, fd);
  }
  ::close(fresh);
}

// kind(fd): 'tty', 'file', 'pipe' (sockets too), or 'none' when it is not open.
v8::Local<v8::String> kind(Env& env, int32_t fd) {
  struct stat st;
  if (::fstat(fd, &st) != 0) return env.name("none");
  if (::isatty(fd) == 1) return env.name("tty");
  return env.name(S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) ? "pipe" : "file");
}

// prepare(fd): before a stream of the loop is made of a stdio descriptor.
void prepare(Env&, int32_t fd) {
  if (fd < 0 || fd > 2) return;
  if (::isatty(fd) == 1) reopen_terminal(fd);
  if (flags_before[fd] < 0) flags_before[fd] = ::fcntl(fd, F_GETFL);
  watch_deadly_signals();
}

constexpr Method kMethods[] = {
    fn<&is_terminal>("isatty"),
    fn<&window_size>("windowSize"),
    fn<&set_raw_mode>("setRawMode"),
    fn<&restore_mode>("restore"),
    fn<&kind>("kind"),
    fn<&prepare>("prepare"),
};

}  // namespace

void restore_stdio() {
  if (saved.fd >= 0) ::tcsetattr(saved.fd, TCSANOW, &saved.mode);
  for (int fd = 0; fd < 3; ++fd) {
    if (flags_before[fd] >= 0) ::fcntl(fd, F_SETFL, flags_before[fd]);
  }
}

extern const Binding kTtyBinding = {"tty", kMethods, {}, nullptr};

}  // namespace node::js
