// signals: process.on('SIGxxx').
#include "core/signals.h"

#include <signal.h>
#include <unistd.h>

#include "js/bind.h"

namespace node::js {

namespace {

// One listened-to signal: lives from `new` to stop(). Signals keep no program running.
class SignalHandle : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new SignalHandle(env, info.This()); }

  // start(signum): 0 or a negative errno.
  int32_t start(int32_t signum) {
    Signals& signals = env().loop().signals();
    Result<void> started = signals.start(watcher_, signum);
    if (!started) return -started.error().code;
    signals.set_referenced(watcher_, false);
    pin();
    return 0;
  }

  void stop() {
    env().loop().signals().stop(watcher_);
    unpin();
  }

 private:
  SignalHandle(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object), watcher_(*this) {}

  void on_signal(int signum) {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> arg = v8::Integer::New(env().isolate(), signum);
    ignore(env().call(Hook::kSignal, 1, &arg));
  }

  struct OwnedWatcher : SignalWatcher {
    explicit OwnedWatcher(SignalHandle& handle)
        : SignalWatcher([](SignalWatcher* w, int signum) {
            static_cast<OwnedWatcher*>(w)->owner.on_signal(signum);
          }),
          owner(handle) {}
    SignalHandle& owner;
  } watcher_;
};

// kill(pid, signum): 0 or a negative errno.
int32_t kill_process(Env&, int32_t pid, int32_t signum) {
  return ::kill(pid, signum) == 0 ? 0 : -errno;
}

constexpr Method kSignalMethods[] = {method<&SignalHandle::start>("start"),
                                     method<&SignalHandle::stop>("stop")};
const ClassSpec kSignalClass = wrapped_class<SignalHandle>("Signal", kSignalMethods);
const ClassSpec* const kClasses[] = {&kSignalClass};
constexpr Method kMethods[] = {fn<&kill_process>("kill")};

}  // namespace

extern const Binding kSignalsBinding = {"signals", kMethods, kClasses, nullptr};

}  // namespace node::js
