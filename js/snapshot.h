// The start-up snapshot: what the library's text and state look like to V8.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "js/v8_compat.h"

namespace node::js {

// Linked in from the maker's output; both symbols coincide where there is no snapshot.
extern "C" const char node_snapshot_blob[];
extern "C" const char node_snapshot_blob_end[];

v8::StartupData snapshot_data();

// The text of library file `name` ("internal/util"), outside V8's heap; empty when there is none.
v8::MaybeLocal<v8::String> library_source(v8::Isolate* isolate, std::string_view name);
// Adds what the snapshot needs to find those texts again.
void append_source_references(std::vector<intptr_t>* table);

}  // namespace node::js
