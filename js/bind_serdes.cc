// serdes: V8's own format for values: structuredClone(), v8.serialize() and heap statistics.
#include <v8-profiler.h>

#include <cstring>
#include <memory>
#include <vector>

#include "js/bind.h"
#include "js/buffer.h"

namespace node::js {

namespace {

// The exception that the hook makes out of V8's message.
void throw_clone_error(Env& env, v8::Local<v8::String> message) {
  v8::Local<v8::Value> error = v8::Exception::Error(message);
  if (env.has_hook(Hook::kMakeDomException)) {
    v8::Local<v8::Value> args[] = {message, env.name("DataCloneError")};
    if (!env.hook(Hook::kMakeDomException)
             .As<v8::Function>()
             ->Call(env.context(), v8::Undefined(env.isolate()), 2, args)
             .ToLocal(&error)) {
      return;
    }
  }
  env.isolate()->ThrowException(error);
}

// ---- structuredClone ---------------------------------------------------------------------------

using Marks = std::vector<v8::Local<v8::Object>>;

class CloneWriter : public v8::ValueSerializer::Delegate {
 public:
  CloneWriter(Env& env, const Marks& marks)
      : env_(env), marks_(marks), serializer_(env.isolate(), this) {}
  v8::ValueSerializer& serializer() { return serializer_; }

  // Marks are written by their numbers; nothing else that is no object of the language passes.
  v8::Maybe<bool> WriteHostObject(v8::Isolate* isolate, v8::Local<v8::Object> object) override {
    for (uint32_t i = 0; i < marks_.size(); ++i) {
      if (marks_[i] != object) continue;
      serializer_.WriteUint32(i);
      return v8::Just(true);
    }
    return Delegate::WriteHostObject(isolate, object);
  }
  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    throw_clone_error(env_, message);
  }
  v8::Maybe<uint32_t> GetSharedArrayBufferId(v8::Isolate*,
                                             v8::Local<v8::SharedArrayBuffer> shared) override {
    for (uint32_t i = 0; i < shared_.size(); ++i) {
      if (shared_[i] == shared) return v8::Just(i);
    }
    // What is passed in lives in a scope of V8's own.
    shared_.emplace_back(env_.isolate(), shared);
    return v8::Just(static_cast<uint32_t>(shared_.size() - 1));
  }
  const std::vector<v8::Global<v8::SharedArrayBuffer>>& shared() const { return shared_; }

 private:
  Env& env_;
  const Marks& marks_;
  v8::ValueSerializer serializer_;
  std::vector<v8::Global<v8::SharedArrayBuffer>> shared_;
};

// Gives V8 the shared memory and the marks that the message names by number.
class CloneReader : public v8::ValueDeserializer::Delegate {
 public:
  CloneReader(Env& env, std::span<const uint8_t> data, const Marks& marks,
              const std::vector<v8::Global<v8::SharedArrayBuffer>>& shared)
      : marks_(marks),
        shared_(shared),
        deserializer_(env.isolate(), data.data(), data.size(), this) {}
  v8::ValueDeserializer& deserializer() { return deserializer_; }

  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate*) override {
    uint32_t number = 0;
    if (!deserializer_.ReadUint32(&number) || number >= marks_.size()) return {};
    return marks_[number];
  }
  v8::MaybeLocal<v8::SharedArrayBuffer> GetSharedArrayBufferFromId(v8::Isolate* isolate,
                                                                   uint32_t id) override {
    if (id >= shared_.size()) return {};
    return shared_[id].Get(isolate);
  }

 private:
  const Marks& marks_;
  const std::vector<v8::Global<v8::SharedArrayBuffer>>& shared_;
  v8::ValueDeserializer deserializer_;
};

bool read_transfer_list(Env& env, v8::Local<v8::Value> list,
                        std::vector<v8::Local<v8::ArrayBuffer>>* out) {
  if (!list->IsArray()) return true;
  v8::Local<v8::Array> array = list.As<v8::Array>();
  for (uint32_t i = 0; i < array->Length(); ++i) {
    v8::Local<v8::Value> value;
    if (!array->Get(env.context(), i).ToLocal(&value)) return false;
    if (!value->IsArrayBuffer()) {
      throw_type_error(env, "ERR_INVALID_TRANSFER_OBJECT", "Found invalid object in transferList");
      return false;
    }
    const char* problem = nullptr;
    if (!value.As<v8::ArrayBuffer>()->IsDetachable()) {
      problem = "An ArrayBuffer that cannot be detached could not be cloned.";
    }
    for (v8::Local<v8::ArrayBuffer> other : *out) {
      if (other == value) problem = "Transfer list contains duplicate ArrayBuffer";
    }
    if (problem != nullptr) {
      throw_clone_error(env, env.string(problem));
      return false;
    }
    out->push_back(value.As<v8::ArrayBuffer>());
  }
  return true;
}

bool read_marks(Env& env, v8::Local<v8::Value> list, Marks* out) {
  if (!list->IsArray()) return true;
  v8::Local<v8::Array> array = list.As<v8::Array>();
  for (uint32_t i = 0; i < array->Length(); ++i) {
    v8::Local<v8::Value> value;
    if (!array->Get(env.context(), i).ToLocal(&value) || !value->IsObject()) return false;
    out->push_back(value.As<v8::Object>());
  }
  return true;
}

// structuredClone(value, transferList or undefined, marks or undefined): marks are Serializers,
// which the copy then has where `value` has them.
void structured_clone(const Args& info) {
  Env& env = Env::from(info);
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Context> context = env.context();
  std::vector<v8::Local<v8::ArrayBuffer>> transferred;
  if (!read_transfer_list(env, info[1], &transferred)) return;
  Marks marks;
  if (!read_marks(env, info[2], &marks)) return;

  CloneWriter writer(env, marks);
  v8::ValueSerializer& serializer = writer.serializer();
  serializer.WriteHeader();
  for (uint32_t i = 0; i < transferred.size(); ++i) {
    serializer.TransferArrayBuffer(i, transferred[i]);
  }
  if (!serializer.WriteValue(context, info[0]).FromMaybe(false)) return;
  std::pair<uint8_t*, size_t> data = serializer.Release();
  std::unique_ptr<uint8_t, decltype(&std::free)> owned(data.first, std::free);

  std::vector<v8::Local<v8::ArrayBuffer>> received;
  for (v8::Local<v8::ArrayBuffer> buffer : transferred) {
    std::shared_ptr<v8::BackingStore> store = buffer->GetBackingStore();
    detach(buffer);
    received.push_back(v8::ArrayBuffer::New(isolate, std::move(store)));
  }
  CloneReader reader(env, {data.first, data.second}, marks, writer.shared());
  v8::ValueDeserializer& deserializer = reader.deserializer();
  for (uint32_t i = 0; i < received.size(); ++i) {
    deserializer.TransferArrayBuffer(i, received[i]);
  }
  v8::Local<v8::Value> result;
  if (deserializer.ReadHeader(context).FromMaybe(false) &&
      deserializer.ReadValue(context).ToLocal(&result)) {
    info.GetReturnValue().Set(result);
  }
}

// ---- v8.Serializer -----------------------------------------------------------------------------

class Serializer : public Wrapped, public v8::ValueSerializer::Delegate {
 public:
  Serializer(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object), serializer_(env.isolate(), this) {}
  static void make(Env& env, const Args& info) { new Serializer(env, info.This()); }

  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    v8::Local<v8::Value> error;
    v8::Local<v8::Value> arg = message;
    if (!call("_getDataCloneError", &arg).ToLocal(&error)) return;
    if (!error->IsObject()) error = v8::Exception::Error(message);
    env().isolate()->ThrowException(error);
  }
  v8::Maybe<bool> WriteHostObject(v8::Isolate*, v8::Local<v8::Object> host) override {
    v8::Local<v8::Value> arg = host;
    v8::Local<v8::Value> answer;
    if (!call("_writeHostObject", &arg).ToLocal(&answer)) return v8::Nothing<bool>();
    return v8::Just(true);
  }
  v8::Maybe<uint32_t> GetSharedArrayBufferId(v8::Isolate*,
                                             v8::Local<v8::SharedArrayBuffer> shared) override {
    v8::Local<v8::Value> arg = shared;
    v8::Local<v8::Value> answer;
    if (!call("_getSharedArrayBufferId", &arg).ToLocal(&answer)) return v8::Nothing<uint32_t>();
    return answer->Uint32Value(env().context());
  }

  void write_header() { serializer_.WriteHeader(); }
  void write_value(const Args& info) {
    bool ok;
    if (serializer_.WriteValue(env().context(), info[0]).To(&ok)) info.GetReturnValue().Set(ok);
  }
  v8::Local<v8::Value> release_buffer() {
    std::pair<uint8_t*, size_t> data = serializer_.Release();
    return make_buffer_adopt(env(), reinterpret_cast<char*>(data.first), data.second);
  }
  void transfer_array_buffer(const Args& info) {
    uint32_t id = info[0]->Uint32Value(env().context()).FromMaybe(0);
    if (!info[1]->IsArrayBuffer()) return throw_bad_argument(env(), 1, "ArrayBuffer");
    serializer_.TransferArrayBuffer(id, info[1].As<v8::ArrayBuffer>());
  }
  void write_uint32(uint32_t value) { serializer_.WriteUint32(value); }
  void write_uint64(uint32_t high, uint32_t low) {
    serializer_.WriteUint64(static_cast<uint64_t>(high) << 32 | low);
  }
  void write_double(double value) { serializer_.WriteDouble(value); }
  void write_raw_bytes(Bytes bytes) { serializer_.WriteRawBytes(bytes.data(), bytes.size()); }
  void treat_views_as_host_objects(bool on) {
    serializer_.SetTreatArrayBufferViewsAsHostObjects(on);
  }

 private:
  // A missing method is an error: it would leave a hole in the data.
  v8::MaybeLocal<v8::Value> call(const char* name, v8::Local<v8::Value>* arg) {
    v8::Local<v8::Value> method;
    if (!object()->Get(env().context(), env().name(name)).ToLocal(&method)) return {};
    if (!method->IsFunction()) {
      throw_type_error(env(), "ERR_METHOD_NOT_IMPLEMENTED",
                       std::string("The ").append(name).append("() method is not implemented"));
      return {};
    }
    return method.As<v8::Function>()->Call(env().context(), object(), 1, arg);
  }

  v8::ValueSerializer serializer_;
};

class Deserializer : public Wrapped, public v8::ValueDeserializer::Delegate {
 public:
  Deserializer(Env& env, v8::Local<v8::Object> object, const Bytes& bytes)
      : Wrapped(env, object),
        data_(bytes.begin(), bytes.end()),
        deserializer_(env.isolate(), reinterpret_cast<const uint8_t*>(data_.data()), data_.size(),
                      this) {}
  static void make(Env& env, const Args& info) {
    Bytes bytes;
    if (!info[0]->IsArrayBufferView() || !read_bytes(info[0], &bytes)) {
      return throw_type_error(env, "ERR_INVALID_ARG_TYPE",
                              "buffer must be a TypedArray or a DataView");
    }
    new Deserializer(env, info.This(), bytes);
  }

  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate* isolate) override {
    // V8 forbids script while it reads, but for this.
    v8::Isolate::AllowJavascriptExecutionScope allow(isolate);
    v8::Local<v8::Value> method;
    v8::Local<v8::Value> result;
    if (!object()->Get(env().context(), env().name("_readHostObject")).ToLocal(&method)) return {};
    if (!method->IsFunction()) {
      return v8::ValueDeserializer::Delegate::ReadHostObject(isolate);
    }
    if (!method.As<v8::Function>()->Call(env().context(), object(), 0, nullptr).ToLocal(&result)) {
      return {};
    }
    if (!result->IsObject()) {
      throw_type_error(env(), "ERR_INVALID_RETURN_VALUE", "readHostObject must return an object");
      return {};
    }
    return result.As<v8::Object>();
  }

  v8::MaybeLocal<v8::SharedArrayBuffer> GetSharedArrayBufferFromId(v8::Isolate* isolate,
                                                                   uint32_t id) override {
    for (const auto& [number, memory] : shared_) {
      if (number == id) return memory.Get(isolate);
    }
    return {};
  }

  void read_header(const Args& info) {
    bool ok;
    if (deserializer_.ReadHeader(env().context()).To(&ok)) info.GetReturnValue().Set(ok);
  }
  void read_value(const Args& info) {
    v8::Local<v8::Value> value;
    if (deserializer_.ReadValue(env().context()).ToLocal(&value)) info.GetReturnValue().Set(value);
  }
  void transfer_array_buffer(const Args& info) {
    uint32_t id = info[0]->Uint32Value(env().context()).FromMaybe(0);
    if (info[1]->IsArrayBuffer()) {
      deserializer_.TransferArrayBuffer(id, info[1].As<v8::ArrayBuffer>());
    } else if (info[1]->IsSharedArrayBuffer()) {
      shared_.emplace_back(id, v8::Global<v8::SharedArrayBuffer>(
                                   env().isolate(), info[1].As<v8::SharedArrayBuffer>()));
    } else {
      throw_bad_argument(env(), 1, "ArrayBuffer");
    }
  }
  uint32_t wire_format_version() { return deserializer_.GetWireFormatVersion(); }
  void read_uint32(const Args& info) {
    uint32_t value;
    if (!deserializer_.ReadUint32(&value)) return throw_failed("ReadUint32");
    info.GetReturnValue().Set(value);
  }
  void read_uint64(const Args& info) {
    uint64_t value;
    if (!deserializer_.ReadUint64(&value)) return throw_failed("ReadUint64");
    v8::Local<v8::Value> halves[] = {
        v8::Integer::NewFromUnsigned(env().isolate(), static_cast<uint32_t>(value >> 32)),
        v8::Integer::NewFromUnsigned(env().isolate(), static_cast<uint32_t>(value))};
    info.GetReturnValue().Set(v8::Array::New(env().isolate(), halves, 2));
  }
  void read_double(const Args& info) {
    double value;
    if (!deserializer_.ReadDouble(&value)) return throw_failed("ReadDouble");
    info.GetReturnValue().Set(value);
  }
  void read_raw_bytes(const Args& info) {
    int64_t len = info[0]->IntegerValue(env().context()).FromMaybe(-1);
    const void* data;
    if (len < 0 || !deserializer_.ReadRawBytes(static_cast<size_t>(len), &data)) {
      return throw_failed("ReadRawBytes");
    }
    info.GetReturnValue().Set(
        make_buffer(env(), static_cast<const char*>(data), static_cast<size_t>(len)));
  }

 private:
  void throw_failed(const char* what) {
    throw_error(env(), "ERR_INTERNAL_ASSERTION", std::string(what) + "() failed");
  }

  // Shared memory that the program has given a number.
  std::vector<std::pair<uint32_t, v8::Global<v8::SharedArrayBuffer>>> shared_;
  std::vector<char> data_;
  v8::ValueDeserializer deserializer_;
};

// ---- Statistics
// ----------------------------------------------------------------------------------

v8::Local<v8::Array> numbers(Env& env, std::initializer_list<size_t> list) {
  std::vector<v8::Local<v8::Value>> values;
  for (size_t n : list) values.push_back(v8::Number::New(env.isolate(), static_cast<double>(n)));
  return v8::Array::New(env.isolate(), values.data(), values.size());
}

// heapStatistics(): in the order in which js/lib/v8.js names them.
v8::Local<v8::Array> heap_statistics(Env& env) {
  v8::HeapStatistics s;
  env.isolate()->GetHeapStatistics(&s);
  return numbers(
      env, {s.total_heap_size(), s.total_heap_size_executable(), s.total_physical_size(),
            s.total_available_size(), s.used_heap_size(), s.heap_size_limit(), s.malloced_memory(),
            s.peak_malloced_memory(), s.does_zap_garbage(), s.number_of_native_contexts(),
            s.number_of_detached_contexts(), s.total_global_handles_size(),
            s.used_global_handles_size(), s.external_memory()});
}

// heapSpaceStatistics(): [name, sizes] pairs.
v8::Local<v8::Array> heap_space_statistics(Env& env) {
  std::vector<v8::Local<v8::Value>> spaces;
  for (size_t i = 0; i < env.isolate()->NumberOfHeapSpaces(); ++i) {
    v8::HeapSpaceStatistics s;
    if (!env.isolate()->GetHeapSpaceStatistics(&s, i)) continue;
    v8::Local<v8::Value> row[] = {
        env.name(s.space_name()),
        numbers(env, {s.space_size(), s.space_used_size(), s.space_available_size(),
                      s.physical_space_size()})};
    spaces.push_back(v8::Array::New(env.isolate(), row, 2));
  }
  return v8::Array::New(env.isolate(), spaces.data(), spaces.size());
}

v8::Local<v8::Array> heap_code_statistics(Env& env) {
  v8::HeapCodeStatistics s;
  ignore(env.isolate()->GetHeapCodeAndMetadataStatistics(&s));
  return numbers(env, {s.code_and_metadata_size(), s.bytecode_and_metadata_size(),
                       s.external_script_source_size()});
}

void set_flags(Env&, const Utf8& flags) { v8::V8::SetFlagsFromString(flags.c_str(), flags.size()); }

uint32_t cached_data_version_tag(Env&) { return v8::ScriptCompiler::CachedDataVersionTag(); }

class SnapshotText : public v8::OutputStream {
 public:
  explicit SnapshotText(std::string* out) : out_(out) {}
  int GetChunkSize() override { return 65536; }
  void EndOfStream() override {}
  WriteResult WriteAsciiChunk(char* data, int size) override {
    out_->append(data, static_cast<size_t>(size));
    return kContinue;
  }

 private:
  std::string* out_;
};

// heapSnapshot(): the heap as the JSON that developer tools load, in a Buffer.
v8::Local<v8::Value> heap_snapshot(Env& env) {
  const v8::HeapSnapshot* snapshot = env.isolate()->GetHeapProfiler()->TakeHeapSnapshot();
  std::string text;
  SnapshotText stream(&text);
  snapshot->Serialize(&stream, v8::HeapSnapshot::kJSON);
  const_cast<v8::HeapSnapshot*>(snapshot)->Delete();
  return make_buffer(env, text.data(), text.size());
}

constexpr Method kSerializerMethods[] = {
    method<&Serializer::write_header>("writeHeader"),
    method<&Serializer::write_value>("writeValue"),
    method<&Serializer::release_buffer>("releaseBuffer"),
    method<&Serializer::transfer_array_buffer>("transferArrayBuffer"),
    method<&Serializer::write_uint32>("writeUint32"),
    method<&Serializer::write_uint64>("writeUint64"),
    method<&Serializer::write_double>("writeDouble"),
    method<&Serializer::write_raw_bytes>("writeRawBytes"),
    method<&Serializer::treat_views_as_host_objects>("_setTreatArrayBufferViewsAsHostObjects"),
};
constexpr Method kDeserializerMethods[] = {
    method<&Deserializer::read_header>("readHeader"),
    method<&Deserializer::read_value>("readValue"),
    method<&Deserializer::transfer_array_buffer>("transferArrayBuffer"),
    method<&Deserializer::wire_format_version>("getWireFormatVersion"),
    method<&Deserializer::read_uint32>("readUint32"),
    method<&Deserializer::read_uint64>("readUint64"),
    method<&Deserializer::read_double>("readDouble"),
    method<&Deserializer::read_raw_bytes>("readRawBytes"),
};
const ClassSpec kSerializerClass = wrapped_class<Serializer>("Serializer", kSerializerMethods);
const ClassSpec kDeserializerClass =
    wrapped_class<Deserializer>("Deserializer", kDeserializerMethods);
const ClassSpec* const kClasses[] = {&kSerializerClass, &kDeserializerClass};

constexpr Method kMethods[] = {
    raw("structuredClone", structured_clone),
    fn<&heap_statistics>("heapStatistics"),
    fn<&heap_space_statistics>("heapSpaceStatistics"),
    fn<&heap_code_statistics>("heapCodeStatistics"),
    fn<&heap_snapshot>("heapSnapshot"),
    fn<&set_flags>("setFlags"),
    fn<&cached_data_version_tag>("cachedDataVersionTag"),
};

}  // namespace

extern const Binding kSerdesBinding = {"serdes", kMethods, kClasses, nullptr};

}  // namespace node::js
