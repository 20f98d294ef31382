// ECMAScript modules: the callbacks by which V8 asks for import() and import.meta, and the ids that
// say who answers.
#pragma once

#include "js/v8_compat.h"

namespace node::js {

class Env;

// Routes import() and import.meta to the library.
void set_module_callbacks(v8::Isolate* isolate);

// What a script or module carries so that its import() finds whom to ask: `id` is a number that the
// library chose, or undefined for the default loader (which goes by the script's name).
v8::Local<v8::PrimitiveArray> importer_options(v8::Isolate* isolate, v8::Local<v8::Value> id);

}  // namespace node::js
