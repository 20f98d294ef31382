// The part of bind.h that needs no templates: argument readers and making of binding objects.
#include "js/bind.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "js/snapshot.h"

namespace node::js {

bool Utf8::read(v8::Isolate* isolate, v8::Local<v8::Value> value) {
  if (!value->IsString()) return false;
  v8::Local<v8::String> string = value.As<v8::String>();
  size_t chars = string->Length();
  if (string->IsOneByte() && chars < kInline) {
    write_one_byte(isolate, string, reinterpret_cast<uint8_t*>(inline_), 0,
                   static_cast<int>(chars));
    bool ascii = true;
    for (size_t i = 0; i < chars; ++i) ascii &= static_cast<unsigned char>(inline_[i]) < 0x80;
    if (ascii) {
      inline_[chars] = '\0';
      size_ = chars;
      return true;
    }
  }
  size_t bytes = utf8_length(isolate, string);
  if (bytes >= kInline) {
    data_ = static_cast<char*>(std::malloc(bytes + 1));
    if (data_ == nullptr) {
      data_ = inline_;
      return false;
    }
  }
  size_ = write_utf8(isolate, string, data_, bytes);
  data_[size_] = '\0';
  return true;
}

bool read_bytes(v8::Local<v8::Value> value, Bytes* out) {
  if (value->IsArrayBufferView()) {
    v8::Local<v8::ArrayBufferView> view = value.As<v8::ArrayBufferView>();
    size_t length = view->ByteLength();
    char* base = length == 0 ? nullptr : static_cast<char*>(view->Buffer()->Data());
    *out = base == nullptr ? Bytes() : Bytes(base + view->ByteOffset(), length);
    return true;
  }
  if (value->IsArrayBuffer()) {
    v8::Local<v8::ArrayBuffer> buffer = value.As<v8::ArrayBuffer>();
    *out = Bytes(static_cast<char*>(buffer->Data()), buffer->ByteLength());
    return true;
  }
  if (value->IsSharedArrayBuffer()) {
    v8::Local<v8::SharedArrayBuffer> buffer = value.As<v8::SharedArrayBuffer>();
    *out = Bytes(static_cast<char*>(buffer->Data()), buffer->ByteLength());
    return true;
  }
  return false;
}

void throw_bad_argument(Env& env, int index, const char* expected) {
  std::string text = "Argument " + std::to_string(index + 1) + " must be of type " + expected;
  throw_type_error(env, "ERR_INVALID_ARG_TYPE", text);
}

void throw_gone(Env& env) {
  throw_error(env, "ERR_INVALID_STATE", "Invalid state: the handle is closed");
}

v8::Local<v8::FunctionTemplate> make_class_template(v8::Isolate* isolate, const ClassSpec& spec) {
  v8::Local<v8::FunctionTemplate> t = v8::FunctionTemplate::New(isolate, spec.construct);
  t->SetClassName(v8::String::NewFromUtf8(isolate, spec.name, v8::NewStringType::kInternalized)
                      .ToLocalChecked());
  t->InstanceTemplate()->SetInternalFieldCount(Wrapped::kFields);
  v8::Local<v8::Signature> signature = v8::Signature::New(isolate, t);
  for (const Method& m : spec.methods) {
    t->PrototypeTemplate()->Set(
        isolate, m.name,
        v8::FunctionTemplate::New(isolate, m.callback, v8::Local<v8::Value>(), signature, 0,
                                  v8::ConstructorBehavior::kThrow));
  }
  return t;
}

v8::MaybeLocal<v8::Object> make_binding(Env& env, std::string_view name) {
  for (const Binding* binding : kBindings) {
    if (name != binding->name) continue;
    v8::Local<v8::Context> context = env.context();
    v8::Local<v8::Object> target = v8::Object::New(env.isolate());
    for (const Method& m : binding->methods) {
      v8::Local<v8::Function> function;
      if (!v8::Function::New(context, m.callback, v8::Local<v8::Value>(), 0,
                             v8::ConstructorBehavior::kThrow)
               .ToLocal(&function)) {
        return {};
      }
      v8::Local<v8::String> key = env.name(m.name);
      function->SetName(key);
      if (target->Set(context, key, function).IsNothing()) return {};
    }
    for (const ClassSpec* spec : binding->classes) {
      v8::Local<v8::Function> function;
      if (!env.class_template(*spec)->GetFunction(context).ToLocal(&function)) return {};
      if (target->Set(context, env.name(spec->name), function).IsNothing()) return {};
    }
    if (binding->init != nullptr) binding->init(env, target);
    return target;
  }
  return {};
}

void set_constant(Env& env, v8::Local<v8::Object> target, const char* name, double value) {
  ignore(target->Set(env.context(), env.name(name), v8::Number::New(env.isolate(), value)));
}

// The table must be the same in the snapshot's maker and reader: both walk the same objects in the
// same order.
const intptr_t* external_references() {
  static const std::vector<intptr_t> table = [] {
    std::vector<intptr_t> t;
    auto add = [&t](v8::FunctionCallback f) { t.push_back(reinterpret_cast<intptr_t>(f)); };
    for (const Binding* binding : kBindings) {
      for (const Method& m : binding->methods) add(m.callback);
      for (const ClassSpec* spec : binding->classes) {
        add(spec->construct);
        for (const Method& m : spec->methods) add(m.callback);
      }
      for (intptr_t reference : binding->references) t.push_back(reference);
    }
    append_source_references(&t);
    t.push_back(0);
    return t;
  }();
  return table.data();
}

}  // namespace node::js
