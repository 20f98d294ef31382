// dns: lookups by the system's resolver.
#include <netdb.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "net/lookup.h"

namespace node::js {

namespace {

// One question under way; frees itself when it is answered. The answer goes to the callback given
// with it.
template <typename Question>
class Request : public Question {
 public:
  template <typename... Rest>
  Request(Env& env, v8::Local<v8::Function> callback, Rest... rest)
      : Question(std::move(rest)..., [](Question* q) { static_cast<Request*>(q)->finish(); }),
        env_(env),
        callback_(env.isolate(), callback) {}

 private:
  void finish() {
    v8::HandleScope scope(env_.isolate());
    v8::Local<v8::Value> args[2] = {v8::Null(env_.isolate()), v8::Undefined(env_.isolate())};
    if (Error error = this->error()) {
      args[0] = system_error(env_, error, label(*this));
    } else {
      args[1] = answer(env_, *this);
    }
    v8::Local<v8::Value> callback = callback_.Get(env_.isolate());
    Env& env = env_;
    delete this;
    ignore(env.call(callback, v8::Undefined(env.isolate()), 2, args));
  }

  static std::string_view label(const net::Lookup& q) { return q.name(); }
  static std::string_view label(const net::ReverseLookup& q) { return q.address(); }

  // Flat: address, family, ...
  static v8::Local<v8::Value> answer(Env& env, const net::Lookup& q) {
    std::vector<v8::Local<v8::Value>> flat;
    for (const net::Lookup::Found& f : q.found()) {
      flat.push_back(env.string(f.address));
      flat.push_back(v8::Integer::New(env.isolate(), f.family));
    }
    return v8::Array::New(env.isolate(), flat.data(), flat.size());
  }
  static v8::Local<v8::Value> answer(Env& env, const net::ReverseLookup& q) {
    v8::Local<v8::Value> pair[] = {env.string(q.host()), env.string(q.service())};
    return v8::Array::New(env.isolate(), pair, 2);
  }

  Env& env_;
  v8::Global<v8::Value> callback_;
};

// getaddrinfo(name, family, flags, callback(error, [address, family, ...]))
void lookup(Env& env, const Utf8& name, int32_t family, int32_t flags,
            v8::Local<v8::Function> callback) {
  auto* request = new Request<net::Lookup>(env, callback, std::string(name.view()), family, flags);
  request->start(env.loop().pool());
}

// getnameinfo(address, port, callback(error, [host, service]))
void reverse(Env& env, const Utf8& address, int32_t port, v8::Local<v8::Function> callback) {
  auto* request = new Request<net::ReverseLookup>(env, callback, std::string(address.view()),
                                                  static_cast<uint16_t>(port));
  request->start(env.loop().pool());
}

constexpr Method kMethods[] = {fn<&lookup>("getaddrinfo"), fn<&reverse>("getnameinfo")};

void init(Env& env, v8::Local<v8::Object> target) {
  set_constant(env, target, "AI_ADDRCONFIG", AI_ADDRCONFIG);
  set_constant(env, target, "AI_V4MAPPED", AI_V4MAPPED);
  set_constant(env, target, "AI_ALL", AI_ALL);
}

}  // namespace

extern const Binding kDnsBinding = {"dns", kMethods, {}, init};

}  // namespace node::js
