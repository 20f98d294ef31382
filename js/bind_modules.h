// Compiling: library files, the user's CommonJS modules.
#pragma once

#include <string_view>

#include "js/v8_compat.h"

namespace node::js {

class Env;

// The function of library file `name`: bootstrap takes (nativeBinding), all others
// (exports, require, module, process, internalBinding). Empty with an exception when there is none.
v8::MaybeLocal<v8::Function> compile_library(Env& env, std::string_view name);
// JavaScript's way to bindings: (name) -> object or undefined.
v8::Local<v8::Value> native_binding_function(Env& env);

}  // namespace node::js
