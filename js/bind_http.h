// What the bindings of HTTP share.
#pragma once

#include "http/server_connection.h"
#include "js/bind.h"

namespace node::js {

// The connections behind a Hub; nullptr for any other value.
http::ServerHub* server_hub_of(Env& env, v8::Local<v8::Value> value);

}  // namespace node::js
