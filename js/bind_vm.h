// What other bindings may know of the contexts that vm makes.
#pragma once

#include "js/v8_compat.h"

namespace node::js {

class Env;

// The context that vm.createContext() made for `sandbox`; empty when there is none.
v8::MaybeLocal<v8::Context> context_of(Env& env, v8::Local<v8::Object> sandbox);

// Evaluates a module like Module::Evaluate, but ends it after `timeout_ms` (0: never) and, when
// `on_sigint`, by SIGINT: it then throws ERR_SCRIPT_EXECUTION_TIMEOUT or _INTERRUPTED.
v8::MaybeLocal<v8::Value> evaluate_limited(Env& env, v8::Local<v8::Context> context,
                                           v8::Local<v8::Module> module, int timeout_ms,
                                           bool on_sigint);

// A Buffer with the bytes of `data`, which it frees.
v8::Local<v8::Value> code_cache(Env& env, const v8::ScriptCompiler::CachedData* data);

// A copy of the bytes of `value`, which V8 frees; nullptr when it is no view.
v8::ScriptCompiler::CachedData* copy_cached_data(v8::Local<v8::Value> value);

}  // namespace node::js
