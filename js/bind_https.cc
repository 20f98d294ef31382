// https: TLS beneath HTTP's server connections, and what can be told of them.
#include <string>

#include "http/tls_layer.h"
#include "js/bind.h"
#include "js/bind_http.h"
#include "js/bind_tls.h"
#include "js/buffer.h"
#include "net/tls_info.h"

namespace node::js {

namespace {

// Keeps what the connections of one server are encrypted with. JavaScript holds it, and the
// context, as long as the server listens.
class ServerTls : public Wrapped {
 public:
  static void make(Env& env, const Args& info) { new ServerTls(env, info.This()); }

  // use(hub, id, context, alpn)
  void use(v8::Local<v8::Value> hub, int32_t id, v8::Local<v8::Value> context, Bytes alpn) {
    http::ServerHub* connections = server_hub_of(env(), hub);
    http::ServerGroup* group = connections == nullptr ? nullptr : connections->group(id);
    net::TlsContext* tls = tls_context_of(env(), context);
    if (group == nullptr || tls == nullptr) return;
    maker_.set(tls, {alpn.data(), alpn.size()});
    group->secure = &maker_;
  }

 private:
  using Wrapped::Wrapped;
  http::TlsMaker maker_;
};

constexpr Method kServerTlsMethods[] = {method<&ServerTls::use>("use")};
const ClassSpec kServerTlsClass = wrapped_class<ServerTls>("ServerTls", kServerTlsMethods);

// The engine of a connection; nullptr when that is gone.
net::TlsEngine* engine_of(Env& env, v8::Local<v8::Value> hub, uint32_t number) {
  http::ServerHub* connections = server_hub_of(env, hub);
  http::ServerConnection* connection = connections == nullptr ? nullptr : connections->find(number);
  if (connection == nullptr || connection->secure_layer() == nullptr) return nullptr;
  return &static_cast<http::TlsLayer*>(connection->secure_layer())->engine();
}

bool is_secure(Env& env, v8::Local<v8::Value> hub, uint32_t number) {
  net::TlsEngine* engine = engine_of(env, hub, number);
  return engine != nullptr && engine->secure();
}

v8::Local<v8::Value> text_or_false(Env& env, std::string_view text) {
  if (text.empty()) return v8::False(env.isolate());
  return env.string(text);
}

v8::Local<v8::Value> bytes_or_none(Env& env, const std::string& bytes) {
  if (bytes.empty()) return v8::Undefined(env.isolate());
  return make_buffer(env, bytes.data(), bytes.size());
}

// facts(hub, number): [version, cipher, its standard name, its version, ALPN protocol, server name,
// whether the session was resumed], or undefined.
v8::Local<v8::Value> facts(Env& env, v8::Local<v8::Value> hub, uint32_t number) {
  net::TlsEngine* engine = engine_of(env, hub, number);
  if (engine == nullptr || !engine->secure()) return v8::Undefined(env.isolate());
  net::TlsCipher cipher = net::tls_cipher(*engine).value_or(net::TlsCipher{"", "", ""});
  const char* name = engine->server_name();
  v8::Local<v8::Value> list[] = {env.string(net::tls_version(*engine)),
                                 env.string(cipher.name),
                                 env.string(cipher.standard),
                                 env.string(cipher.version),
                                 text_or_false(env, engine->alpn()),
                                 text_or_false(env, name == nullptr ? "" : name),
                                 v8::Boolean::New(env.isolate(), engine->session_reused())};
  return v8::Array::New(env.isolate(), list, std::size(list));
}

// bytes(hub, number, what): a Buffer or undefined.
v8::Local<v8::Value> bytes(Env& env, v8::Local<v8::Value> hub, uint32_t number, int32_t what) {
  net::TlsEngine* engine = engine_of(env, hub, number);
  if (engine == nullptr) return v8::Undefined(env.isolate());
  switch (what) {
    case 0:
      return bytes_or_none(env, net::tls_own_certificate(*engine));
    case 1:
      return bytes_or_none(env, net::tls_session(*engine));
    case 2:
      return bytes_or_none(env, net::tls_session_ticket(*engine));
    default:
      return bytes_or_none(env, net::tls_finished(*engine, what == 4));
  }
}

// exportKeys(hub, number, length, label, context or undefined)
void export_keys(const Args& info) {
  Env& env = Env::from(info.GetIsolate());
  TextOrBytes label, context;
  bool given = !info[4]->IsUndefined();
  uint32_t number = 0;
  if (!info[1]->Uint32Value(env.context()).To(&number) || !info[2]->IsUint32() ||
      !label.read(env, info, 3) || (given && !context.read(env, info, 4))) {
    return;
  }
  net::TlsEngine* engine = engine_of(env, info[0], number);
  if (engine == nullptr) return;
  std::string_view view = context.view();
  auto keys = net::tls_export_keys(*engine, info[2].As<v8::Uint32>()->Value(), label.view(),
                                   given ? &view : nullptr);
  if (keys) return info.GetReturnValue().Set(make_buffer(env, keys->data(), keys->size()));
  env.isolate()->ThrowException(make_tls_error(env, "The export failed"));
}

v8::Local<v8::Value> shared_sigalgs(Env& env, v8::Local<v8::Value> hub, uint32_t number) {
  v8::Local<v8::Array> out = v8::Array::New(env.isolate());
  net::TlsEngine* engine = engine_of(env, hub, number);
  if (engine == nullptr) return out;
  uint32_t at = 0;
  for (const std::string& name : net::tls_shared_signature_algorithms(*engine)) {
    ignore(out->Set(env.context(), at++, env.string(name)));
  }
  return out;
}

// failure(hub, number): why the connection has just failed; undefined when its peer has left.
v8::Local<v8::Value> failure(Env& env, v8::Local<v8::Value> hub, uint32_t number) {
  net::TlsEngine* engine = engine_of(env, hub, number);
  if (engine == nullptr) return v8::Undefined(env.isolate());
  return make_tls_error(env, engine->take_error(), true, "The TLS connection failed");
}

constexpr Method kMethods[] = {
    fn<&is_secure>("isSecure"),
    fn<&facts>("facts"),
    fn<&bytes>("bytes"),
    fn<&shared_sigalgs>("sharedSigalgs"),
    raw("exportKeys", export_keys),
    fn<&failure>("failure"),
};
const ClassSpec* const kClasses[] = {&kServerTlsClass};

}  // namespace

extern const Binding kHttpsBinding = {"https", kMethods, kClasses, nullptr};

}  // namespace node::js
