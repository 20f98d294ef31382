// Wrapped's lifetime: weak, pinned, destroyed after the collection that found it unreachable.
#include "js/wrapped.h"

namespace node::js {

Wrapped::Wrapped(Env& env, v8::Local<v8::Object> object)
    : env_(env), object_(env.isolate(), object) {
  set_pointer(object, 0, this);
  env.wrapped().push_back(this);
  make_weak();
}

Wrapped::~Wrapped() {
  if (object_.IsEmpty()) return;
  v8::HandleScope scope(env_.isolate());
  set_pointer(object(), 0, nullptr);
}

void Wrapped::pin() {
  if (pinned_) return;
  pinned_ = true;
  object_.ClearWeak();
}

void Wrapped::unpin() {
  if (!pinned_) return;
  pinned_ = false;
  make_weak();
}

void Wrapped::make_weak() { object_.SetWeak(this, first_pass, v8::WeakCallbackType::kParameter); }

// The first pass may only let go of the handle; destructors touch V8 and wait for the second.
void Wrapped::first_pass(const v8::WeakCallbackInfo<Wrapped>& info) {
  info.GetParameter()->object_.Reset();
  info.SetSecondPassCallback(second_pass);
}

void Wrapped::second_pass(const v8::WeakCallbackInfo<Wrapped>& info) {
  info.GetParameter()->destroy();
}

}  // namespace node::js
