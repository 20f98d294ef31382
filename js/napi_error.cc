// Node-API: errors made and thrown, the pending exception, the last status in words.
#include <cstdio>

#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace js = node::js;
using js::from_napi;
using js::to_napi;

namespace {

using MakeError = v8::Local<v8::Value> (*)(v8::Local<v8::String>);

v8::Local<v8::Value> make_error(v8::Local<v8::String> text) { return v8::Exception::Error(text); }
v8::Local<v8::Value> make_type_error(v8::Local<v8::String> text) {
  return v8::Exception::TypeError(text);
}
v8::Local<v8::Value> make_range_error(v8::Local<v8::String> text) {
  return v8::Exception::RangeError(text);
}
v8::Local<v8::Value> make_syntax_error(v8::Local<v8::String> text) {
  return v8::Exception::SyntaxError(text);
}

bool set_code(napi_env env, v8::Local<v8::Value> error, v8::Local<v8::Value> code) {
  return error.As<v8::Object>()->Set(env->context(), env->env.name("code"), code).FromMaybe(false);
}

napi_status create(napi_env env, MakeError make, napi_value code, napi_value message,
                   napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, message);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(message)->IsString(), napi_string_expected);
  v8::Local<v8::Value> error = make(from_napi(message).As<v8::String>());
  if (code != nullptr) {
    NAPI_REQUIRE(env, from_napi(code)->IsString(), napi_string_expected);
    NAPI_REQUIRE(env, set_code(env, error, from_napi(code)), napi_generic_failure);
  }
  *result = to_napi(error);
  return env->ok();
}

napi_status throw_new(napi_env env, MakeError make, const char* code, const char* message) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, message);
  v8::Local<v8::String> text;
  NAPI_REQUIRE(env, js::napi_new_string(env, message, NAPI_AUTO_LENGTH, &text),
               napi_generic_failure);
  v8::Local<v8::Value> error = make(text);
  if (code != nullptr) {
    v8::Local<v8::String> value;
    NAPI_REQUIRE(env, js::napi_new_string(env, code, NAPI_AUTO_LENGTH, &value),
                 napi_generic_failure);
    if (!set_code(env, error, value)) return script.failed();
  }
  env->last_exception.Reset(env->isolate(), error);
  return env->ok();
}

// In the order of napi_status.
constexpr const char* kMessages[] = {
    nullptr,
    "Invalid argument",
    "An object was expected",
    "A string was expected",
    "A string or symbol was expected",
    "A function was expected",
    "A number was expected",
    "A boolean was expected",
    "An array was expected",
    "Unknown failure",
    "An exception is pending",
    "The async work item was cancelled",
    "napi_escape_handle already called on scope",
    "Invalid handle scope usage",
    "Invalid callback scope usage",
    "Thread-safe function queue is full",
    "Thread-safe function handle is closing",
    "A bigint was expected",
    "A date was expected",
    "An arraybuffer was expected",
    "A detachable arraybuffer was expected",
    "Main thread would deadlock",
    "External buffers are not allowed",
    "Cannot run JavaScript",
};

}  // namespace

napi_status napi_get_last_error_info(node_api_nogc_env env,
                                     const napi_extended_error_info** result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  size_t index = static_cast<size_t>(env->last_error.error_code);
  env->last_error.error_message = index < std::size(kMessages) ? kMessages[index] : nullptr;
  *result = &env->last_error;
  return napi_ok;
}

napi_status napi_create_error(napi_env env, napi_value code, napi_value msg, napi_value* result) {
  return create(env, make_error, code, msg, result);
}
napi_status napi_create_type_error(napi_env env, napi_value code, napi_value msg,
                                   napi_value* result) {
  return create(env, make_type_error, code, msg, result);
}
napi_status napi_create_range_error(napi_env env, napi_value code, napi_value msg,
                                    napi_value* result) {
  return create(env, make_range_error, code, msg, result);
}
napi_status node_api_create_syntax_error(napi_env env, napi_value code, napi_value msg,
                                         napi_value* result) {
  return create(env, make_syntax_error, code, msg, result);
}

napi_status napi_throw(napi_env env, napi_value error) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, error);
  env->last_exception.Reset(env->isolate(), from_napi(error));
  return env->ok();
}
napi_status napi_throw_error(napi_env env, const char* code, const char* msg) {
  return throw_new(env, make_error, code, msg);
}
napi_status napi_throw_type_error(napi_env env, const char* code, const char* msg) {
  return throw_new(env, make_type_error, code, msg);
}
napi_status napi_throw_range_error(napi_env env, const char* code, const char* msg) {
  return throw_new(env, make_range_error, code, msg);
}
napi_status node_api_throw_syntax_error(napi_env env, const char* code, const char* msg) {
  return throw_new(env, make_syntax_error, code, msg);
}

napi_status napi_is_error(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsNativeError();
  return env->ok();
}

napi_status napi_is_exception_pending(napi_env env, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = !env->last_exception.IsEmpty();
  return env->ok();
}

napi_status napi_get_and_clear_last_exception(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  if (env->last_exception.IsEmpty()) return napi_get_undefined(env, result);
  *result = to_napi(env->last_exception.Get(env->isolate()));
  env->last_exception.Reset();
  return env->ok();
}

napi_status napi_fatal_exception(napi_env env, napi_value err) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, err);
  v8::Local<v8::Value> error = from_napi(err);
  env->env.uncaught(error, v8::Exception::CreateMessage(env->isolate(), error), false);
  return env->ok();
}

void napi_fatal_error(const char* location, size_t location_len, const char* message,
                      size_t message_len) {
  auto text = [](const char* chars, size_t length) {
    if (chars == nullptr) return std::string();
    return length == NAPI_AUTO_LENGTH ? std::string(chars) : std::string(chars, length);
  };
  std::fprintf(stderr, "FATAL ERROR: %s %s\n", text(location, location_len).c_str(),
               text(message, message_len).c_str());
  std::fflush(stderr);
  std::abort();
}
#endif
