// An addon of functions on values, a class, references and errors.
#include <node_api.h>
#include <stdlib.h>

#define OK(call) \
  if ((call) != napi_ok) return NULL

static int finalized = 0;

// add(a, b), or a TypeError with a code.
static napi_value add(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value args[2], result;
  double a, b;
  OK(napi_get_cb_info(env, info, &argc, args, NULL, NULL));
  if (napi_get_value_double(env, args[0], &a) != napi_ok ||
      napi_get_value_double(env, args[1], &b) != napi_ok) {
    const napi_extended_error_info* error;
    napi_get_last_error_info(env, &error);
    napi_throw_type_error(env, "ERR_NOT_A_NUMBER", error->error_message);
    return NULL;
  }
  OK(napi_create_double(env, a + b, &result));
  return result;
}

// call(fn, value): fn's answer; what it throws goes on.
static napi_value call(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value args[2], receiver, result;
  OK(napi_get_cb_info(env, info, &argc, args, &receiver, NULL));
  OK(napi_call_function(env, receiver, args[0], 1, &args[1], &result));
  return result;
}

// statusOfCall(fn): the status, and whether an exception was pending, which it takes.
static napi_value status_of_call(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value fn, receiver, result, number, error;
  OK(napi_get_cb_info(env, info, &argc, &fn, &receiver, NULL));
  napi_status first = napi_call_function(env, receiver, fn, 0, NULL, NULL);
  napi_status second = napi_call_function(env, receiver, fn, 0, NULL, NULL);
  OK(napi_get_and_clear_last_exception(env, &error));
  OK(napi_create_array(env, &result));
  OK(napi_create_int32(env, first, &number));
  OK(napi_set_element(env, result, 0, number));
  OK(napi_create_int32(env, second, &number));
  OK(napi_set_element(env, result, 1, number));
  OK(napi_set_element(env, result, 2, error));
  return result;
}

static void count_finalized(napi_env env, void* data, void* hint) {
  (void)env;
  (void)hint;
  free(data);
  ++finalized;
}

static napi_value get_finalized(napi_env env, napi_callback_info info) {
  napi_value result;
  (void)info;
  OK(napi_create_int32(env, finalized, &result));
  return result;
}

// new Counter(start)
static napi_value counter_new(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value start, self;
  int32_t* count = malloc(sizeof *count);
  OK(napi_get_cb_info(env, info, &argc, &start, &self, NULL));
  if (napi_get_value_int32(env, start, count) != napi_ok) *count = 0;
  OK(napi_wrap(env, self, count, count_finalized, NULL, NULL));
  return self;
}

static napi_value counter_increment(napi_env env, napi_callback_info info) {
  napi_value self, result;
  void* count;
  OK(napi_get_cb_info(env, info, NULL, NULL, &self, NULL));
  OK(napi_unwrap(env, self, &count));
  OK(napi_create_int32(env, ++*(int32_t*)count, &result));
  return result;
}

static napi_value counter_value(napi_env env, napi_callback_info info) {
  napi_value self, result;
  void* count;
  OK(napi_get_cb_info(env, info, NULL, NULL, &self, NULL));
  OK(napi_unwrap(env, self, &count));
  OK(napi_create_int32(env, *(int32_t*)count, &result));
  return result;
}

// A Buffer over memory of ours.
static napi_value external_buffer(napi_env env, napi_callback_info info) {
  napi_value result;
  char* memory = malloc(100);
  (void)info;
  for (int i = 0; i < 100; ++i) memory[i] = (char)i;
  OK(napi_create_external_buffer(env, 100, memory, count_finalized, NULL, &result));
  return result;
}

// utf8(string, size): what a buffer of `size` bytes takes of it.
static napi_value utf8(napi_env env, napi_callback_info info) {
  size_t argc = 2, length;
  napi_value args[2], result;
  uint32_t size;
  char buffer[64];
  OK(napi_get_cb_info(env, info, &argc, args, NULL, NULL));
  OK(napi_get_value_uint32(env, args[1], &size));
  OK(napi_get_value_string_utf8(env, args[0], buffer, size, &length));
  OK(napi_create_string_utf8(env, buffer, length, &result));
  return result;
}

static napi_value uv_loop(napi_env env, napi_callback_info info) {
  struct uv_loop_s* loop;
  napi_value result;
  (void)info;
  OK(napi_create_int32(env, napi_get_uv_event_loop(env, &loop), &result));
  return result;
}

NAPI_MODULE_INIT() {
  napi_property_descriptor members[] = {
      {"increment", NULL, counter_increment, NULL, NULL, NULL, napi_default_method, NULL},
      {"value", NULL, NULL, counter_value, NULL, NULL, napi_enumerable, NULL},
  };
  napi_value counter;
  OK(napi_define_class(env, "Counter", NAPI_AUTO_LENGTH, counter_new, NULL, 2, members, &counter));
  napi_property_descriptor functions[] = {
      {"add", NULL, add, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"call", NULL, call, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"statusOfCall", NULL, status_of_call, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"finalized", NULL, NULL, get_finalized, NULL, NULL, napi_enumerable, NULL},
      {"externalBuffer", NULL, external_buffer, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"utf8", NULL, utf8, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"uvLoop", NULL, uv_loop, NULL, NULL, NULL, napi_default_jsproperty, NULL},
      {"Counter", NULL, NULL, NULL, NULL, counter, napi_enumerable, NULL},
  };
  OK(napi_define_properties(env, exports, sizeof functions / sizeof functions[0], functions));
  return exports;
}
