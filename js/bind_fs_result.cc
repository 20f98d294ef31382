// fs: what an operation of core/file_work.h found, as JavaScript values and errors.
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/base/encoding.h"
#include "core/file_work.h"
#include "js/bind_fs.h"
#include "js/buffer.h"

namespace node::js {

namespace {

v8::MaybeLocal<v8::Value> text_value(Env& env, std::string_view text, int32_t options) {
  if ((options & kAsBuffer) != 0) return make_buffer(env, text.data(), text.size());
  if (is_ascii(text.data(), text.size())) {
    v8::Local<v8::String> string;
    if (v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<const uint8_t*>(text.data()),
                                   v8::NewStringType::kNormal, static_cast<int>(text.size()))
            .ToLocal(&string)) {
      return string;
    }
  }
  return env.string(text);
}

v8::Local<v8::Value> coded(Env& env, v8::Local<v8::Value> error, const char* code) {
  ignore(error.As<v8::Object>()->Set(env.context(), env.name("code"), env.name(code)));
  return error;
}

v8::Local<v8::Value> content_value(Env& env, FileRequest& request, int32_t options,
                                   v8::Local<v8::Value>* error) {
  constexpr size_t kCopyLimit = 4096;
  size_t len = request.data_len;
  if ((options & kAsUtf8) != 0) {
    if (len > static_cast<size_t>(v8::String::kMaxLength)) {
      *error =
          coded(env, v8::Exception::Error(env.string(string_too_long())), "ERR_STRING_TOO_LONG");
      return v8::Undefined(env.isolate());
    }
    v8::Local<v8::Value> text;
    if (text_value(env, {request.data, len}, 0).ToLocal(&text)) return text;
    return v8::Undefined(env.isolate());
  }
  if (len <= kCopyLimit) return make_buffer(env, request.data, len);
  // What was allotted for growth but not used goes back.
  char* data = request.take_data();
  char* exact = static_cast<char*>(std::realloc(data, len));
  return make_buffer_adopt(env, exact != nullptr ? exact : data, len);
}

v8::MaybeLocal<v8::Value> names_value(Env& env, const FileRequest& request, int32_t options) {
  std::vector<v8::Local<v8::Value>> list;
  bool with_types = (options & kWithTypes) != 0;
  list.reserve(request.types.size() * (with_types ? 2 : 1));
  const char* at = request.names.data();
  for (uint8_t type : request.types) {
    std::string_view name(at);
    at += name.size() + 1;
    v8::Local<v8::Value> value;
    if (!text_value(env, name, options).ToLocal(&value)) return {};
    list.push_back(value);
    if (with_types) list.push_back(v8::Integer::New(env.isolate(), type));
  }
  return v8::Array::New(env.isolate(), list.data(), list.size());
}

void publish_stat(Env& env, const FileStat& stat, int32_t options) {
  v8::Local<v8::Value> shared = env.hook(Hook::kFsStats);
  Bytes memory;
  CHECK(read_bytes(shared, &memory) && memory.size() >= sizeof stat.values);
  if ((options & kBigInt) != 0) {
    std::memcpy(memory.data(), stat.values, sizeof stat.values);
    return;
  }
  double* out = reinterpret_cast<double*>(memory.data());
  for (int i = 0; i < FileStat::kValues; ++i) out[i] = static_cast<double>(stat.values[i]);
}

v8::Local<v8::Value> error_value(Env& env, const FileRequest& request) {
  if (request.error.code == EFBIG && request.op == FileOp::kReadFile) {
    std::string text = "File size (" + std::to_string(request.result) + ") is greater than 2 GiB";
    return coded(env, v8::Exception::RangeError(env.string(text)), "ERR_FS_FILE_TOO_LARGE");
  }
  if (!request.error_has_path || !request.has_path) return system_error(env, request.error);
  v8::Local<v8::Value> error = system_error(env, request.error, request.path, request.dest);
  if (request.path.empty() && request.dest.empty()) {
    // Otherwise an empty path looks like none.
    v8::Local<v8::Object> object = error.As<v8::Object>();
    std::string text = std::string(errno_name(request.error.code)) + ": " +
                       errno_message(request.error.code) + ", " + request.error.call + " ''";
    ignore(object->Set(env.context(), env.name("message"), env.string(text)));
    ignore(object->Set(env.context(), env.name("path"), env.name("")));
  }
  return error;
}

}  // namespace

v8::Local<v8::Value> file_result(Env& env, FileRequest& request, int32_t options,
                                 v8::Local<v8::Value>* error) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Value> undefined = v8::Undefined(isolate);
  if (request.error) {
    if ((options & kQuietMissing) != 0 && request.error.code == ENOENT) return v8::False(isolate);
    *error = error_value(env, request);
    return undefined;
  }
  switch (request.op) {
    case FileOp::kOpen:
    case FileOp::kRead:
    case FileOp::kWrite:
      return v8::Number::New(isolate, static_cast<double>(request.result));
    case FileOp::kReadFile:
      return content_value(env, request, options, error);
    case FileOp::kStat:
    case FileOp::kLstat:
    case FileOp::kFstat:
    case FileOp::kStatFs:
      publish_stat(env, request.stat, options);
      return undefined;
    case FileOp::kReadDir:
    case FileOp::kReadOpenDir:
      return names_value(env, request, options).FromMaybe(undefined);
    case FileOp::kMakeDirTree:
      if (request.text.empty()) return undefined;
      [[fallthrough]];
    case FileOp::kMakeTempDir:
    case FileOp::kReadLink:
    case FileOp::kRealPath:
      return text_value(env, request.text, options).FromMaybe(undefined);
    case FileOp::kOpenDir: {
      v8::Local<v8::Object> handle;
      if (!env.new_instance(kDirHandleClass).ToLocal(&handle)) return undefined;
      new DirHandle(env, handle, request.dir);
      return handle;
    }
    default:
      return undefined;
  }
}

}  // namespace node::js
