// tty: terminals: what is one, how large it is, raw mode.
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "js/bind.h"

namespace node::js {

namespace {

// The terminal as it was before the first setRawMode, put back at exit.
struct Saved {
  int fd = -1;
  termios mode;
} saved;

void restore() {
  if (saved.fd >= 0) ::tcsetattr(saved.fd, TCSANOW, &saved.mode);
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
    std::atexit(restore);
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
void restore_mode(Env&) { restore(); }

constexpr Method kMethods[] = {
    fn<&is_terminal>("isatty"),
    fn<&window_size>("windowSize"),
    fn<&set_raw_mode>("setRawMode"),
    fn<&restore_mode>("restore"),
};

}  // namespace

extern const Binding kTtyBinding = {"tty", kMethods, {}, nullptr};

}  // namespace node::js
