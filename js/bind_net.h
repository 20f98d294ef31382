// What bindings of streams share: the stream behind a handle, and what script writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "js/bind.h"
#include "net/stream.h"

namespace node::js {

// The stream of a `Stream` handle, nullptr for any other value. It lives as long as the handle.
net::Stream* stream_of(Env& env, v8::Local<v8::Value> value);

// The bytes of write(buffer or string, encoding): encoding 0 is UTF-8, 1 Latin-1. A string's are
// put into `storage`. False after a throw.
bool read_output(Env& env, const Args& info, std::string* storage, std::string_view* out);

// The bytes of each Buffer of a list.
std::vector<std::string_view> read_parts(Env& env, v8::Local<v8::Array> list);

}  // namespace node::js
