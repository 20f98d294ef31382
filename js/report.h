// What is printed when nothing caught an error.
#pragma once

#include <string>

#include "js/v8_compat.h"

namespace node::js {

class Env;

// "file:line\nsource line\n   ^^^" of the place that `message` names; empty when it names none.
std::string source_excerpt(Env& env, v8::Local<v8::Message> message);

// The stack of the error that was caught gets the place in the source in front of it, once.
void put_place_into_stack(Env& env, const v8::TryCatch& catcher);

// Prints excerpt, error and stack to stderr, as the last words of the process.
void report_error(Env& env, v8::Local<v8::Value> error, const std::string& excerpt);

// The same for an exception as a TryCatch holds it.
void report_exception(Env& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message);

}  // namespace node::js
