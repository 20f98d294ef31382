// The inspector: V8's own, and what carries its messages.
#pragma once

// Its server needs OpenSSL.
#if __has_include(<v8-inspector.h>) && !defined(NODE_NO_TLS)
#define NODE_HAS_INSPECTOR 1
#include <v8-inspector.h>

#include <memory>
#include <string>

#include "js/env.h"

namespace node::js {

// Whoever can serve a debugger while script is paused.
class InspectorPump {
 public:
  virtual ~InspectorPump() = default;
  // Waits for messages and hands them on; false when nobody is left to send any.
  virtual bool pump() = 0;
};

// V8's inspector of an Env, made when it is first asked for.
class InspectorAgent : public v8_inspector::V8InspectorClient {
 public:
  static InspectorAgent& of(Env& env);
  explicit InspectorAgent(Env& env);

  std::unique_ptr<v8_inspector::V8InspectorSession> connect(
      v8_inspector::V8Inspector::Channel* channel);
  // Hands a message to `session`: UTF-8 JSON. May run script.
  void dispatch(v8_inspector::V8InspectorSession* session, std::string_view json);
  void set_pump(InspectorPump* pump) { pump_ = pump; }
  // Returns when a debugger has said Runtime.runIfWaitingForDebugger.
  void wait_for_debugger();
  // Tells debuggers that the program is over.
  void end_context();

 private:
  v8::Local<v8::Context> ensureDefaultContextInGroup(int) override { return env_.context(); }
  void runMessageLoopOnPause(int) override;
  void quitMessageLoopOnPause() override { paused_ = false; }
  void runIfWaitingForDebugger(int) override { waiting_ = false; }
  double currentTimeMS() override;
  std::unique_ptr<v8_inspector::StringBuffer> resourceNameToUrl(
      const v8_inspector::StringView& name) override;

  Env& env_;
  std::unique_ptr<v8_inspector::V8Inspector> inspector_;
  InspectorPump* pump_ = nullptr;
  bool paused_ = false;
  bool waiting_ = false;
};

// A message of V8's as UTF-8.
std::string to_utf8(const v8_inspector::StringView& text);

}  // namespace node::js
#endif
