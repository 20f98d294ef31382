// Node-API: objects, arrays and their properties.
#include "js/napi.h"

#ifdef NODE_HAS_NAPI
#include "js/napi_property.h"

namespace js = node::js;
using js::from_napi;
using js::to_napi;

namespace {

// The object that `value` is or, for other primitives than null and undefined, is wrapped in.
bool as_object(napi_env env, napi_value value, v8::Local<v8::Object>* out) {
  v8::Local<v8::Value> v = from_napi(value);
  if (v->IsNullOrUndefined()) return false;
  return v->ToObject(env->context()).ToLocal(out);
}

}  // namespace

#define NAPI_OBJECT(env, value, object) \
  NAPI_ARG(env, value);                 \
  v8::Local<v8::Object> object;         \
  NAPI_REQUIRE(env, as_object(env, value, &object), napi_object_expected)

// ---- Making --------------------------------------------------------------------------------

napi_status napi_create_object(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = to_napi(v8::Object::New(env->isolate()));
  return env->ok();
}

napi_status napi_create_array(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = to_napi(v8::Array::New(env->isolate()));
  return env->ok();
}

napi_status napi_create_array_with_length(napi_env env, size_t length, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  *result = to_napi(v8::Array::New(env->isolate(), static_cast<int>(length)));
  return env->ok();
}

// ---- Properties ----------------------------------------------------------------------------

napi_status napi_set_property(napi_env env, napi_value object, napi_value key, napi_value value) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, key);
  NAPI_ARG(env, value);
  NAPI_OBJECT(env, object, target);
  v8::Maybe<bool> set = target->Set(env->context(), from_napi(key), from_napi(value));
  return set.FromMaybe(false) ? script.done() : script.failed(napi_invalid_arg);
}

napi_status napi_get_property(napi_env env, napi_value object, napi_value key, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, key);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  v8::Local<v8::Value> value;
  if (!target->Get(env->context(), from_napi(key)).ToLocal(&value)) return script.failed();
  *result = to_napi(value);
  return script.done();
}

napi_status napi_has_property(napi_env env, napi_value object, napi_value key, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_ARG(env, key);
  NAPI_OBJECT(env, object, target);
  if (!target->Has(env->context(), from_napi(key)).To(result)) return script.failed();
  return script.done();
}

napi_status napi_has_own_property(napi_env env, napi_value object, napi_value key, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, key);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  NAPI_REQUIRE(env, from_napi(key)->IsName(), napi_name_expected);
  if (!target->HasOwnProperty(env->context(), from_napi(key).As<v8::Name>()).To(result)) {
    return script.failed();
  }
  return script.done();
}

napi_status napi_delete_property(napi_env env, napi_value object, napi_value key, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, key);
  NAPI_OBJECT(env, object, target);
  bool deleted;
  if (!target->Delete(env->context(), from_napi(key)).To(&deleted)) return script.failed();
  if (result != nullptr) *result = deleted;
  return script.done();
}

napi_status napi_set_named_property(napi_env env, napi_value object, const char* utf8name,
                                    napi_value value) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_OBJECT(env, object, target);
  NAPI_ARG(env, utf8name);
  v8::Local<v8::String> key;
  NAPI_REQUIRE(env, js::napi_new_string(env, utf8name, NAPI_AUTO_LENGTH, &key),
               napi_generic_failure);
  v8::Maybe<bool> set = target->Set(env->context(), key, from_napi(value));
  return set.FromMaybe(false) ? script.done() : script.failed(napi_invalid_arg);
}

napi_status napi_has_named_property(napi_env env, napi_value object, const char* utf8name,
                                    bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  NAPI_ARG(env, utf8name);
  v8::Local<v8::String> key;
  NAPI_REQUIRE(env, js::napi_new_string(env, utf8name, NAPI_AUTO_LENGTH, &key),
               napi_generic_failure);
  if (!target->Has(env->context(), key).To(result)) return script.failed();
  return script.done();
}

napi_status napi_get_named_property(napi_env env, napi_value object, const char* utf8name,
                                    napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  NAPI_ARG(env, utf8name);
  v8::Local<v8::String> key;
  NAPI_REQUIRE(env, js::napi_new_string(env, utf8name, NAPI_AUTO_LENGTH, &key),
               napi_generic_failure);
  v8::Local<v8::Value> value;
  if (!target->Get(env->context(), key).ToLocal(&value)) return script.failed();
  *result = to_napi(value);
  return script.done();
}

napi_status napi_set_element(napi_env env, napi_value object, uint32_t index, napi_value value) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_OBJECT(env, object, target);
  v8::Maybe<bool> set = target->Set(env->context(), index, from_napi(value));
  return set.FromMaybe(false) ? script.done() : script.failed(napi_invalid_arg);
}

napi_status napi_has_element(napi_env env, napi_value object, uint32_t index, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  if (!target->Has(env->context(), index).To(result)) return script.failed();
  return script.done();
}

napi_status napi_get_element(napi_env env, napi_value object, uint32_t index, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  v8::Local<v8::Value> value;
  if (!target->Get(env->context(), index).ToLocal(&value)) return script.failed();
  *result = to_napi(value);
  return script.done();
}

napi_status napi_delete_element(napi_env env, napi_value object, uint32_t index, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_OBJECT(env, object, target);
  bool deleted;
  if (!target->Delete(env->context(), index).To(&deleted)) return script.failed();
  if (result != nullptr) *result = deleted;
  return script.done();
}

napi_status napi_get_property_names(napi_env env, napi_value object, napi_value* result) {
  return napi_get_all_property_names(
      env, object, napi_key_include_prototypes,
      static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
      napi_key_numbers_to_strings, result);
}

napi_status napi_get_all_property_names(napi_env env, napi_value object,
                                        napi_key_collection_mode mode, napi_key_filter filter,
                                        napi_key_conversion conversion, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  NAPI_REQUIRE(env, mode == napi_key_include_prototypes || mode == napi_key_own_only,
               napi_invalid_arg);
  NAPI_REQUIRE(env,
               conversion == napi_key_keep_numbers || conversion == napi_key_numbers_to_strings,
               napi_invalid_arg);
  constexpr struct {
    napi_key_filter napi;
    v8::PropertyFilter v8;
  } kFilters[] = {{napi_key_writable, v8::ONLY_WRITABLE},
                  {napi_key_enumerable, v8::ONLY_ENUMERABLE},
                  {napi_key_configurable, v8::ONLY_CONFIGURABLE},
                  {napi_key_skip_strings, v8::SKIP_STRINGS},
                  {napi_key_skip_symbols, v8::SKIP_SYMBOLS}};
  int wanted = v8::ALL_PROPERTIES;
  for (const auto& pair : kFilters) {
    if (filter & pair.napi) wanted |= pair.v8;
  }
  v8::Local<v8::Array> names;
  if (!target
           ->GetPropertyNames(
               env->context(),
               mode == napi_key_own_only ? v8::KeyCollectionMode::kOwnOnly
                                         : v8::KeyCollectionMode::kIncludePrototypes,
               static_cast<v8::PropertyFilter>(wanted), v8::IndexFilter::kIncludeIndices,
               conversion == napi_key_keep_numbers ? v8::KeyConversionMode::kKeepNumbers
                                                   : v8::KeyConversionMode::kConvertToString)
           .ToLocal(&names)) {
    return script.failed();
  }
  *result = to_napi(names);
  return script.done();
}

bool js::napi_property_name(napi_env env, const napi_property_descriptor& property,
                            v8::Local<v8::Name>* out, napi_status* why) {
  if (property.utf8name != nullptr) {
    v8::Local<v8::String> text;
    *why = napi_invalid_arg;
    if (!napi_new_string(env, property.utf8name, NAPI_AUTO_LENGTH, &text)) return false;
    *out = text;
    return true;
  }
  *why = property.name == nullptr ? napi_invalid_arg : napi_name_expected;
  if (property.name == nullptr || !from_napi(property.name)->IsName()) return false;
  *out = from_napi(property.name).As<v8::Name>();
  return true;
}

napi_status napi_define_properties(napi_env env, napi_value object, size_t property_count,
                                   const napi_property_descriptor* properties) {
  NAPI_ENTER_SCRIPT(env);
  if (property_count > 0) NAPI_ARG(env, properties);
  NAPI_ARG(env, object);
  NAPI_REQUIRE(env, from_napi(object)->IsObject(), napi_object_expected);
  v8::Local<v8::Object> target = from_napi(object).As<v8::Object>();
  v8::Local<v8::Context> context = env->context();
  for (size_t i = 0; i < property_count; ++i) {
    const napi_property_descriptor& p = properties[i];
    v8::Local<v8::Name> name;
    napi_status why;
    if (!js::napi_property_name(env, p, &name, &why)) return env->set(why);
    v8::Maybe<bool> defined = v8::Nothing<bool>();
    auto define = [&](v8::PropertyDescriptor& descriptor) {
      descriptor.set_enumerable((p.attributes & napi_enumerable) != 0);
      descriptor.set_configurable((p.attributes & napi_configurable) != 0);
      defined = target->DefineProperty(context, name, descriptor);
    };
    bool writable = (p.attributes & napi_writable) != 0;
    if (p.getter != nullptr || p.setter != nullptr) {
      v8::Local<v8::Function> get;
      v8::Local<v8::Function> set;
      if (p.getter != nullptr && !js::napi_make_function(env, p.getter, p.data).ToLocal(&get)) {
        return script.failed();
      }
      if (p.setter != nullptr && !js::napi_make_function(env, p.setter, p.data).ToLocal(&set)) {
        return script.failed();
      }
      v8::PropertyDescriptor descriptor(get, set);
      define(descriptor);
    } else if (p.method != nullptr) {
      v8::Local<v8::Function> method;
      if (!js::napi_make_function(env, p.method, p.data).ToLocal(&method)) return script.failed();
      v8::PropertyDescriptor descriptor(method, writable);
      define(descriptor);
    } else {
      NAPI_ARG(env, p.value);
      v8::PropertyDescriptor descriptor(from_napi(p.value), writable);
      define(descriptor);
    }
    if (!defined.FromMaybe(false)) return script.failed(napi_invalid_arg);
  }
  return script.done();
}

// ---- Objects as a whole --------------------------------------------------------------------

napi_status napi_get_prototype(napi_env env, napi_value object, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  NAPI_OBJECT(env, object, target);
  *result = to_napi(js::get_prototype(target));
  return env->ok();
}

napi_status napi_object_freeze(napi_env env, napi_value object) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_OBJECT(env, object, target);
  v8::Maybe<bool> set = target->SetIntegrityLevel(env->context(), v8::IntegrityLevel::kFrozen);
  return set.FromMaybe(false) ? script.done() : script.failed();
}

napi_status napi_object_seal(napi_env env, napi_value object) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_OBJECT(env, object, target);
  v8::Maybe<bool> set = target->SetIntegrityLevel(env->context(), v8::IntegrityLevel::kSealed);
  return set.FromMaybe(false) ? script.done() : script.failed();
}

napi_status napi_is_array(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  *result = from_napi(value)->IsArray();
  return env->ok();
}

napi_status napi_get_array_length(napi_env env, napi_value value, uint32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsArray(), napi_array_expected);
  *result = from_napi(value).As<v8::Array>()->Length();
  return env->ok();
}

// A tag is two words under a private key: [lower, upper].

napi_status napi_type_tag_object(napi_env env, napi_value object, const napi_type_tag* tag) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_OBJECT(env, object, target);
  NAPI_ARG(env, tag);
  v8::Local<v8::Private> key = js::napi_private(env, "napi.typeTag");
  bool tagged;
  if (!target->HasPrivate(env->context(), key).To(&tagged)) return script.failed();
  NAPI_REQUIRE(env, !tagged, napi_invalid_arg);
  const uint64_t words[] = {tag->lower, tag->upper};
  v8::Local<v8::BigInt> value;
  if (!v8::BigInt::NewFromWords(env->context(), 0, 2, words).ToLocal(&value) ||
      !target->SetPrivate(env->context(), key, value).FromMaybe(false)) {
    return script.failed();
  }
  return script.done();
}

napi_status napi_check_object_type_tag(napi_env env, napi_value object, const napi_type_tag* tag,
                                       bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_OBJECT(env, object, target);
  NAPI_ARG(env, tag);
  NAPI_ARG(env, result);
  v8::Local<v8::Value> value;
  if (!target->GetPrivate(env->context(), js::napi_private(env, "napi.typeTag")).ToLocal(&value)) {
    return script.failed();
  }
  *result = false;
  if (value->IsBigInt()) {
    // High words that are zero are not stored.
    uint64_t words[2] = {0, 0};
    int count = 2;
    int sign = 0;
    value.As<v8::BigInt>()->ToWordsArray(&sign, &count, words);
    *result = words[0] == tag->lower && words[1] == tag->upper;
  }
  return script.done();
}
#endif
