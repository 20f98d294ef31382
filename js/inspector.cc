// The inspector: sessions of script with V8's inspector, and the binding.
#include "js/inspector.h"

#include <chrono>
#include <cstring>
#include <vector>

#include "js/bind.h"
#include "js/inspector_server.h"

#ifdef NODE_HAS_INSPECTOR
namespace node::js {

namespace {

constexpr int kContextGroup = 1;

v8_inspector::StringView to_view(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::string to_utf8(const v8_inspector::StringView& text) {
  std::string out;
  out.reserve(text.length());
  auto add = [&out](uint32_t c) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xc0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xe0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      out += static_cast<char>(0xf0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    }
  };
  for (size_t i = 0; i < text.length(); ++i) {
    uint32_t c = text.is8Bit() ? text.characters8()[i] : text.characters16()[i];
    if (c >= 0xd800 && c < 0xe000) {
      uint32_t low = c < 0xdc00 && i + 1 < text.length() ? text.characters16()[i + 1] : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        ++i;
      } else {
        c = 0xfffd;
      }
    }
    add(c);
  }
  return out;
}

// ---- Agent ---------------------------------------------------------------------------------

InspectorAgent& InspectorAgent::of(Env& env) {
  // A process has one Env; V8 must be gone before the inspector, so nothing ever destroys it.
  static InspectorAgent* agent = new InspectorAgent(env);
  return *agent;
}

InspectorAgent::InspectorAgent(Env& env) : env_(env) {
  inspector_ = v8_inspector::V8Inspector::create(env.isolate(), this);
  static const std::string name = "node";
  v8_inspector::V8ContextInfo info(env.context(), kContextGroup, to_view(name));
  info.auxData = to_view("{\"isDefault\":true}");
  inspector_->contextCreated(info);
}

std::unique_ptr<v8_inspector::V8InspectorSession> InspectorAgent::connect(
    v8_inspector::V8Inspector::Channel* channel) {
#if V8_MAJOR_VERSION >= 11
  return inspector_->connect(kContextGroup, channel, {}, v8_inspector::V8Inspector::kFullyTrusted);
#else
  return inspector_->connect(kContextGroup, channel, {});
#endif
}

void InspectorAgent::dispatch(v8_inspector::V8InspectorSession* session, std::string_view json) {
  v8::HandleScope scope(env_.isolate());
  v8::Context::Scope context_scope(env_.context());
  // V8 takes one-byte or UTF-16 text, so UTF-8 goes the long way.
  v8::String::Value text(env_.isolate(), env_.string(json));
  env_.open_door();
  session->dispatchProtocolMessage(
      v8_inspector::StringView(*text, static_cast<size_t>(text.length())));
  env_.close_door();
}

void InspectorAgent::runMessageLoopOnPause(int) {
  if (paused_) return;
  paused_ = true;
  while (paused_ && pump_ != nullptr && pump_->pump()) {
    while (v8::platform::PumpMessageLoop(env_.platform(), env_.isolate())) continue;
  }
  paused_ = false;
}

void InspectorAgent::wait_for_debugger() {
  waiting_ = true;
  while (waiting_ && pump_ != nullptr) pump_->pump();
}

void InspectorAgent::end_context() {
  v8::HandleScope scope(env_.isolate());
  inspector_->contextDestroyed(env_.context());
}

double InspectorAgent::currentTimeMS() {
  using std::chrono::system_clock;
  return std::chrono::duration<double, std::milli>(system_clock::now().time_since_epoch()).count();
}

// Debuggers know files by their URLs; names that are no absolute paths stay as they are.
std::unique_ptr<v8_inspector::StringBuffer> InspectorAgent::resourceNameToUrl(
    const v8_inspector::StringView& name) {
  std::string path = to_utf8(name);
  if (path.empty() || path.front() != '/') return nullptr;
  std::string url = "file://";
  for (char c : path) {
    // What the path part of a URL must not hold as it is:
    // https://url.spec.whatwg.org/#path-percent-encode-set
    if (c > ' ' && c < 0x7f && std::strchr("\"#<>?`{}%\\", c) == nullptr) {
      url += c;
    } else {
      char escape[4];
      std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
      url += escape;
    }
  }
  return v8_inspector::StringBuffer::create(to_view(url));
}

// ---- Sessions of script --------------------------------------------------------------------

namespace {

// new Session(onMessage): a conversation of this thread with its own inspector.
class Session : public Wrapped, public v8_inspector::V8Inspector::Channel {
 public:
  static void make(Env& env, const Args& info) {
    if (!info[0]->IsFunction()) return throw_bad_argument(env, 0, "function");
    new Session(env, info.This(), info[0].As<v8::Function>());
  }

  // dispatch(json): answers and events come by onMessage, most of them before this returns.
  void dispatch(const Utf8& json) {
    if (session_ == nullptr || leaving_) return;
    ++depth_;
    InspectorAgent::of(env()).dispatch(session_.get(), json.view());
    --depth_;
    if (leaving_) disconnect();
  }
  void disconnect() {
    leaving_ = true;
    // Not from inside a message: V8 still uses it then.
    if (depth_ > 0 || session_ == nullptr) return;
    session_.reset();
    unpin();
  }

 private:
  Session(Env& env, v8::Local<v8::Object> object, v8::Local<v8::Function> on_message)
      : Wrapped(env, object), on_message_(env.isolate(), on_message) {
    session_ = InspectorAgent::of(env).connect(this);
    pin();
  }
  void send(const v8_inspector::StringView& text) {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> message = env().string(to_utf8(text));
    ignore(env().call(on_message_.Get(env().isolate()), object(), 1, &message));
  }
  void sendResponse(int, std::unique_ptr<v8_inspector::StringBuffer> message) override {
    send(message->string());
  }
  void sendNotification(std::unique_ptr<v8_inspector::StringBuffer> message) override {
    send(message->string());
  }
  void flushProtocolNotifications() override {}

  v8::Global<v8::Function> on_message_;
  int depth_ = 0;
  bool leaving_ = false;
  std::unique_ptr<v8_inspector::V8InspectorSession> session_;
};

// open(port, host): starts to listen; the URL of the debugger's socket.
Result<std::string_view> open(Env& env, int32_t port, const Utf8& host) {
  return InspectorServer::of(env).open(port, host.c_str());
}
int32_t port(Env& env) { return InspectorServer::of(env).port(); }
void close(Env& env) { InspectorServer::of(env).close(); }
void wait_for_debugger(Env& env) { InspectorAgent::of(env).wait_for_debugger(); }
void set_title(Env& env, const Utf8& title, const Utf8& url) {
  InspectorServer::of(env).set_target(std::string(title.view()), std::string(url.view()));
}
// Waits until no debugger is connected.
void finish(Env& env) { InspectorServer::of(env).finish(); }
// breakOnStart(function, receiver, args): calls it so that debuggers stop at its first statement.
void break_on_start(const Args& info) {
  Env& env = Env::from(info);
  if (!info[0]->IsFunction() || !info[2]->IsArray()) return throw_bad_argument(env, 0, "function");
  v8::Local<v8::Array> list = info[2].As<v8::Array>();
  std::vector<v8::Local<v8::Value>> args(list->Length());
  for (uint32_t i = 0; i < list->Length(); ++i) {
    if (!list->Get(env.context(), i).ToLocal(&args[i])) return;
  }
  InspectorServer::of(env).break_on_next_statement();
  v8::Local<v8::Value> result;
  if (info[0]
          .As<v8::Function>()
          ->Call(env.context(), info[1], static_cast<int>(args.size()), args.data())
          .ToLocal(&result)) {
    info.GetReturnValue().Set(result);
  }
}

// consoleCall(tell, print, ...args): both, with the same receiver; native, so that the debugger
// sees the caller as the top of the stack.
void console_call(const Args& info) {
  Env& env = Env::from(info);
  if (!info[0]->IsFunction() || !info[1]->IsFunction()) {
    return throw_bad_argument(env, 0, "function");
  }
  std::vector<v8::Local<v8::Value>> args;
  for (int i = 2; i < info.Length(); ++i) args.push_back(info[i]);
  int count = static_cast<int>(args.size());
  v8::Local<v8::Value> result;
  if (info[0].As<v8::Function>()->Call(env.context(), info.This(), count, args.data()).IsEmpty() ||
      !info[1]
           .As<v8::Function>()
           ->Call(env.context(), info.This(), count, args.data())
           .ToLocal(&result)) {
    return;
  }
  info.GetReturnValue().Set(result);
}

constexpr Method kSessionMethods[] = {method<&Session::dispatch>("dispatch"),
                                      method<&Session::disconnect>("disconnect")};
const ClassSpec kSessionClass = wrapped_class<Session>("Session", kSessionMethods);
const ClassSpec* const kClasses[] = {&kSessionClass};
constexpr Method kMethods[] = {fn<&open>("open"),
                               fn<&port>("port"),
                               fn<&close>("close"),
                               fn<&wait_for_debugger>("waitForDebugger"),
                               fn<&set_title>("setTitle"),
                               fn<&finish>("finish"),
                               raw("breakOnStart", break_on_start),
                               raw("consoleCall", console_call)};

}  // namespace

extern const Binding kInspectorBinding = {"inspector", kMethods, kClasses, nullptr};

}  // namespace node::js

#else

namespace node::js {

// A V8 that comes without its inspector's header.
extern const Binding kInspectorBinding = {"inspector", {}, {}, nullptr};

}  // namespace node::js
#endif
