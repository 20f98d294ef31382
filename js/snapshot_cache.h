// A snapshot that the program makes for itself, where the build could not run it to make one: on
// its first start, kept in a file beside the executable.
#pragma once

#include "js/v8_compat.h"

namespace node::js {

// The snapshot from the file EXECUTABLE.snapshot, mapped for the rest of the process's life. Where
// there is none, or one of another build or another V8, a child process makes it first, which takes
// a second or so. Empty where that cannot be: the folder is not writable, say; then node starts
// without. Before V8 is initialised or has flags of the program's, and before there are threads.
v8::StartupData cached_snapshot();

}  // namespace node::js
