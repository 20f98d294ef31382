// Node-API: what properties of objects and of classes have in common.
#pragma once

#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace node::js {

// The name that a descriptor gives, as text or as a value; false: `why` says what is wrong with it.
bool napi_property_name(napi_env env, const napi_property_descriptor& property,
                        v8::Local<v8::Name>* out, napi_status* why);

}  // namespace node::js
#endif
