// Names in certificates as texts that cannot be mistaken for others.
#pragma once

#include "js/bind_crypto.h"

namespace node::js {

// A flat list: short name or object identifier, value, and so on.
v8::Local<v8::Value> name_parts(Env& env, const X509_NAME* name);
// "DNS:a.example, IP Address:10.0.0.1"; undefined without the extension. What could be read as a
// separator is within a JSON string.
v8::Local<v8::Value> subject_alt_name(Env& env, X509* certificate);
// "OCSP - URI:http://..." in lines.
v8::Local<v8::Value> authority_info_access(Env& env, X509* certificate);

}  // namespace node::js
