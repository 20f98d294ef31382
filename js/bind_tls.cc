// tls: TLS connections as stream handles. Conversions only; net/tls_stream.h does it.
#include "js/bind_tls.h"

#include <string>
#include <utility>

#include "js/bind_net.h"
#include "js/buffer.h"
#include "net/tls_info.h"
#include "net/tls_stream.h"

namespace node::js {

namespace {

// What streams report, as bind_net.cc has it: hook 'streamEvents'(type, handle, value).
enum StreamEvent { kData, kEnd, kConnect, kDrain, kShutdown, kError, kClose };

// The rest: hook 'tlsEvents'(type, handle, value, value). internal/tls/handle.js has the same
// numbers.
enum TlsEvent {
  kSecure = 0,
  kRenegotiation = 1,
  kSession = 2,      // (id, session)
  kKeylog = 3,       // (line)
  kTrace = 4,        // (text)
  kHello = 5,        // (session id, [server name, whether it has a ticket])
  kCertificate = 6,  // (server name, whether OCSP is wanted)
  kOcsp = 7,         // (response or null)
  kAlpn = 8,         // (offered) -> protocol
  kPskClient = 9,    // (hint) -> [identity, key]
  kPskServer = 10,   // (identity) -> key
  kFailure = 11,     // (error)
  kCipher = 12,      // (bytes): to be sent by script
  kCarrierReads = 13,
  kCarrierEnd = 14,
};

// new TlsHandle(context, isServer, handle): over a `Stream` handle, or over whatever script feeds
// it with when there is none.
class TlsHandle : public Wrapped, private net::TlsListener, private net::TlsDelegate {
 public:
  static void make(Env& env, const Args& info) {
    net::TlsContext* context = tls_context_of(env, info[0]);
    net::Stream* stream = stream_of(env, info[2]);
    if (context == nullptr || (stream == nullptr && !info[2]->IsUndefined())) {
      return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "A context and a stream are needed");
    }
    auto* handle = new TlsHandle(env, info.This(), stream);
    if (!handle->engine().open(*context, info[1]->BooleanValue(env.isolate()))) {
      env.isolate()->ThrowException(make_tls_error(env, "The connection failed"));
      return;
    }
    if (stream != nullptr && stream->fd() >= 0) handle->attach();
  }

  // What the transport reports comes here from now on.
  void attach() {
    if (net_.stream == nullptr || net_.former != nullptr) return;
    net_.former = &net_.stream->set_listener(net_);
    // It is to read only what the handshake wants.
    net_.stream->read_stop();
    pin();
  }

  // --- As a stream ---------------------------------------------------------------------------
  void start() { tls_.start(); }
  void read_start() { tls_.read_start(); }
  void read_stop() { tls_.read_stop(); }
  void write(const Args& info) {
    std::string storage;
    std::string_view bytes;
    if (read_output(env(), info, &storage, &bytes)) info.GetReturnValue().Set(tls_.write(bytes));
  }
  bool writev(v8::Local<v8::Array> list) { return tls_.writev(read_parts(env(), list)); }
  void shutdown() { tls_.shutdown(); }
  void close() {
    attach();
    tls_.close();
  }
  void reset() {
    if (net_.stream != nullptr && !tls_.closing()) net_.reset = true;
    close();
  }
  size_t queued() { return tls_.queued_bytes(); }
  double bytes_read() { return static_cast<double>(tls_.bytes_read()); }
  double bytes_written() { return static_cast<double>(tls_.bytes_written()); }

  // --- From a transport of script's ----------------------------------------------------------
  void receive(Bytes bytes) { tls_.received({bytes.data(), bytes.size()}); }
  void receive_end() { tls_.received_end(); }
  void carried() { script_.carried(); }

  // --- Before the handshake ------------------------------------------------------------------
  void verify_peer(v8::Local<v8::Value> context, bool required) {
    net::TlsContext* trusted = tls_context_of(env(), context);
    if (open() && trusted != nullptr) engine().verify_peer(*trusted, required);
  }
  bool set_server_name(const Utf8& name) {
    return open() && engine().set_server_name(std::string(name.view()));
  }
  void set_alpn(Bytes list) {
    if (open()) engine().set_alpn({list.data(), list.size()});
  }
  bool resume_session(Bytes session) {
    return open() && engine().set_session({session.data(), session.size()});
  }
  void ask_alpn() { engine().ask_alpn(); }
  void ask_hello() { engine().ask_hello(); }
  void ask_certificate() { engine().ask_certificate(); }
  void ask_ocsp() {
    if (open()) engine().ask_ocsp();
  }
  void ask_keylog() {
    if (open()) engine().ask_keylog();
  }
  void ask_trace() {
    if (open()) engine().ask_trace();
  }
  void ask_psk_client() {
    if (open()) engine().ask_psk_client();
  }
  void ask_psk_server() {
    if (open()) engine().ask_psk_server();
  }
  bool set_psk_identity_hint(const Utf8& hint) {
    return engine().set_psk_identity_hint(std::string(hint.view()));
  }
  void tell_sessions() { engine().tell_sessions(); }
  void forbid_renegotiation() { engine().forbid_renegotiation(); }
  bool set_max_fragment(int32_t bytes) { return engine().set_max_fragment(bytes); }

  // --- Answers -------------------------------------------------------------------------------
  void resume_hello(v8::Local<v8::Value> session) {
    Bytes bytes;
    bool given = read_bytes(session, &bytes);
    engine().resume_hello(given ? std::string_view(bytes.data(), bytes.size())
                                : std::string_view());
  }
  bool use_context(v8::Local<v8::Value> context) {
    return engine().use_context(tls_context_of(env(), context));
  }
  void set_ocsp_response(Bytes bytes) { engine().set_ocsp_response({bytes.data(), bytes.size()}); }
  void resume_certificate() { engine().resume_certificate(); }
  void accept_peer() { engine().accept_peer(); }
  // undefined, or an error.
  v8::Local<v8::Value> renegotiate() {
    if (engine().renegotiate()) return v8::Undefined(env().isolate());
    return make_tls_error(env(), "Renegotiation is not possible");
  }

  // --- What can be told of it ----------------------------------------------------------------
  v8::Local<v8::Value> version() {
    return open() ? text(net::tls_version(engine())) : v8::Null(env().isolate()).As<v8::Value>();
  }
  v8::Local<v8::Value> cipher() {
    auto cipher = open() ? net::tls_cipher(engine()) : std::optional<net::TlsCipher>();
    if (!cipher) return none();
    v8::Local<v8::Value> list[] = {text(cipher->name), text(cipher->standard),
                                   text(cipher->version)};
    return v8::Array::New(env().isolate(), list, 3);
  }
  v8::Local<v8::Value> key_exchange() {
    net::TlsKeyExchange found = open() ? net::tls_key_exchange(engine()) : net::TlsKeyExchange();
    v8::Local<v8::Value> list[] = {text(found.type), v8::Integer::New(env().isolate(), found.bits),
                                   text(found.curve)};
    return v8::Array::New(env().isolate(), list, 3);
  }
  v8::Local<v8::Value> peer_chain(bool whole) {
    return buffers(open() ? net::tls_peer_chain(engine(), whole) : std::vector<std::string>());
  }
  v8::Local<v8::Value> own_certificate() {
    return buffer_or_none(open() ? net::tls_own_certificate(engine()) : std::string());
  }
  v8::Local<v8::Value> session() {
    return buffer_or_none(open() ? net::tls_session(engine()) : std::string());
  }
  v8::Local<v8::Value> session_ticket() {
    return buffer_or_none(open() ? net::tls_session_ticket(engine()) : std::string());
  }
  v8::Local<v8::Value> finished(bool of_peer) {
    return buffer_or_none(open() ? net::tls_finished(engine(), of_peer) : std::string());
  }
  v8::Local<v8::Value> shared_sigalgs() {
    v8::Local<v8::Array> out = v8::Array::New(env().isolate());
    if (!open()) return out;
    uint32_t at = 0;
    for (const std::string& name : net::tls_shared_signature_algorithms(engine())) {
      ignore(out->Set(env().context(), at++, text(name)));
    }
    return out;
  }
  // exportKeys(length, label, context or nothing)
  void export_keys(const Args& info) {
    TextOrBytes label, context;
    bool given = !info[2]->IsUndefined();
    if (!open() || !info[0]->IsUint32() || !label.read(env(), info, 1) ||
        (given && !context.read(env(), info, 2))) {
      return;
    }
    std::string_view view = context.view();
    auto keys = net::tls_export_keys(engine(), info[0].As<v8::Uint32>()->Value(), label.view(),
                                     given ? &view : nullptr);
    if (!keys) {
      env().isolate()->ThrowException(make_tls_error(env(), "The export failed"));
      return;
    }
    info.GetReturnValue().Set(buffer(*keys));
  }
  // undefined when the peer is to be trusted, else [code, reason].
  v8::Local<v8::Value> verify_result() {
    long result = engine().verify_result(net::tls_no_certificate());
    if (result == 0) return none();
    v8::Local<v8::Value> pair[] = {text(net::tls_verify_code(result)),
                                   text(net::tls_verify_reason(result))};
    return v8::Array::New(env().isolate(), pair, 2);
  }
  v8::Local<v8::Value> alpn() {
    std::string_view name = open() ? engine().alpn() : std::string_view();
    return name.empty() ? v8::False(env().isolate()).As<v8::Value>() : text(name);
  }
  v8::Local<v8::Value> server_name() {
    const char* name = open() ? engine().server_name() : nullptr;
    return name == nullptr ? v8::False(env().isolate()).As<v8::Value>() : text(name);
  }
  bool session_reused() { return engine().session_reused(); }

 private:
  TlsHandle(Env& env, v8::Local<v8::Object> object, net::Stream* stream)
      : Wrapped(env, object),
        net_(*this, stream),
        script_(*this),
        tls_(env.loop(),
             stream == nullptr ? static_cast<net::TlsTransport&>(script_)
                               : static_cast<net::TlsTransport&>(net_),
             *this, *this) {}

  net::TlsEngine& engine() { return tls_.engine(); }
  bool open() { return engine().is_open(); }

  // --- Values --------------------------------------------------------------------------------
  v8::Local<v8::Value> none() { return v8::Undefined(env().isolate()); }
  v8::Local<v8::Value> text(std::string_view value) { return env().string(value); }
  v8::Local<v8::Value> buffer(std::string_view bytes) {
    return make_buffer(env(), bytes.data(), bytes.size());
  }
  v8::Local<v8::Value> buffer_or_none(std::string_view bytes) {
    return bytes.empty() ? none() : buffer(bytes);
  }
  v8::Local<v8::Value> buffers(const std::vector<std::string>& list) {
    v8::Local<v8::Array> out = v8::Array::New(env().isolate());
    uint32_t at = 0;
    for (const std::string& bytes : list) {
      ignore(out->Set(env().context(), at++, buffer(bytes)));
    }
    return out;
  }

  void emit(StreamEvent event, v8::Local<v8::Value> value) {
    v8::Local<v8::Value> args[] = {v8::Integer::New(env().isolate(), event), object(), value};
    ignore(env().call(Hook::kStreamEvents, 3, args));
  }
  void emit_code(StreamEvent event, Error error) {
    v8::HandleScope scope(env().isolate());
    emit(event, v8::Integer::New(env().isolate(), -error.code));
  }
  v8::MaybeLocal<v8::Value> tell(TlsEvent event, v8::Local<v8::Value> first,
                                 v8::Local<v8::Value> second) {
    v8::Local<v8::Value> args[] = {v8::Integer::New(env().isolate(), event), object(), first,
                                   second};
    return env().call(Hook::kTlsEvents, 4, args);
  }
  void tell(TlsEvent event) {
    v8::HandleScope scope(env().isolate());
    ignore(tell(event, none(), none()));
  }
  void tell(TlsEvent event, std::string_view bytes) {
    v8::HandleScope scope(env().isolate());
    ignore(tell(event, buffer(bytes), none()));
  }

  // --- net::StreamListener -------------------------------------------------------------------
  void on_data(std::span<char> data, char** block) override {
    v8::HandleScope scope(env().isolate());
    if (block != nullptr && data.size() >= 16 * 1024) {
      emit(kData, make_buffer_adopt(env(), std::exchange(*block, nullptr), data.size()));
    } else {
      emit(kData, make_buffer(env(), data.data(), data.size()));
    }
  }
  void on_descriptor(Fd) override {}
  void on_end() override { emit_code(kEnd, {}); }
  void on_connect(Error error) override { emit_code(kConnect, error); }
  void on_drain() override { emit_code(kDrain, {}); }
  void on_shutdown(Error error) override { emit_code(kShutdown, error); }
  void on_error(Error error) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> pair[] = {v8::Integer::New(env().isolate(), -error.code),
                                   env().name(error.call)};
    emit(kError, v8::Array::New(env().isolate(), pair, 2));
  }
  void on_close() override {
    emit_code(kClose, {});
    unpin();
  }
  void on_tls_error() override {
    v8::HandleScope scope(env().isolate());
    ignore(tell(kFailure,
                make_tls_error(env(), engine().take_error(), true, "The TLS connection failed"),
                none()));
  }

  // --- net::TlsDelegate ----------------------------------------------------------------------
  void on_cipher(std::string_view bytes) override { tls_.cipher(bytes); }
  void on_sent() override { tls_.engine_sent(); }
  void on_resumed() override { tls_.engine_resumed(); }
  void on_secure() override {
    tell(kSecure);
    tls_.engine_secure();
  }
  void on_renegotiation() override { tell(kRenegotiation); }
  void on_session(std::string_view id, std::string_view session) override {
    v8::HandleScope scope(env().isolate());
    ignore(tell(kSession, buffer(id), buffer(session)));
  }
  void on_keylog(std::string_view line) override { tell(kKeylog, std::string(line) + "\n"); }
  void on_trace(std::string_view bytes) override {
    v8::HandleScope scope(env().isolate());
    ignore(tell(kTrace, text(bytes), none()));
  }
  void on_hello(const net::TlsHello& hello) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> rest[] = {text(hello.server_name),
                                   v8::Boolean::New(env().isolate(), hello.has_ticket)};
    ignore(tell(kHello, buffer(hello.session_id), v8::Array::New(env().isolate(), rest, 2)));
  }
  void on_certificate(std::string_view server_name, bool wants_ocsp) override {
    v8::HandleScope scope(env().isolate());
    ignore(tell(kCertificate, text(server_name), v8::Boolean::New(env().isolate(), wants_ocsp)));
  }
  void on_ocsp(std::string_view response) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> value = v8::Null(env().isolate());
    if (!response.empty()) value = buffer(response);
    ignore(tell(kOcsp, value, none()));
  }
  std::string_view on_alpn(std::string_view offered) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> answer;
    Utf8 name;
    if (!tell(kAlpn, buffer(offered), none()).ToLocal(&answer) ||
        !name.read(env().isolate(), answer) || name.size() > 255) {
      return {};
    }
    alpn_answer_ = name.view();
    return alpn_answer_;
  }
  bool on_psk_client(const char* hint, std::string* identity, std::string* key) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> value = v8::Null(env().isolate());
    if (hint != nullptr) value = text(hint);
    v8::Local<v8::Value> answer, name, secret;
    Utf8 read;
    Bytes bytes;
    bool ok = tell(kPskClient, value, none()).ToLocal(&answer) && answer->IsArray() &&
              answer.As<v8::Array>()->Get(env().context(), 0).ToLocal(&name) &&
              answer.As<v8::Array>()->Get(env().context(), 1).ToLocal(&secret) &&
              read.read(env().isolate(), name) && read_bytes(secret, &bytes);
    if (!ok) return false;
    *identity = read.view();
    key->assign(bytes.data(), bytes.size());
    return true;
  }
  bool on_psk_server(std::string_view identity, std::string* key) override {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> answer;
    Bytes bytes;
    if (!tell(kPskServer, text(identity), none()).ToLocal(&answer) || !read_bytes(answer, &bytes)) {
      return false;
    }
    key->assign(bytes.data(), bytes.size());
    return true;
  }

  // --- What carries the cipher text ----------------------------------------------------------
  // A stream of ours. Its handle stays the one to be told of its close.
  struct NetCarrier final : net::TlsTransport, net::StreamListener {
    NetCarrier(TlsHandle& handle, net::Stream* carrier) : owner(handle), stream(carrier) {}
    bool send(std::string_view cipher) override { return stream->write(cipher); }
    void read_start() override { stream->read_start(); }
    void read_stop() override { stream->read_stop(); }
    void shutdown() override { stream->shutdown(); }
    void close() override { reset ? stream->reset() : stream->close(); }
    size_t queued_bytes() const override { return stream->queued_bytes(); }

    void on_data(std::span<char> data, char**) override {
      owner.tls_.received({data.data(), data.size()});
    }
    void on_descriptor(Fd) override {}
    void on_end() override { owner.tls_.received_end(); }
    void on_connect(Error error) override { owner.on_connect(error); }
    void on_drain() override { owner.tls_.sent(); }
    void on_shutdown(Error error) override { owner.tls_.shut_down(error); }
    void on_error(Error error) override { owner.tls_.failed(error); }
    void on_close() override {
      former->on_close();
      owner.tls_.closed();
    }

    TlsHandle& owner;
    net::Stream* stream;
    net::StreamListener* former = nullptr;
    bool reset = false;
  };

  // Script, which is told outside of OpenSSL's calls what to send.
  struct ScriptCarrier final : net::TlsTransport, Task {
    explicit ScriptCarrier(TlsHandle& handle) : Task(on_task), owner(handle) {}
    bool send(std::string_view cipher) override {
      out.append(cipher);
      wake();
      return false;
    }
    void read_start() override { owner.tell_reads(true); }
    void read_stop() override { owner.tell_reads(false); }
    void shutdown() override {
      ending = true;
      wake();
    }
    // Nothing else may keep the handle until it is told of the end.
    void close() override {
      closing = true;
      unlink();
      owner.pin();
      owner.env().loop().bury(*this);
    }
    size_t queued_bytes() const override { return out.size(); }

    void wake() {
      if (!linked() && !busy) owner.env().loop().defer(*this);
    }
    // What was given last has been taken.
    void carried() {
      busy = false;
      if (closing) return;
      if (!out.empty() || ending) return wake();
      owner.tls_.sent();
    }
    static void on_task(Task* task) { static_cast<ScriptCarrier*>(task)->run(); }
    void run() {
      if (closing) return owner.tls_.closed();
      if (busy) return;
      if (!out.empty()) {
        busy = true;
        std::string bytes = std::exchange(out, std::string());
        return owner.tell(kCipher, bytes);
      }
      if (!std::exchange(ending, false)) return;
      owner.tell(kCarrierEnd);
      owner.tls_.shut_down({});
    }

    TlsHandle& owner;
    std::string out;
    bool busy = false;
    bool ending = false;
    bool closing = false;
  };

  void tell_reads(bool on) {
    v8::HandleScope scope(env().isolate());
    ignore(tell(kCarrierReads, v8::Boolean::New(env().isolate(), on), none()));
  }

  NetCarrier net_;
  ScriptCarrier script_;
  net::TlsStream tls_;
  std::string alpn_answer_;
};

constexpr Method kTlsHandleMethods[] = {
    method<&TlsHandle::attach>("attach"),
    method<&TlsHandle::start>("start"),
    method<&TlsHandle::read_start>("readStart"),
    method<&TlsHandle::read_stop>("readStop"),
    method<&TlsHandle::write>("write"),
    method<&TlsHandle::writev>("writev"),
    method<&TlsHandle::shutdown>("shutdown"),
    method<&TlsHandle::close>("close"),
    method<&TlsHandle::reset>("reset"),
    method<&TlsHandle::queued>("queued"),
    method<&TlsHandle::bytes_read>("bytesRead"),
    method<&TlsHandle::bytes_written>("bytesWritten"),
    method<&TlsHandle::receive>("receive"),
    method<&TlsHandle::receive_end>("receiveEnd"),
    method<&TlsHandle::carried>("carried"),
    method<&TlsHandle::verify_peer>("verifyPeer"),
    method<&TlsHandle::set_server_name>("setServername"),
    method<&TlsHandle::set_alpn>("setAlpn"),
    method<&TlsHandle::resume_session>("setSession"),
    method<&TlsHandle::ask_alpn>("askAlpn"),
    method<&TlsHandle::ask_hello>("askHello"),
    method<&TlsHandle::ask_certificate>("askCertificate"),
    method<&TlsHandle::ask_ocsp>("askOcsp"),
    method<&TlsHandle::ask_keylog>("askKeylog"),
    method<&TlsHandle::ask_trace>("askTrace"),
    method<&TlsHandle::ask_psk_client>("askPskClient"),
    method<&TlsHandle::ask_psk_server>("askPskServer"),
    method<&TlsHandle::set_psk_identity_hint>("setPskIdentityHint"),
    method<&TlsHandle::tell_sessions>("tellSessions"),
    method<&TlsHandle::forbid_renegotiation>("forbidRenegotiation"),
    method<&TlsHandle::set_max_fragment>("setMaxSendFragment"),
    method<&TlsHandle::resume_hello>("resumeHello"),
    method<&TlsHandle::use_context>("useContext"),
    method<&TlsHandle::set_ocsp_response>("setOcspResponse"),
    method<&TlsHandle::resume_certificate>("resumeCertificate"),
    method<&TlsHandle::accept_peer>("acceptPeer"),
    method<&TlsHandle::renegotiate>("renegotiate"),
    method<&TlsHandle::version>("version"),
    method<&TlsHandle::cipher>("cipher"),
    method<&TlsHandle::key_exchange>("keyExchange"),
    method<&TlsHandle::peer_chain>("peerChain"),
    method<&TlsHandle::own_certificate>("ownCertificate"),
    method<&TlsHandle::session>("session"),
    method<&TlsHandle::session_ticket>("sessionTicket"),
    method<&TlsHandle::finished>("finished"),
    method<&TlsHandle::shared_sigalgs>("sharedSigalgs"),
    method<&TlsHandle::export_keys>("exportKeys"),
    method<&TlsHandle::verify_result>("verifyResult"),
    method<&TlsHandle::alpn>("alpn"),
    method<&TlsHandle::server_name>("serverName"),
    method<&TlsHandle::session_reused>("sessionReused"),
};
const ClassSpec kTlsHandleClass = wrapped_class<TlsHandle>("TlsHandle", kTlsHandleMethods);

// getCiphers(): OpenSSL's names.
v8::Local<v8::Array> get_ciphers(Env& env) {
  v8::Local<v8::Array> out = v8::Array::New(env.isolate());
  uint32_t at = 0;
  for (const std::string& name : net::tls_all_ciphers()) {
    ignore(out->Set(env.context(), at++, env.string(name)));
  }
  return out;
}

constexpr Method kMethods[] = {fn<&get_ciphers>("getCiphers")};
const ClassSpec* const kClasses[] = {&kTlsHandleClass, &kSecureContextClass, &kTrustedRootsClass};

}  // namespace

extern const Binding kTlsBinding = {"tls", kMethods, kClasses, nullptr};

}  // namespace node::js
