// zlib: streams being compressed or decompressed, here and now or on the thread pool.
#include <memory>
#include <utility>
#include <vector>

#include "core/pool.h"
#include "js/bind.h"
#include "zlib/compressor.h"
#include "zlib/decompressor.h"

namespace node::js {

namespace {

using zlib::Flush;
using zlib::Format;
using zlib::Status;

// The numbers of zlib.constants.
enum class Mode : int {
  kDeflate = 1,
  kInflate = 2,
  kGzip = 3,
  kGunzip = 4,
  kDeflateRaw = 5,
  kInflateRaw = 6,
  kUnzip = 7,
};

Format format_of(Mode mode) {
  switch (mode) {
    case Mode::kDeflate:
    case Mode::kInflate:
      return Format::kZlib;
    case Mode::kGzip:
    case Mode::kGunzip:
      return Format::kGzip;
    case Mode::kUnzip:
      return Format::kGzipOrZlib;
    default:
      return Format::kRaw;
  }
}

bool compresses(Mode mode) {
  return mode == Mode::kDeflate || mode == Mode::kGzip || mode == Mode::kDeflateRaw;
}

std::shared_ptr<v8::BackingStore> store_of(v8::Local<v8::Value> value) {
  if (value->IsArrayBufferView())
    return value.As<v8::ArrayBufferView>()->Buffer()->GetBackingStore();
  if (value->IsArrayBuffer()) return value.As<v8::ArrayBuffer>()->GetBackingStore();
  if (value->IsSharedArrayBuffer()) return value.As<v8::SharedArrayBuffer>()->GetBackingStore();
  return nullptr;
}

// One stream. `new Stream(mode, windowBits, level, memLevel, strategy, dictionary or undefined,
// state, done)`: after each write, state (a Float64Array) has the room left in the output, the
// input left, and the status; after those on the pool, done() is called on the object. Arguments
// have been checked by js/lib/internal/zlib.
class ZlibStream : public Wrapped, private Work {
 public:
  static void make(Env& env, const Args& info);

  // write(flush, input, inputOffset, inputLength, output, outputOffset), on the pool.
  void write(const Args& info);
  void write_sync(const Args& info);
  // What is wrong, when the status says that something is.
  const char* message() { return message_ == nullptr ? "Zlib error" : message_; }
  void params(int32_t level, int32_t strategy);
  void reset();
  // Frees it all, after the write that is under way.
  void close();

 private:
  ZlibStream(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object),
        Work([](Work* w) { static_cast<ZlibStream*>(w)->compute(); },
             [](Work* w, bool cancelled) { static_cast<ZlibStream*>(w)->on_done(cancelled); }) {}
  ~ZlibStream() override { free_streams(); }

  bool begin(const Args& info);
  void compute();
  void decompress();
  void finish();
  void on_done(bool cancelled);
  void account(int64_t bytes) { env().isolate()->AdjustAmountOfExternalAllocatedMemory(bytes); }
  void free_streams();
  void use_dictionary();

  std::unique_ptr<zlib::Compressor> compressor_;
  std::unique_ptr<zlib::Decompressor> decompressor_;
  int64_t accounted_ = 0;
  std::vector<uint8_t> dictionary_;
  v8::Global<v8::Function> done_;
  std::shared_ptr<v8::BackingStore> state_, input_, output_;
  zlib::Buffers io_ = {};
  Flush flush_ = Flush::kNone;
  Status status_ = Status::kOk;
  const char* message_ = nullptr;
  bool busy_ = false, closing_ = false;
};

void ZlibStream::make(Env& env, const Args& info) {
  int32_t numbers[5];
  for (int i = 0; i < 5; i++)
    if (!info[i]->Int32Value(env.context()).To(&numbers[i])) return;
  if (!info[6]->IsFloat64Array() || !info[7]->IsFunction())
    return throw_bad_argument(env, 6, "Float64Array");
  auto* self = new ZlibStream(env, info.This());
  self->state_ = store_of(info[6]);
  self->done_.Reset(env.isolate(), info[7].As<v8::Function>());
  Bytes dictionary;
  if (read_bytes(info[5], &dictionary))
    self->dictionary_.assign(dictionary.begin(), dictionary.end());
  auto mode = static_cast<Mode>(numbers[0]);
  auto window_bits = static_cast<unsigned>(numbers[1]);
  if (compresses(mode)) {
    zlib::DeflateOptions options;
    options.window_bits = window_bits;
    if (numbers[2] >= 0) options.level = numbers[2];
    options.memory_level = static_cast<unsigned>(numbers[3]);
    options.strategy = static_cast<zlib::Strategy>(numbers[4]);
    self->compressor_ = std::make_unique<zlib::Compressor>(format_of(mode), options);
    self->accounted_ = static_cast<int64_t>(self->compressor_->memory_bytes());
  } else {
    self->decompressor_ = std::make_unique<zlib::Decompressor>(format_of(mode), window_bits);
    self->accounted_ = static_cast<int64_t>(self->decompressor_->memory_bytes());
  }
  self->account(self->accounted_);
  self->use_dictionary();
}

// Where the stream itself does not ask for it.
void ZlibStream::use_dictionary() {
  if (dictionary_.empty()) return;
  if (compressor_) compressor_->set_dictionary(dictionary_);
  if (decompressor_ && decompressor_->is_raw()) decompressor_->set_dictionary(dictionary_);
}

void ZlibStream::free_streams() {
  compressor_.reset();
  decompressor_.reset();
  dictionary_ = {};
  input_.reset();
  output_.reset();
  account(-accounted_);
  accounted_ = 0;
}

// Takes the arguments of a write; false after a throw.
bool ZlibStream::begin(const Args& info) {
  Bytes input, output;
  double numbers[4];
  constexpr int kNumbers[] = {0, 2, 3, 5};
  for (int i = 0; i < 4; i++)
    if (!info[kNumbers[i]]->NumberValue(env().context()).To(&numbers[i])) return false;
  auto in_offset = static_cast<size_t>(numbers[1]), in_len = static_cast<size_t>(numbers[2]);
  auto out_offset = static_cast<size_t>(numbers[3]);
  if (busy_ || (!compressor_ && !decompressor_) || !read_bytes(info[1], &input) ||
      !read_bytes(info[4], &output) || in_offset > input.size() ||
      in_len > input.size() - in_offset || out_offset > output.size()) {
    throw_bad_argument(env(), 1, "ArrayBufferView with room, of a stream that is not busy");
    return false;
  }
  input_ = store_of(info[1]);
  output_ = store_of(info[4]);
  flush_ = static_cast<Flush>(static_cast<int>(numbers[0]));
  io_.in = reinterpret_cast<const uint8_t*>(input.data()) + in_offset;
  io_.in_len = in_len;
  io_.out = reinterpret_cast<uint8_t*>(output.data()) + out_offset;
  io_.out_len = output.size() - out_offset;
  return true;
}

void ZlibStream::write(const Args& info) {
  if (!begin(info)) return;
  busy_ = true;
  pin();
  env().loop().pool().submit(*this);
}

void ZlibStream::write_sync(const Args& info) {
  if (!begin(info)) return;
  compute();
  finish();
}

// On any thread.
void ZlibStream::compute() {
  message_ = nullptr;
  if (compressor_)
    status_ = compressor_->run(&io_, flush_);
  else
    decompress();
  if (status_ == Status::kBufferError && io_.out_len > 0 && flush_ == Flush::kFinish)
    message_ = "unexpected end of file";
  else if (status_ == Status::kBufferError)
    status_ = Status::kOk;
}

void ZlibStream::decompress() {
  const bool finish = flush_ == Flush::kFinish;
  status_ = decompressor_->run(&io_, finish);
  if (status_ == Status::kNeedDictionary && !dictionary_.empty()) {
    if (decompressor_->set_dictionary(dictionary_) == Status::kOk)
      status_ = decompressor_->run(&io_, finish);
    else
      message_ = "Bad dictionary";
  } else if (status_ == Status::kNeedDictionary) {
    message_ = "Missing dictionary";
  }
  // Members of a gzip file follow each other; zeros after the last one are padding.
  while (status_ == Status::kStreamEnd && decompressor_->is_gzip() && io_.in_len > 0 &&
         *io_.in != 0) {
    decompressor_->reset();
    status_ = decompressor_->run(&io_, finish);
  }
  if (status_ == Status::kDataError) message_ = decompressor_->message();
}

// Tells script how far it went.
void ZlibStream::finish() {
  auto* state = static_cast<double*>(state_->Data());
  state[0] = static_cast<double>(io_.out_len);
  state[1] = static_cast<double>(io_.in_len);
  state[2] = message_ == nullptr ? 0 : static_cast<double>(status_);
  input_.reset();
  output_.reset();
}

void ZlibStream::on_done(bool cancelled) {
  busy_ = false;
  v8::Isolate* isolate = env().isolate();
  v8::HandleScope scope(isolate);
  v8::Local<v8::Object> self = object();
  finish();
  unpin();
  if (closing_) return free_streams();
  // Only at the very end, when script is not to be entered any more.
  if (cancelled) return;
  v8::Context::Scope context_scope(env().context());
  ignore(env().call(done_.Get(isolate), self, 0, nullptr));
}

void ZlibStream::params(int32_t level, int32_t strategy) {
  if (!busy_ && compressor_)
    compressor_->set_params(level < 0 ? 6 : level, static_cast<zlib::Strategy>(strategy));
}

void ZlibStream::reset() {
  if (busy_) return;
  if (compressor_) compressor_->reset();
  if (decompressor_) decompressor_->reset();
  use_dictionary();
}

void ZlibStream::close() {
  if (busy_)
    closing_ = true;
  else
    free_streams();
}

// crc32(bytes, before): over strings as UTF-8 as well.
v8::Local<v8::Value> crc32_of(Env& env, v8::Local<v8::Value> data, uint32_t before) {
  Bytes bytes;
  Utf8 text;
  std::string_view view;
  if (read_bytes(data, &bytes))
    view = {bytes.data(), bytes.size()};
  else if (text.read(env.isolate(), data))
    view = text.view();
  zlib::ByteSpan span(reinterpret_cast<const uint8_t*>(view.data()), view.size());
  return v8::Integer::NewFromUnsigned(env.isolate(), zlib::crc32(before, span));
}

constexpr Method kStreamMethods[] = {
    method<&ZlibStream::write>("write"),     method<&ZlibStream::write_sync>("writeSync"),
    method<&ZlibStream::message>("message"), method<&ZlibStream::params>("params"),
    method<&ZlibStream::reset>("reset"),     method<&ZlibStream::close>("close"),
};
const ClassSpec kStreamClass = wrapped_class<ZlibStream>("ZlibStream", kStreamMethods);
constexpr const ClassSpec* kClasses[] = {&kStreamClass};
constexpr Method kMethods[] = {fn<&crc32_of>("crc32")};

}  // namespace

extern const Binding kZlibBinding = {"zlib", kMethods, kClasses, nullptr};

}  // namespace node::js
