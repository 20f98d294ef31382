// Node-API: primitive values, strings, bigints, dates, symbols, and conversions between them.
#include "js/napi.h"

#ifdef NODE_HAS_NAPI
#include <climits>
#include <cmath>
#include <limits>

namespace js = node::js;

namespace node::js {

namespace {

napi_status give(napi_env env, napi_value* result, v8::Local<v8::Value> value) {
  *result = to_napi(value);
  return env->ok();
}

bool usable_length(const void* text, size_t length) {
  if (text == nullptr) return length == 0;
  return length == NAPI_AUTO_LENGTH || length <= INT_MAX;
}

// The space for characters in a buffer that also needs a terminator, as V8 counts.
int room(size_t bufsize) { return static_cast<int>(std::min<size_t>(bufsize - 1, INT_MAX)); }

}  // namespace

bool napi_new_string(napi_env env, const char* text, size_t length, v8::Local<v8::String>* out) {
  if (!usable_length(text, length)) return false;
  if (text == nullptr) text = "";
  int size = length == NAPI_AUTO_LENGTH ? -1 : static_cast<int>(length);
  return v8::String::NewFromUtf8(env->isolate(), text, v8::NewStringType::kNormal, size)
      .ToLocal(out);
}

}  // namespace node::js

using js::from_napi;
using js::give;
using js::to_napi;

// ---- Singletons ----------------------------------------------------------------------------

napi_status napi_get_undefined(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Undefined(env->isolate()));
}

napi_status napi_get_null(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Null(env->isolate()));
}

napi_status napi_get_global(napi_env env, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, env->context()->Global());
}

napi_status napi_get_boolean(napi_env env, bool value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Boolean::New(env->isolate(), value));
}

// ---- Numbers -------------------------------------------------------------------------------

napi_status napi_create_double(napi_env env, double value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Number::New(env->isolate(), value));
}

napi_status napi_create_int32(napi_env env, int32_t value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Integer::New(env->isolate(), value));
}

napi_status napi_create_uint32(napi_env env, uint32_t value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Integer::NewFromUnsigned(env->isolate(), value));
}

napi_status napi_create_int64(napi_env env, int64_t value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::Number::New(env->isolate(), static_cast<double>(value)));
}

napi_status napi_get_value_double(napi_env env, napi_value value, double* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsNumber(), napi_number_expected);
  *result = from_napi(value).As<v8::Number>()->Value();
  return env->ok();
}

// What does not fit wraps around, as in JavaScript's bitwise operations; no number at all is 0.
napi_status napi_get_value_int32(napi_env env, napi_value value, int32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsNumber(), napi_number_expected);
  *result = from_napi(value)->Int32Value(env->context()).FromMaybe(0);
  return env->ok();
}

napi_status napi_get_value_uint32(napi_env env, napi_value value, uint32_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsNumber(), napi_number_expected);
  *result = from_napi(value)->Uint32Value(env->context()).FromMaybe(0);
  return env->ok();
}

// What does not fit becomes the nearest that does; NaN and the infinities become 0.
napi_status napi_get_value_int64(napi_env env, napi_value value, int64_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsNumber(), napi_number_expected);
  double number = from_napi(value).As<v8::Number>()->Value();
  if (!std::isfinite(number)) {
    *result = 0;
  } else if (number >= 0x1p63) {
    *result = std::numeric_limits<int64_t>::max();
  } else if (number < -0x1p63) {
    *result = std::numeric_limits<int64_t>::min();
  } else {
    *result = static_cast<int64_t>(number);
  }
  return env->ok();
}

napi_status napi_get_value_bool(napi_env env, napi_value value, bool* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsBoolean(), napi_boolean_expected);
  *result = from_napi(value)->IsTrue();
  return env->ok();
}

// ---- BigInts -------------------------------------------------------------------------------

napi_status napi_create_bigint_int64(napi_env env, int64_t value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::BigInt::New(env->isolate(), value));
}

napi_status napi_create_bigint_uint64(napi_env env, uint64_t value, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  return give(env, result, v8::BigInt::NewFromUnsigned(env->isolate(), value));
}

napi_status napi_create_bigint_words(napi_env env, int sign_bit, size_t word_count,
                                     const uint64_t* words, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, words);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, word_count <= INT_MAX, napi_invalid_arg);
  v8::Local<v8::BigInt> number;
  if (!v8::BigInt::NewFromWords(env->context(), sign_bit, static_cast<int>(word_count), words)
           .ToLocal(&number)) {
    return script.failed();
  }
  return give(env, result, number);
}

napi_status napi_get_value_bigint_int64(napi_env env, napi_value value, int64_t* result,
                                        bool* lossless) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_ARG(env, lossless);
  NAPI_REQUIRE(env, from_napi(value)->IsBigInt(), napi_bigint_expected);
  *result = from_napi(value).As<v8::BigInt>()->Int64Value(lossless);
  return env->ok();
}

napi_status napi_get_value_bigint_uint64(napi_env env, napi_value value, uint64_t* result,
                                         bool* lossless) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_ARG(env, lossless);
  NAPI_REQUIRE(env, from_napi(value)->IsBigInt(), napi_bigint_expected);
  *result = from_napi(value).As<v8::BigInt>()->Uint64Value(lossless);
  return env->ok();
}

// Without `sign_bit` and `words` it only counts the words.
napi_status napi_get_value_bigint_words(napi_env env, napi_value value, int* sign_bit,
                                        size_t* word_count, uint64_t* words) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, word_count);
  NAPI_REQUIRE(env, from_napi(value)->IsBigInt(), napi_bigint_expected);
  v8::Local<v8::BigInt> number = from_napi(value).As<v8::BigInt>();
  if (sign_bit == nullptr && words == nullptr) {
    *word_count = static_cast<size_t>(number->WordCount());
    return env->ok();
  }
  NAPI_ARG(env, sign_bit);
  NAPI_ARG(env, words);
  int count = static_cast<int>(std::min<size_t>(*word_count, INT_MAX));
  number->ToWordsArray(sign_bit, &count, words);
  *word_count = static_cast<size_t>(count);
  return env->ok();
}

// ---- Strings -------------------------------------------------------------------------------

napi_status napi_create_string_latin1(napi_env env, const char* text, size_t length,
                                      napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, js::usable_length(text, length), napi_invalid_arg);
  v8::Local<v8::String> string;
  if (!v8::String::NewFromOneByte(
           env->isolate(), reinterpret_cast<const uint8_t*>(text == nullptr ? "" : text),
           v8::NewStringType::kNormal, length == NAPI_AUTO_LENGTH ? -1 : static_cast<int>(length))
           .ToLocal(&string)) {
    return env->set(napi_generic_failure);
  }
  return give(env, result, string);
}

napi_status napi_create_string_utf8(napi_env env, const char* text, size_t length,
                                    napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, js::usable_length(text, length), napi_invalid_arg);
  v8::Local<v8::String> string;
  if (!js::napi_new_string(env, text, length, &string)) return env->set(napi_generic_failure);
  return give(env, result, string);
}

napi_status napi_create_string_utf16(napi_env env, const char16_t* text, size_t length,
                                     napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, js::usable_length(text, length), napi_invalid_arg);
  v8::Local<v8::String> string;
  if (!v8::String::NewFromTwoByte(
           env->isolate(), reinterpret_cast<const uint16_t*>(text == nullptr ? u"" : text),
           v8::NewStringType::kNormal, length == NAPI_AUTO_LENGTH ? -1 : static_cast<int>(length))
           .ToLocal(&string)) {
    return env->set(napi_generic_failure);
  }
  return give(env, result, string);
}

// The three readers: without a buffer they tell the length, otherwise they copy what fits before
// the terminator and tell how much that was.

napi_status napi_get_value_string_latin1(napi_env env, napi_value value, char* buf, size_t bufsize,
                                         size_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_REQUIRE(env, from_napi(value)->IsString(), napi_string_expected);
  v8::Local<v8::String> string = from_napi(value).As<v8::String>();
  size_t copied = 0;
  if (buf == nullptr) {
    NAPI_ARG(env, result);
    copied = static_cast<size_t>(string->Length());
  } else if (bufsize > 0) {
    int count = std::min(string->Length(), js::room(bufsize));
    js::write_one_byte(env->isolate(), string, reinterpret_cast<uint8_t*>(buf), 0, count);
    copied = static_cast<size_t>(count);
    buf[copied] = '\0';
  }
  if (result != nullptr) *result = copied;
  return env->ok();
}

napi_status napi_get_value_string_utf8(napi_env env, napi_value value, char* buf, size_t bufsize,
                                       size_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_REQUIRE(env, from_napi(value)->IsString(), napi_string_expected);
  v8::Local<v8::String> string = from_napi(value).As<v8::String>();
  size_t copied = 0;
  if (buf == nullptr) {
    NAPI_ARG(env, result);
    copied = js::utf8_length(env->isolate(), string);
  } else if (bufsize > 0) {
    copied = js::write_utf8(env->isolate(), string, buf, static_cast<size_t>(js::room(bufsize)));
    buf[copied] = '\0';
  }
  if (result != nullptr) *result = copied;
  return env->ok();
}

napi_status napi_get_value_string_utf16(napi_env env, napi_value value, char16_t* buf,
                                        size_t bufsize, size_t* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_REQUIRE(env, from_napi(value)->IsString(), napi_string_expected);
  v8::Local<v8::String> string = from_napi(value).As<v8::String>();
  size_t copied = 0;
  if (buf == nullptr) {
    NAPI_ARG(env, result);
    copied = static_cast<size_t>(string->Length());
  } else if (bufsize > 0) {
    int count = std::min(string->Length(), js::room(bufsize));
    js::write_two_byte(env->isolate(), string, reinterpret_cast<uint16_t*>(buf), 0, count);
    copied = static_cast<size_t>(count);
    buf[copied] = u'\0';
  }
  if (result != nullptr) *result = copied;
  return env->ok();
}

#ifdef NODE_API_EXPERIMENTAL_HAS_EXTERNAL_STRINGS
// V8 could use the addon's memory; a copy lets go of it at once, which the API allows for.
napi_status node_api_create_external_string_latin1(napi_env env, char* text, size_t length,
                                                   node_api_nogc_finalize finalize, void* hint,
                                                   napi_value* result, bool* copied) {
  napi_status status = napi_create_string_latin1(env, text, length, result);
  if (status != napi_ok) return status;
  if (copied != nullptr) *copied = true;
  if (finalize != nullptr) env->run_finalizer({finalize, text, hint});
  return env->ok();
}

napi_status node_api_create_external_string_utf16(napi_env env, char16_t* text, size_t length,
                                                  node_api_nogc_finalize finalize, void* hint,
                                                  napi_value* result, bool* copied) {
  napi_status status = napi_create_string_utf16(env, text, length, result);
  if (status != napi_ok) return status;
  if (copied != nullptr) *copied = true;
  if (finalize != nullptr) env->run_finalizer({finalize, text, hint});
  return env->ok();
}
#endif

// ---- Symbols and dates ---------------------------------------------------------------------

napi_status napi_create_symbol(napi_env env, napi_value description, napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  v8::Local<v8::String> text;
  if (description != nullptr) {
    NAPI_REQUIRE(env, from_napi(description)->IsString(), napi_string_expected);
    text = from_napi(description).As<v8::String>();
  }
  return give(env, result, v8::Symbol::New(env->isolate(), text));
}

napi_status node_api_symbol_for(napi_env env, const char* description, size_t length,
                                napi_value* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, result);
  v8::Local<v8::String> text;
  NAPI_REQUIRE(env, js::napi_new_string(env, description, length, &text), napi_invalid_arg);
  return give(env, result, v8::Symbol::For(env->isolate(), text));
}

napi_status napi_create_date(napi_env env, double time, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, result);
  v8::Local<v8::Value> date;
  if (!v8::Date::New(env->context(), time).ToLocal(&date)) return script.failed();
  return give(env, result, date);
}

napi_status napi_is_date(napi_env env, napi_value value, bool* is_date) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, is_date);
  *is_date = from_napi(value)->IsDate();
  return env->ok();
}

napi_status napi_get_date_value(napi_env env, napi_value value, double* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  NAPI_REQUIRE(env, from_napi(value)->IsDate(), napi_date_expected);
  *result = from_napi(value).As<v8::Date>()->ValueOf();
  return script.done();
}

// ---- Kinds and conversions -----------------------------------------------------------------

napi_status napi_typeof(napi_env env, napi_value value, napi_valuetype* result) {
  NAPI_ENTER(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  v8::Local<v8::Value> v = from_napi(value);
  if (v->IsNumber()) {
    *result = napi_number;
  } else if (v->IsBigInt()) {
    *result = napi_bigint;
  } else if (v->IsString()) {
    *result = napi_string;
  } else if (v->IsFunction()) {
    *result = napi_function;
  } else if (v->IsExternal()) {
    *result = napi_external;
  } else if (v->IsObject()) {
    *result = napi_object;
  } else if (v->IsBoolean()) {
    *result = napi_boolean;
  } else if (v->IsSymbol()) {
    *result = napi_symbol;
  } else if (v->IsUndefined()) {
    *result = napi_undefined;
  } else if (v->IsNull()) {
    *result = napi_null;
  } else {
    return env->set(napi_invalid_arg);
  }
  return env->ok();
}

napi_status napi_coerce_to_bool(napi_env env, napi_value value, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  return give(env, result, from_napi(value)->ToBoolean(env->isolate()));
}

napi_status napi_coerce_to_number(napi_env env, napi_value value, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  v8::Local<v8::Number> number;
  if (!from_napi(value)->ToNumber(env->context()).ToLocal(&number)) {
    return script.failed(napi_number_expected);
  }
  return give(env, result, number);
}

napi_status napi_coerce_to_object(napi_env env, napi_value value, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  v8::Local<v8::Object> object;
  if (!from_napi(value)->ToObject(env->context()).ToLocal(&object)) {
    return env->set(napi_object_expected);
  }
  return give(env, result, object);
}

napi_status napi_coerce_to_string(napi_env env, napi_value value, napi_value* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, value);
  NAPI_ARG(env, result);
  v8::Local<v8::String> string;
  if (!from_napi(value)->ToString(env->context()).ToLocal(&string)) {
    return script.failed(napi_string_expected);
  }
  return give(env, result, string);
}

napi_status napi_strict_equals(napi_env env, napi_value lhs, napi_value rhs, bool* result) {
  NAPI_ENTER_SCRIPT(env);
  NAPI_ARG(env, lhs);
  NAPI_ARG(env, rhs);
  NAPI_ARG(env, result);
  *result = from_napi(lhs)->StrictEquals(from_napi(rhs));
  return script.done();
}
#endif
