// The last report: place, source line, caret, stack.
#include "js/report.h"

#include <cstdio>

#include "js/bind.h"
#include "js/version.h"

namespace node::js {

namespace {

std::string to_text(Env& env, v8::Local<v8::Value> value) {
  v8::TryCatch catcher(env.isolate());
  v8::Local<v8::String> string;
  Utf8 utf8;
  if (!value->ToString(env.context()).ToLocal(&string) || !utf8.read(env.isolate(), string)) {
    return "[value cannot be shown]";
  }
  return std::string(utf8.view());
}

// The library's own view of the error (with its extra properties), or else stack or text.
std::string describe(Env& env, v8::Local<v8::Value> error) {
  v8::TryCatch catcher(env.isolate());
  if (env.has_hook(Hook::kInspectError)) {
    v8::Local<v8::Value> text;
    if (env.hook(Hook::kInspectError)
            .As<v8::Function>()
            ->Call(env.context(), v8::Undefined(env.isolate()), 1, &error)
            .ToLocal(&text) &&
        text->IsString()) {
      return to_text(env, text);
    }
  }
  if (error->IsObject()) {
    v8::Local<v8::Value> stack;
    if (error.As<v8::Object>()->Get(env.context(), env.name("stack")).ToLocal(&stack) &&
        stack->IsString()) {
      return to_text(env, stack);
    }
  }
  return to_text(env, error);
}

}  // namespace

std::string source_excerpt(Env& env, v8::Local<v8::Message> message) {
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::String> line;
  int number = message->GetLineNumber(context).FromMaybe(0);
  if (number == 0 || !message->GetSourceLine(context).ToLocal(&line)) return {};
  v8::Local<v8::Value> name = message->GetScriptResourceName();
  std::string text = name->IsString() ? to_text(env, name) : std::string("undefined");
  text += ":" + std::to_string(number) + "\n";
  std::string source = to_text(env, line);
  int start = message->GetStartColumn(context).FromMaybe(0);
  int end = message->GetEndColumn(context).FromMaybe(start + 1);
  if (end <= start) end = start + 1;
  if (source.size() > 2000) return text;  // minified code: the line would bury the error
  text += source + "\n";
  for (int i = 0; i < start; ++i) {
    text += static_cast<size_t>(i) < source.size() && source[i] == '\t' ? '\t' : ' ';
  }
  text.append(end - start, '^');
  return text + "\n";
}

void put_place_into_stack(Env& env, const v8::TryCatch& catcher) {
  if (!catcher.HasCaught() || catcher.HasTerminated() || catcher.Message().IsEmpty()) return;
  v8::Local<v8::Value> value = catcher.Exception();
  if (!value->IsNativeError()) return;
  v8::Local<v8::Object> error = value.As<v8::Object>();
  v8::Local<v8::Private> shown = v8::Private::ForApi(env.isolate(), env.name("node:report:place"));
  if (error->HasPrivate(env.context(), shown).FromMaybe(true)) return;
  v8::Local<v8::Value> stack;
  std::string place = source_excerpt(env, catcher.Message());
  if (place.empty() || !error->Get(env.context(), env.name("stack")).ToLocal(&stack) ||
      !stack->IsString()) {
    return;
  }
  v8::Local<v8::String> text =
      v8::String::Concat(env.isolate(), env.string(place + "\n"), stack.As<v8::String>());
  ignore(error->SetPrivate(env.context(), shown, v8::True(env.isolate())));
  ignore(error->Set(env.context(), env.name("stack"), text));
}

void report_error(Env& env, v8::Local<v8::Value> error, const std::string& excerpt) {
  v8::HandleScope scope(env.isolate());
  std::string text = describe(env, error);
  std::string hint;
  if (!error->IsObject()) {
    hint = "(Use `node --trace-uncaught ...` to show where the exception was thrown)\n";
  }
  // It may be in the stack already.
  bool shown = excerpt.empty() || text.compare(0, excerpt.size(), excerpt) == 0;
  // A value that is no object stands right below the place.
  bool bare = !shown && !error->IsObject();
  std::fprintf(stderr, "%s%s%s%s\n%s\nNode.js %s\n", bare ? "\n" : "", shown ? "" : excerpt.c_str(),
               shown || bare ? "" : "\n", text.c_str(), hint.c_str(), NODE_VERSION);
  std::fflush(stderr);
}

void report_exception(Env& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  report_error(env, error, message.IsEmpty() ? std::string() : source_excerpt(env, message));
}

}  // namespace node::js
