// Errors at the border: from values below to exceptions of Node's shape.
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "js/v8_compat.h"

namespace node::js {

class Env;

// "ENOENT" for ENOENT; "Unknown system error N" without a name has none: "" then.
const char* errno_name(int code);
// "no such file or directory" for ENOENT.
const char* errno_message(int code);
// Calls `each(context, name, code, message)` for every errno that this system has.
void for_each_errno(void (*each)(void* context, const char* name, int code, const char* message),
                    void* context);

// An Error object as Node makes it: message "ENOENT: no such file or directory, open 'x'", and the
// properties errno (negative), code, syscall, path, dest. `path` and `dest` may be empty.
v8::Local<v8::Value> system_error(Env& env, Error error, std::string_view path = {},
                                  std::string_view dest = {});

// Throw into JavaScript; the binding returns at once afterwards.
void throw_system_error(Env& env, Error error, std::string_view path = {},
                        std::string_view dest = {});
void throw_type_error(Env& env, const char* code, std::string_view message);
void throw_range_error(Env& env, const char* code, std::string_view message);
void throw_error(Env& env, const char* code, std::string_view message);

}  // namespace node::js
