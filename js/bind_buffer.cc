// buffer: what Buffer needs from C++. The slice and write functions become methods of its
// prototype; they take the raw callback information because programs call them for every short
// string.
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "core/base/encoding.h"
#include "js/bind.h"
#include "js/buffer.h"

namespace node::js {

namespace {

// Units of a string, on the stack when short. `failed` after an allocation that failed.
template <typename Unit>
class Units {
 public:
  Units(v8::Isolate* isolate, v8::Local<v8::String> string) : size_(string->Length()) {
    if (size_ > kInline) data_ = static_cast<Unit*>(std::malloc(size_ * sizeof(Unit)));
    if (data_ == nullptr) return;
    int length = static_cast<int>(size_);
    if constexpr (sizeof(Unit) == 1) {
      write_one_byte(isolate, string, data_, 0, length);
    } else {
      write_two_byte(isolate, string, data_, 0, length);
    }
  }
  ~Units() {
    if (data_ != inline_) std::free(data_);
  }
  Units(const Units&) = delete;
  Units& operator=(const Units&) = delete;
  bool failed() const { return data_ == nullptr; }
  const Unit* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kInline = 1024 / sizeof(Unit);
  Unit inline_[kInline];
  Unit* data_ = inline_;
  size_t size_;
};

// Calls `f(units, length)` with the string's units as they are stored.
template <typename F>
size_t with_units(Env& env, v8::Local<v8::String> string, F f) {
  if (string->IsOneByte()) {
    Units<uint8_t> units(env.isolate(), string);
    if (!units.failed()) return f(units.data(), units.size());
  } else {
    Units<uint16_t> units(env.isolate(), string);
    if (!units.failed()) return f(units.data(), units.size());
  }
  throw_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Failed to allocate memory");
  return 0;
}

uint8_t* unsigned_bytes(const Bytes& bytes) { return reinterpret_cast<uint8_t*>(bytes.data()); }

// An index argument: `fallback` when it is undefined, clamped to 0 and `limit`. False when
// negative.
bool read_index(const Args& info, int i, size_t fallback, size_t limit, size_t* out) {
  v8::Local<v8::Value> value = info[i];
  if (value->IsInt32()) {
    int32_t n = value.As<v8::Int32>()->Value();
    if (n < 0) return false;
    *out = static_cast<size_t>(n) < limit ? static_cast<size_t>(n) : limit;
    return true;
  }
  if (value->IsUndefined()) {
    *out = fallback;
    return true;
  }
  // Objects are not asked for a number: that would run script.
  double n = 0;
  if (value->IsNumber()) {
    n = value.As<v8::Number>()->Value();
  } else if (value->IsString()) {
    n = value->NumberValue(Env::from(info).context()).FromMaybe(0);
  }
  if (n < 0) return false;
  *out = std::isnan(n) ? 0 : n < static_cast<double>(limit) ? static_cast<size_t>(n) : limit;
  return true;
}

void throw_out_of_range(const Args& info) {
  throw_range_error(Env::from(info), "ERR_OUT_OF_RANGE", "Index out of range");
}

// The receiver's bytes; throws when it has none.
bool read_receiver(const Args& info, Bytes* out) {
  if (read_bytes(info.This(), out)) return true;
  throw_type_error(Env::from(info), "ERR_INVALID_ARG_TYPE", "argument must be a buffer");
  return false;
}

// ---- Bytes to strings ----------------------------------------------------------------------

// Strings that V8 cannot make are too long for it, or memory is gone.
void return_string(const Args& info, v8::MaybeLocal<v8::String> string) {
  v8::Local<v8::String> result;
  if (string.ToLocal(&result)) return info.GetReturnValue().Set(result);
  throw_error(Env::from(info), "ERR_STRING_TOO_LONG", string_too_long());
}

v8::MaybeLocal<v8::String> one_byte(v8::Isolate* isolate, const void* data, size_t len) {
  if (len > static_cast<size_t>(v8::String::kMaxLength)) return {};
  return v8::String::NewFromOneByte(isolate, static_cast<const uint8_t*>(data),
                                    v8::NewStringType::kNormal, static_cast<int>(len));
}

v8::MaybeLocal<v8::String> from_latin1(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  return one_byte(isolate, data, len);
}

// Runs `make(out)` over memory of `size` characters and returns them as a string.
template <typename F>
v8::MaybeLocal<v8::String> built(v8::Isolate* isolate, size_t size, F make) {
  char stack[1024];
  if (size <= sizeof stack) {
    make(stack);
    return one_byte(isolate, stack, size);
  }
  if (size > static_cast<size_t>(v8::String::kMaxLength)) return {};
  std::unique_ptr<char, decltype(&std::free)> heap(static_cast<char*>(std::malloc(size)),
                                                   std::free);
  if (heap == nullptr) return {};
  make(heap.get());
  return one_byte(isolate, heap.get(), size);
}

v8::MaybeLocal<v8::String> from_ascii(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  if (is_ascii(data, len)) return one_byte(isolate, data, len);
  return built(isolate, len, [&](char* out) {
    for (size_t i = 0; i < len; ++i) out[i] = static_cast<char>(data[i] & 0x7F);
  });
}

v8::MaybeLocal<v8::String> from_utf8(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  if (is_ascii(data, len)) return one_byte(isolate, data, len);
  if (len > static_cast<size_t>(INT32_MAX)) return {};
  return v8::String::NewFromUtf8(isolate, reinterpret_cast<const char*>(data),
                                 v8::NewStringType::kNormal, static_cast<int>(len));
}

// UTF-16 in buffers is little-endian on every machine; V8's units have the machine's order.
constexpr bool kUnitsAsStored = std::endian::native == std::endian::little;
void swap_units(void* units, size_t count) {
  if (!kUnitsAsStored) swap_bytes(static_cast<uint8_t*>(units), count * 2, 2);
}

v8::MaybeLocal<v8::String> from_ucs2(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  size_t units = len / 2;
  if (units > static_cast<size_t>(v8::String::kMaxLength)) return {};
  int length = static_cast<int>(units);
  if (kUnitsAsStored && reinterpret_cast<uintptr_t>(data) % alignof(uint16_t) == 0) {
    return v8::String::NewFromTwoByte(isolate, reinterpret_cast<const uint16_t*>(data),
                                      v8::NewStringType::kNormal, length);
  }
  std::unique_ptr<uint16_t, decltype(&std::free)> aligned(
      static_cast<uint16_t*>(std::malloc(units * 2 + 2)), std::free);
  if (aligned == nullptr) return {};
  std::memcpy(aligned.get(), data, units * 2);
  swap_units(aligned.get(), units);
  return v8::String::NewFromTwoByte(isolate, aligned.get(), v8::NewStringType::kNormal, length);
}

v8::MaybeLocal<v8::String> from_hex(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  return built(isolate, len * 2, [&](char* out) { hex_encode(data, len, out); });
}

template <Base64 kKind>
v8::MaybeLocal<v8::String> from_base64(v8::Isolate* isolate, const uint8_t* data, size_t len) {
  return built(isolate, base64_encoded_size(len, kKind),
               [&](char* out) { base64_encode(data, len, out, kKind); });
}

// slice(start, end): the bytes of the receiver as a string.
template <auto kDecode>
void slice(const Args& info) {
  Bytes bytes;
  if (!read_receiver(info, &bytes)) return;
  size_t start;
  size_t end;
  if (!read_index(info, 0, 0, SIZE_MAX, &start) ||
      !read_index(info, 1, bytes.size(), bytes.size(), &end)) {
    return throw_out_of_range(info);
  }
  if (start > bytes.size() && bytes.size() > 0) return throw_out_of_range(info);
  if (start >= end) return info.GetReturnValue().SetEmptyString();
  return_string(info, kDecode(info.GetIsolate(), unsigned_bytes(bytes) + start, end - start));
}

// ---- Strings to bytes ----------------------------------------------------------------------

size_t put_utf8(Env& env, v8::Local<v8::String> string, uint8_t* out, size_t room) {
  size_t length = string->Length();
  if (string->IsOneByte()) {
    // Nearly always ASCII: copied straight into place, then looked at.
    size_t n = length < room ? length : room;
    uint8_t last = n > 0 ? out[n - 1] : 0;
    write_one_byte(env.isolate(), string, out, 0, static_cast<int>(n));
    if (is_ascii(out, n)) return n;
    size_t written = latin1_to_utf8_in_place(out, n, room);
    // A last character that does not fit whole leaves its place as it was.
    if (written < n) out[n - 1] = last;
    return written;
  }
  return write_utf8(env.isolate(), string, reinterpret_cast<char*>(out), room);
}

size_t put_latin1(Env& env, v8::Local<v8::String> string, uint8_t* out, size_t room) {
  size_t n = static_cast<size_t>(string->Length());
  if (n > room) n = room;
  write_one_byte(env.isolate(), string, out, 0, static_cast<int>(n));
  return n;
}

size_t put_ucs2(Env& env, v8::Local<v8::String> string, uint8_t* out, size_t room) {
  size_t n = static_cast<size_t>(string->Length());
  if (n > room / 2) n = room / 2;
  if (kUnitsAsStored && reinterpret_cast<uintptr_t>(out) % alignof(uint16_t) == 0) {
    write_two_byte(env.isolate(), string, reinterpret_cast<uint16_t*>(out), 0, static_cast<int>(n));
    return n * 2;
  }
  Units<uint16_t> units(env.isolate(), string);
  if (units.failed()) return 0;
  std::memcpy(out, units.data(), n * 2);
  swap_units(out, n);
  return n * 2;
}

size_t put_hex(Env& env, v8::Local<v8::String> string, uint8_t* out, size_t room) {
  return with_units(env, string,
                    [&](const auto* u, size_t n) { return hex_decode(u, n, out, room); });
}

size_t put_base64(Env& env, v8::Local<v8::String> string, uint8_t* out, size_t room) {
  return with_units(env, string,
                    [&](const auto* u, size_t n) { return base64_decode(u, n, out, room); });
}

// write(string, offset, length): encodes into the receiver; returns the bytes written.
template <auto kEncode>
void write(const Args& info) {
  Env& env = Env::from(info);
  Bytes bytes;
  if (!read_receiver(info, &bytes)) return;
  if (!info[0]->IsString()) {
    return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "argument must be a string");
  }
  size_t offset;
  if (!read_index(info, 1, 0, SIZE_MAX, &offset)) return throw_out_of_range(info);
  if (offset > bytes.size()) {
    return throw_range_error(env, "ERR_BUFFER_OUT_OF_BOUNDS",
                             "\"offset\" is outside of buffer bounds");
  }
  size_t room;
  if (!read_index(info, 2, bytes.size() - offset, bytes.size() - offset, &room)) {
    return throw_out_of_range(info);
  }
  size_t n = 0;
  if (room > 0) n = kEncode(env, info[0].As<v8::String>(), unsigned_bytes(bytes) + offset, room);
  info.GetReturnValue().Set(static_cast<double>(n));
}

// byteLengthUtf8(string)
void byte_length_utf8(const Args& info) {
  if (!info[0]->IsString()) return throw_bad_argument(Env::from(info), 0, "string");
  v8::Local<v8::String> string = info[0].As<v8::String>();
  info.GetReturnValue().Set(static_cast<double>(utf8_length(info.GetIsolate(), string)));
}

// base64Length(string): bytes that decoding needs at the most.
double base64_length(Env& env, v8::Local<v8::String> string) {
  // The padding alone matters, which is in the last two characters.
  int length = string->Length();
  uint16_t tail[2] = {0, 0};
  int n = length < 2 ? length : 2;
  write_two_byte(env.isolate(), string, tail, length - n, n);
  size_t size = static_cast<size_t>(length);
  if (n > 0 && tail[n - 1] == '=') --size;
  if (n > 1 && size < static_cast<size_t>(length) && tail[0] == '=') --size;
  return static_cast<double>(size / 4 * 3 + size % 4 * 3 / 4);
}

// ---- Whole buffers -------------------------------------------------------------------------

// createUninitialized(size): an ArrayBuffer whose bytes are whatever memory held.
void create_uninitialized(const Args& info) {
  Env& env = Env::from(info);
  double size = info[0]->IsNumber() ? info[0].As<v8::Number>()->Value() : 0;
  char* memory = static_cast<char*>(std::malloc(size < 1 ? 1 : static_cast<size_t>(size)));
  if (memory == nullptr) {
    return throw_range_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "Array buffer allocation failed");
  }
  info.GetReturnValue().Set(adopt_array_buffer(env.isolate(), memory, static_cast<size_t>(size)));
}

// copy(source, target, targetStart, sourceStart, count): the caller has checked the ranges.
void copy(const Args& info) {
  Bytes source;
  Bytes target;
  size_t to;
  size_t from;
  size_t count;
  if (!read_bytes(info[0], &source) || !read_bytes(info[1], &target) ||
      !read_index(info, 2, 0, target.size(), &to) ||
      !read_index(info, 3, 0, source.size(), &from) ||
      !read_index(info, 4, 0, source.size() - from, &count)) {
    return throw_out_of_range(info);
  }
  if (count > target.size() - to) count = target.size() - to;
  if (count > 0) std::memmove(target.data() + to, source.data() + from, count);
  info.GetReturnValue().Set(static_cast<double>(count));
}

// compare(a, b): -1, 0 or 1.
void compare(const Args& info) {
  Bytes a;
  Bytes b;
  if (!read_bytes(info[0], &a) || !read_bytes(info[1], &b)) {
    return throw_bad_argument(Env::from(info), 0, "Uint8Array");
  }
  size_t n = a.size() < b.size() ? a.size() : b.size();
  int order = n == 0 ? 0 : std::memcmp(a.data(), b.data(), n);
  if (order == 0) order = a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
  info.GetReturnValue().Set(order < 0 ? -1 : order > 0 ? 1 : 0);
}

// find(hay, needle, from, backwards, step): see find_bytes(). The needle is a view, not empty; or a
// byte; `from` lies within.
void find(const Args& info) {
  Bytes hay;
  size_t from;
  if (!read_bytes(info[0], &hay) || !read_index(info, 2, 0, hay.size(), &from)) {
    return throw_out_of_range(info);
  }
  uint8_t byte;
  Bytes needle(reinterpret_cast<char*>(&byte), 1);
  if (info[1]->IsUint32()) {
    byte = static_cast<uint8_t>(info[1].As<v8::Uint32>()->Value());
  } else if (!read_bytes(info[1], &needle) || needle.empty()) {
    return throw_out_of_range(info);
  }
  size_t step = info[4]->IsInt32() && info[4].As<v8::Int32>()->Value() == 2 ? 2 : 1;
  int64_t at = find_bytes(unsigned_bytes(hay), hay.size(), unsigned_bytes(needle), needle.size(),
                          from, info[3]->IsTrue(), step);
  info.GetReturnValue().Set(static_cast<double>(at));
}

// fill(target, pattern, start, end): repeats the pattern, which is not empty.
void fill(Env& env, Bytes target, Bytes pattern, double start, double end) {
  if (pattern.empty() || start < 0 || end > static_cast<double>(target.size()) || start > end) {
    return throw_range_error(env, "ERR_OUT_OF_RANGE", "Index out of range");
  }
  char* to = target.data() + static_cast<size_t>(start);
  size_t room = static_cast<size_t>(end - start);
  size_t done = pattern.size() < room ? pattern.size() : room;
  std::memmove(to, pattern.data(), done);
  while (done < room) {
    size_t n = done < room - done ? done : room - done;
    std::memcpy(to + done, to, n);
    done += n;
  }
}

void swap(Env&, Bytes bytes, int32_t width) {
  swap_bytes(unsigned_bytes(bytes), bytes.size(), static_cast<size_t>(width));
}

// ownNonIndexKeys(object, onlyEnumerable): what was put onto a buffer beside its bytes.
v8::MaybeLocal<v8::Array> own_non_index_keys(Env& env, v8::Local<v8::Object> object,
                                             bool only_enumerable) {
  v8::PropertyFilter filter = only_enumerable ? v8::ONLY_ENUMERABLE : v8::ALL_PROPERTIES;
  return object->GetPropertyNames(env.context(), v8::KeyCollectionMode::kOwnOnly, filter,
                                  v8::IndexFilter::kSkipIndices);
}

bool is_utf8_bytes(Env&, Bytes bytes) { return is_utf8(bytes.data(), bytes.size()); }
bool is_ascii_bytes(Env&, Bytes bytes) { return is_ascii(bytes.data(), bytes.size()); }

// atob(text): the decoded string; 1 for a bad character, 2 for a bad length.
v8::Local<v8::Value> atob(Env& env, v8::Local<v8::String> text) {
  v8::Isolate* isolate = env.isolate();
  if (!text->ContainsOnlyOneByte()) return v8::Integer::New(isolate, 1);
  Units<uint8_t> units(isolate, text);
  std::unique_ptr<uint8_t, decltype(&std::free)> out(
      static_cast<uint8_t*>(std::malloc(units.size() / 4 * 3 + 3)), std::free);
  if (units.failed() || out == nullptr) return v8::Integer::New(isolate, 1);
  size_t n;
  Base64Error error = base64_decode_forgiving(units.data(), units.size(), out.get(), &n);
  if (error != Base64Error::kNone) return v8::Integer::New(isolate, static_cast<int>(error));
  v8::Local<v8::String> decoded;
  if (!one_byte(isolate, out.get(), n).ToLocal(&decoded)) return v8::Integer::New(isolate, 1);
  return decoded;
}

// btoa(text): base64 of Latin-1 text; undefined when a character is beyond.
v8::Local<v8::Value> btoa(Env& env, v8::Local<v8::String> text) {
  v8::Isolate* isolate = env.isolate();
  if (!text->ContainsOnlyOneByte()) return v8::Undefined(isolate);
  Units<uint8_t> units(isolate, text);
  if (units.failed()) return v8::Undefined(isolate);
  v8::Local<v8::String> encoded;
  if (!from_base64<Base64::kStandard>(isolate, units.data(), units.size()).ToLocal(&encoded)) {
    return v8::Undefined(isolate);
  }
  return encoded;
}

// transferArrayBuffer(buffer): a new ArrayBuffer with the memory of `buffer`, which is left
// detached.
void transfer_array_buffer(const Args& info) {
  Env& env = Env::from(info);
  if (!info[0]->IsArrayBuffer() || !info[0].As<v8::ArrayBuffer>()->IsDetachable()) {
    return throw_type_error(env, "ERR_INVALID_STATE",
                            "Invalid state: The ArrayBuffer cannot be transferred");
  }
  v8::Local<v8::ArrayBuffer> from = info[0].As<v8::ArrayBuffer>();
  std::shared_ptr<v8::BackingStore> memory = from->GetBackingStore();
  detach(from);
  info.GetReturnValue().Set(v8::ArrayBuffer::New(env.isolate(), std::move(memory)));
}

void set_buffer_prototype(Env& env, v8::Local<v8::Object> prototype) {
  env.set_hook(Hook::kBufferPrototype, prototype);
}

constexpr Method kMethods[] = {
    raw("asciiSlice", slice<&from_ascii>),
    raw("latin1Slice", slice<&from_latin1>),
    raw("utf8Slice", slice<&from_utf8>),
    raw("ucs2Slice", slice<&from_ucs2>),
    raw("hexSlice", slice<&from_hex>),
    raw("base64Slice", slice<&from_base64<Base64::kStandard>>),
    raw("base64urlSlice", slice<&from_base64<Base64::kUrl>>),
    raw("latin1Write", write<&put_latin1>),
    raw("utf8Write", write<&put_utf8>),
    raw("ucs2Write", write<&put_ucs2>),
    raw("hexWrite", write<&put_hex>),
    raw("base64Write", write<&put_base64>),
    raw("byteLengthUtf8", byte_length_utf8),
    raw("createUninitialized", create_uninitialized),
    raw("copy", copy),
    raw("compare", compare),
    fn<&base64_length>("base64Length"),
    raw("find", find),
    fn<&fill>("fill"),
    fn<&swap>("swap"),
    fn<&own_non_index_keys>("ownNonIndexKeys"),
    fn<&is_utf8_bytes>("isUtf8"),
    fn<&is_ascii_bytes>("isAscii"),
    fn<&atob>("atob"),
    fn<&btoa>("btoa"),
    raw("transferArrayBuffer", transfer_array_buffer),
    fn<&set_buffer_prototype>("setBufferPrototype"),
};

void init(Env& env, v8::Local<v8::Object> target) {
  set_constant(env, target, "kMaxLength", static_cast<double>(kMostArrayBytes));
  set_constant(env, target, "kStringMaxLength", v8::String::kMaxLength);
}

}  // namespace

extern const Binding kBufferBinding = {"buffer", kMethods, {}, init};

}  // namespace node::js
