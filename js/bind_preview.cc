// preview: V8's inspector as far as the REPL needs it: evaluating text only while it changes
// nothing, and the names that let, const and class have declared.
#include <v8-inspector.h>

#include <memory>
#include <string>

#include "js/bind.h"
#include "js/wrapped.h"

namespace node::js {

namespace {

constexpr int kContextGroup = 1;

v8_inspector::StringView to_view(const std::string& ascii) {
  return {reinterpret_cast<const uint8_t*>(ascii.data()), ascii.size()};
}

// One conversation with the inspector of an isolate, without any thread or connection.
class Inspector : public Wrapped,
                  public v8_inspector::V8InspectorClient,
                  public v8_inspector::V8Inspector::Channel {
 public:
  static void make(Env& env, const Args& info) { new Inspector(env, info.This()); }

  Inspector(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object) {
    inspector_ = v8_inspector::V8Inspector::create(env.isolate(), this);
#if V8_MAJOR_VERSION >= 11
    session_ =
        inspector_->connect(kContextGroup, this, {}, v8_inspector::V8Inspector::kFullyTrusted);
#else
    session_ = inspector_->connect(kContextGroup, this, {});
#endif
    add(env.context());
  }
  ~Inspector() override {
    session_.reset();
    inspector_.reset();
  }

  // contextId(object): the number under which the inspector knows the context that `object` comes
  // from.
  int32_t context_id(v8::Local<v8::Object> object) {
    v8::Local<v8::Context> context;
    if (!object->GetCreationContext().ToLocal(&context)) return 0;
    int id = v8_inspector::V8ContextInfo::executionContextId(context);
    if (id == 0) {
      add(context);
      id = v8_inspector::V8ContextInfo::executionContextId(context);
    }
    return id;
  }

  // dispatch(json): the response to a message of the DevTools protocol, JSON too.
  v8::MaybeLocal<v8::String> dispatch(v8::Local<v8::String> message) {
    v8::Isolate* isolate = env().isolate();
    response_.clear();
    v8::String::Value text(isolate, message);
    session_->dispatchProtocolMessage(
        v8_inspector::StringView(*text, static_cast<size_t>(text.length())));
    return v8::String::NewFromTwoByte(isolate, response_.data(), v8::NewStringType::kNormal,
                                      static_cast<int>(response_.size()));
  }

  // unwrap(objectId): the value behind a RemoteObject, or undefined.
  v8::Local<v8::Value> unwrap(const Utf8& object_id) {
    v8::Local<v8::Value> value;
    v8::Local<v8::Context> context;
    std::string id(object_id.view());
    if (!session_->unwrapObject(nullptr, to_view(id), &value, &context, nullptr)) {
      return v8::Undefined(env().isolate());
    }
    return value;
  }

 private:
  void add(v8::Local<v8::Context> context) {
    static const std::string name = "REPL";
    inspector_->contextCreated(v8_inspector::V8ContextInfo(context, kContextGroup, to_view(name)));
  }

  v8::Local<v8::Context> ensureDefaultContextInGroup(int) override { return env().context(); }

  void sendResponse(int, std::unique_ptr<v8_inspector::StringBuffer> message) override {
    v8_inspector::StringView text = message->string();
    if (text.is8Bit()) {
      response_.assign(text.characters8(), text.characters8() + text.length());
    } else {
      response_.assign(text.characters16(), text.characters16() + text.length());
    }
  }
  void sendNotification(std::unique_ptr<v8_inspector::StringBuffer>) override {}
  void flushProtocolNotifications() override {}

  std::unique_ptr<v8_inspector::V8Inspector> inspector_;
  std::unique_ptr<v8_inspector::V8InspectorSession> session_;
  std::basic_string<uint16_t> response_;
};

constexpr Method kInspectorMethods[] = {method<&Inspector::context_id>("contextId"),
                                        method<&Inspector::dispatch>("dispatch"),
                                        method<&Inspector::unwrap>("unwrap")};
const ClassSpec kInspectorClass = wrapped_class<Inspector>("Inspector", kInspectorMethods);
const ClassSpec* const kClasses[] = {&kInspectorClass};

}  // namespace

extern const Binding kPreviewBinding = {"preview", {}, kClasses, nullptr};

}  // namespace node::js
