// tls: what connections have in common. Conversions only; net/tls_context.h does it.
#include <string>

#include "js/bind_crypto.h"
#include "js/bind_tls.h"
#include "js/buffer.h"
#include "net/tls_info.h"

namespace node::js {

namespace {

v8::Local<v8::Value> buffer_of(Env& env, std::string_view bytes) {
  return make_buffer(env, bytes.data(), bytes.size());
}

}  // namespace

v8::Local<v8::Value> make_tls_error(Env& env, const char* otherwise) {
  return make_tls_error(env, net::take_tls_error(), false, otherwise);
}

v8::Local<v8::Value> make_tls_error(Env& env, const net::TlsError& error, bool whole,
                                    const char* otherwise) {
  net::TlsError told = error;
  if (whole && !told.message.empty()) told.message = told.report;
  return make_openssl_error(env, told, {otherwise});
}

bool TextOrBytes::read(Env& env, const Args& info, int index) {
  Bytes bytes;
  if (read_bytes(info[index], &bytes)) {
    view_ = {bytes.data(), bytes.size()};
  } else if (text_.read(env.isolate(), info[index])) {
    view_ = text_.view();
  } else {
    throw_bad_argument(env, index, "string or Buffer");
    return false;
  }
  return true;
}

// ---- TrustedRoots --------------------------------------------------------------------------

v8::Local<v8::Value> TrustedRoots::list() {
  v8::Local<v8::Array> out = v8::Array::New(env().isolate());
  uint32_t at = 0;
  for (const std::string& der : roots_.list()) {
    ignore(out->Set(env().context(), at++, buffer_of(env(), der)));
  }
  return out;
}

// What is wrong shows when they are read.
v8::Local<v8::Value> TrustedRoots::warning() {
  roots_.store();
  return env().string(roots_.take_warning());
}

namespace {

constexpr Method kTrustedRootsMethods[] = {
    method<&TrustedRoots::list>("list"),
    method<&TrustedRoots::warning>("warning"),
};

// ---- SecureContext -------------------------------------------------------------------------

class SecureContext : public Wrapped {
  static constexpr int64_t kBytes = 32 * 1024;

 public:
  static void make(Env& env, const Args& info) { new SecureContext(env, info.This()); }
  // V8 cannot see what OpenSSL holds: it would collect too late.
  ~SecureContext() override { env().isolate()->AdjustAmountOfExternalAllocatedMemory(-kBytes); }

  net::TlsContext* context() { return context_ ? &*context_ : nullptr; }

  // init(role, minVersion, maxVersion): role 0 both, 1 server, 2 client.
  void init(int32_t role, int32_t min_version, int32_t max_version) {
    context_.emplace();
    check(context_->open(static_cast<net::TlsRole>(role), min_version, max_version));
  }

  // setKey(pem, passphrase or nothing)
  void set_key(const Args& info) { with_passphrase(info, &net::TlsContext::set_key); }
  void load_pfx(const Args& info) { with_passphrase(info, &net::TlsContext::load_pfx); }
  void set_cert(const Args& info) { with_text(info, &net::TlsContext::set_certificate); }
  void add_ca(const Args& info) { with_text(info, &net::TlsContext::add_authority); }
  void add_crl(const Args& info) { with_text(info, &net::TlsContext::add_crl); }
  void set_ciphers(const Args& info) { with_text(info, &net::TlsContext::set_ciphers); }
  void set_cipher_suites(const Args& info) { with_text(info, &net::TlsContext::set_cipher_suites); }
  void set_sigalgs(const Args& info) {
    with_text(info, &net::TlsContext::set_signature_algorithms);
  }
  void set_curves(const Args& info) {
    with_text(info, &net::TlsContext::set_curves, "Failed to set ECDH curve");
  }
  void set_session_id_context(const Args& info) {
    with_text(info, &net::TlsContext::set_session_id_context);
  }
  void set_ticket_keys(const Args& info) { with_text(info, &net::TlsContext::set_ticket_keys); }
  // setDHParam(pem or 'auto'): bits of it.
  void set_dh(const Args& info) {
    TextOrBytes text;
    if (!ready() || !text.read(env(), info, 0)) return;
    int bits = context_->set_dh(text.view());
    if (!check(bits != 0)) return;
    info.GetReturnValue().Set(bits);
  }
  // addRootCerts(trustedRoots): the caller keeps them.
  void add_root_certs(v8::Local<v8::Value> value) {
    TrustedRoots* roots = Wrapped::from<TrustedRoots>(env(), value, kTrustedRootsClass);
    if (ready() && roots != nullptr) context_->trust_roots(roots->roots());
  }
  void allow_partial_chains() {
    if (ready()) context_->allow_partial_chains();
  }
  void set_min(int32_t version) { check(ready() && context_->set_min_version(version)); }
  void set_max(int32_t version) { check(ready() && context_->set_max_version(version)); }
  int32_t min() { return ready() ? context_->min_version() : 0; }
  int32_t max() { return ready() ? context_->max_version() : 0; }
  void set_options(double options) {
    if (ready()) context_->set_options(static_cast<uint64_t>(options));
  }
  void set_session_timeout(int32_t seconds) {
    if (ready()) context_->set_session_timeout(seconds);
  }
  v8::Local<v8::Value> ticket_keys() {
    if (!ready()) return v8::Undefined(env().isolate());
    return buffer_of(env(), context_->ticket_keys());
  }
  // In DER, or null.
  v8::Local<v8::Value> certificate() { return der(ready() ? context_->certificate() : nullptr); }
  v8::Local<v8::Value> issuer() { return der(ready() ? context_->issuer() : nullptr); }
  void close() { context_.reset(); }

 private:
  SecureContext(Env& env, v8::Local<v8::Object> object) : Wrapped(env, object) {
    env.isolate()->AdjustAmountOfExternalAllocatedMemory(kBytes);
  }

  bool ready() {
    if (context_) return true;
    throw_error(env(), "ERR_INVALID_STATE", "The context has been closed");
    return false;
  }
  bool check(bool ok, const char* otherwise = "The operation failed") {
    if (!ok && context_) env().isolate()->ThrowException(make_tls_error(env(), otherwise));
    return ok;
  }
  void with_text(const Args& info, bool (net::TlsContext::*call)(std::string_view),
                 const char* otherwise = "The operation failed") {
    TextOrBytes text;
    if (ready() && text.read(env(), info, 0)) check((*context_.*call)(text.view()), otherwise);
  }
  void with_passphrase(const Args& info,
                       bool (net::TlsContext::*call)(std::string_view, const std::string_view*)) {
    TextOrBytes text, passphrase;
    bool given = info.Length() > 1 && !info[1]->IsNullOrUndefined();
    if (!ready() || !text.read(env(), info, 0) || (given && !passphrase.read(env(), info, 1))) {
      return;
    }
    std::string_view secret = passphrase.view();
    check((*context_.*call)(text.view(), given ? &secret : nullptr));
  }
  v8::Local<v8::Value> der(x509_st* certificate) {
    if (certificate == nullptr) return v8::Null(env().isolate());
    return buffer_of(env(), net::tls_der(certificate));
  }

  std::optional<net::TlsContext> context_;
};

constexpr Method kSecureContextMethods[] = {
    method<&SecureContext::init>("init"),
    method<&SecureContext::set_key>("setKey"),
    method<&SecureContext::load_pfx>("loadPKCS12"),
    method<&SecureContext::set_cert>("setCert"),
    method<&SecureContext::add_ca>("addCACert"),
    method<&SecureContext::add_crl>("addCRL"),
    method<&SecureContext::add_root_certs>("addRootCerts"),
    method<&SecureContext::allow_partial_chains>("setAllowPartialTrustChain"),
    method<&SecureContext::set_ciphers>("setCiphers"),
    method<&SecureContext::set_cipher_suites>("setCipherSuites"),
    method<&SecureContext::set_sigalgs>("setSigalgs"),
    method<&SecureContext::set_curves>("setECDHCurve"),
    method<&SecureContext::set_dh>("setDHParam"),
    method<&SecureContext::set_min>("setMinProto"),
    method<&SecureContext::set_max>("setMaxProto"),
    method<&SecureContext::min>("getMinProto"),
    method<&SecureContext::max>("getMaxProto"),
    method<&SecureContext::set_options>("setOptions"),
    method<&SecureContext::set_session_id_context>("setSessionIdContext"),
    method<&SecureContext::set_session_timeout>("setSessionTimeout"),
    method<&SecureContext::ticket_keys>("getTicketKeys"),
    method<&SecureContext::set_ticket_keys>("setTicketKeys"),
    method<&SecureContext::certificate>("getCertificate"),
    method<&SecureContext::issuer>("getIssuer"),
    method<&SecureContext::close>("close"),
};

}  // namespace

extern const ClassSpec kTrustedRootsClass =
    wrapped_class<TrustedRoots>("TrustedRoots", kTrustedRootsMethods);
extern const ClassSpec kSecureContextClass =
    wrapped_class<SecureContext>("SecureContext", kSecureContextMethods);

net::TlsContext* tls_context_of(Env& env, v8::Local<v8::Value> value) {
  SecureContext* handle = Wrapped::from<SecureContext>(env, value, kSecureContextClass);
  return handle == nullptr ? nullptr : handle->context();
}

}  // namespace node::js
