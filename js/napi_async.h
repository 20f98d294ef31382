// Node-API: asynchronous contexts, which script makes: js/lib/internal/process/dlopen.js.
#pragma once

#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace node::js {

// Calls one of the functions that script offers for asynchronous contexts: make(name, resource),
// run(asyncResource, function, receiver, ...), enter(asyncResource), leave(), destroy(it).
v8::MaybeLocal<v8::Value> napi_async_hook(napi_env env, const char* name, int argc,
                                          v8::Local<v8::Value> argv[]);

// A new AsyncResource; `resource`, the object that stands for it, may be null.
v8::MaybeLocal<v8::Object> napi_make_resource(napi_env env, napi_value resource, napi_value name);

}  // namespace node::js
#endif
