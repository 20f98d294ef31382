// Library texts as external strings, and the snapshot blob that was linked in.
#include "js/snapshot.h"

#include <memory>

#include "js/js_sources.h"

namespace node::js {

namespace {

// Text in the executable's read-only data: V8 refers to it and never frees it.
class SourceText : public v8::String::ExternalOneByteStringResource {
 public:
  const char* data() const override { return source_->data; }
  size_t length() const override { return source_->len; }
  void set(const JsSource* source) { source_ = source; }

 protected:
  void Dispose() override {}

 private:
  const JsSource* source_ = nullptr;
};

// One resource a source file, made once: the snapshot refers to them by their place in this table.
SourceText* texts() {
  static SourceText* const all = [] {
    SourceText* t = new SourceText[kJsSourceCount];
    for (size_t i = 0; i < kJsSourceCount; ++i) t[i].set(&kJsSources[i]);
    return t;
  }();
  return all;
}

}  // namespace

v8::StartupData snapshot_data() {
  return {node_snapshot_blob, static_cast<int>(node_snapshot_blob_end - node_snapshot_blob)};
}

v8::MaybeLocal<v8::String> library_source(v8::Isolate* isolate, std::string_view name) {
  for (size_t i = 0; i < kJsSourceCount; ++i) {
    if (name == kJsSources[i].name) return v8::String::NewExternalOneByte(isolate, &texts()[i]);
  }
  return {};
}

void append_source_references(std::vector<intptr_t>* table) {
  for (size_t i = 0; i < kJsSourceCount; ++i) {
    table->push_back(reinterpret_cast<intptr_t>(&texts()[i]));
  }
}

}  // namespace node::js
