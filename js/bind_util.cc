// util and types: what only V8 knows of a value.
#include <string>
#include <vector>

#include "js/bind.h"

namespace node::js {

namespace {

// ---- util ----------------------------------------------------------------------------------

// getProxyDetails(value): [target, handler] of a Proxy (null, null when revoked), else undefined.
void proxy_details(const Args& info) {
  if (!info[0]->IsProxy()) return;
  v8::Local<v8::Proxy> proxy = info[0].As<v8::Proxy>();
  v8::Local<v8::Value> pair[] = {proxy->GetTarget(), proxy->GetHandler()};
  info.GetReturnValue().Set(v8::Array::New(info.GetIsolate(), pair, 2));
}

// getPromiseDetails(promise): [state, result]; 0 pending, 1 fulfilled, 2 rejected.
void promise_details(const Args& info) {
  if (!info[0]->IsPromise()) return;
  v8::Isolate* isolate = info.GetIsolate();
  v8::Local<v8::Promise> promise = info[0].As<v8::Promise>();
  bool pending = promise->State() == v8::Promise::kPending;
  v8::Local<v8::Value> pair[] = {
      v8::Integer::New(isolate, promise->State()),
      pending ? v8::Undefined(isolate).As<v8::Value>() : promise->Result()};
  info.GetReturnValue().Set(v8::Array::New(isolate, pair, 2));
}

// previewEntries(object): entries of a weak collection; previewEntries(iterator, true): [entries,
// are pairs].
void preview_entries(const Args& info) {
  if (!info[0]->IsObject()) return;
  v8::Isolate* isolate = info.GetIsolate();
  bool pairs = false;
  v8::Local<v8::Array> entries;
  if (!info[0].As<v8::Object>()->PreviewEntries(&pairs).ToLocal(&entries)) return;
  if (info.Length() < 2) return info.GetReturnValue().Set(entries);
  v8::Local<v8::Value> answer[] = {entries, v8::Boolean::New(isolate, pairs)};
  info.GetReturnValue().Set(v8::Array::New(isolate, answer, 2));
}

// getOwnNonIndexProperties(object, filter): 0 all properties, 2 only enumerable ones.
v8::MaybeLocal<v8::Array> non_index_properties(Env& env, v8::Local<v8::Object> object,
                                               int32_t filter) {
  return object->GetPropertyNames(env.context(), v8::KeyCollectionMode::kOwnOnly,
                                  static_cast<v8::PropertyFilter>(filter),
                                  v8::IndexFilter::kSkipIndices);
}

v8::Local<v8::String> constructor_name(Env&, v8::Local<v8::Object> object) {
  return object->GetConstructorName();
}

constexpr Method kUtilMethods[] = {
    raw("getProxyDetails", proxy_details),
    raw("getPromiseDetails", promise_details),
    raw("previewEntries", preview_entries),
    fn<&non_index_properties>("getOwnNonIndexProperties"),
    fn<&constructor_name>("getConstructorName"),
};

// ---- types ---------------------------------------------------------------------------------

template <bool (v8::Value::*Question)() const>
void ask(const Args& info) {
  info.GetReturnValue().Set(((*info[0])->*Question)());
}

void is_any_array_buffer(const Args& info) {
  info.GetReturnValue().Set(info[0]->IsArrayBuffer() || info[0]->IsSharedArrayBuffer());
}

void is_boxed_primitive(const Args& info) {
  v8::Local<v8::Value> v = info[0];
  info.GetReturnValue().Set(v->IsNumberObject() || v->IsStringObject() || v->IsBooleanObject() ||
                            v->IsBigIntObject() || v->IsSymbolObject());
}

using V = v8::Value;
constexpr Method kTypesMethods[] = {
    raw("isExternal", ask<&V::IsExternal>),
    raw("isDate", ask<&V::IsDate>),
    raw("isArgumentsObject", ask<&V::IsArgumentsObject>),
    raw("isBigIntObject", ask<&V::IsBigIntObject>),
    raw("isBooleanObject", ask<&V::IsBooleanObject>),
    raw("isNumberObject", ask<&V::IsNumberObject>),
    raw("isStringObject", ask<&V::IsStringObject>),
    raw("isSymbolObject", ask<&V::IsSymbolObject>),
    raw("isBoxedPrimitive", is_boxed_primitive),
    raw("isNativeError", ask<&V::IsNativeError>),
    raw("isRegExp", ask<&V::IsRegExp>),
    raw("isAsyncFunction", ask<&V::IsAsyncFunction>),
    raw("isGeneratorFunction", ask<&V::IsGeneratorFunction>),
    raw("isGeneratorObject", ask<&V::IsGeneratorObject>),
    raw("isPromise", ask<&V::IsPromise>),
    raw("isMap", ask<&V::IsMap>),
    raw("isSet", ask<&V::IsSet>),
    raw("isMapIterator", ask<&V::IsMapIterator>),
    raw("isSetIterator", ask<&V::IsSetIterator>),
    raw("isWeakMap", ask<&V::IsWeakMap>),
    raw("isWeakSet", ask<&V::IsWeakSet>),
    raw("isArrayBuffer", ask<&V::IsArrayBuffer>),
    raw("isDataView", ask<&V::IsDataView>),
    raw("isSharedArrayBuffer", ask<&V::IsSharedArrayBuffer>),
    raw("isProxy", ask<&V::IsProxy>),
    raw("isModuleNamespaceObject", ask<&V::IsModuleNamespaceObject>),
    raw("isAnyArrayBuffer", is_any_array_buffer),
};

}  // namespace

extern const Binding kUtilBinding = {"util", kUtilMethods, {}, nullptr};
extern const Binding kTypesBinding = {"types", kTypesMethods, {}, nullptr};

}  // namespace node::js
