// TlsEngine: how it is set up, and what OpenSSL asks it.
#include <openssl/crypto.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <utility>

#include "net/tls_compat.h"
#include "net/tls_engine.h"

namespace node::net {

// OpenSSL's callbacks; each finds its engine by the connection.
struct TlsEngine::Callbacks {
  static TlsEngine* engine(const SSL* ssl) {
    return static_cast<TlsEngine*>(SSL_get_app_data(const_cast<SSL*>(ssl)));
  }

  // --- BIO_meth_new(3): bytes from and to the engine ---
  static int bio_read(BIO* bio, char* out, int size) {
    auto* self = static_cast<TlsEngine*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    size_t n = self->take_input(out, static_cast<size_t>(size));
    if (n > 0) return static_cast<int>(n);
    BIO_set_retry_read(bio);
    return -1;
  }
  static int bio_write(BIO* bio, const char* data, int size) {
    auto* self = static_cast<TlsEngine*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    self->send({data, static_cast<size_t>(size)});
    return size;
  }
  static long bio_ctrl(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH || command == BIO_CTRL_PUSH || command == BIO_CTRL_POP;
  }
  static BIO* make_bio(TlsEngine* self) {
    // One for the process; it is never freed.
    static BIO_METHOD* const method = [] {
      BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "engine");
      BIO_meth_set_read(made, bio_read);
      BIO_meth_set_write(made, bio_write);
      BIO_meth_set_ctrl(made, bio_ctrl);
      return made;
    }();
    BIO* bio = BIO_new(method);
    if (bio == nullptr) return nullptr;
    BIO_set_data(bio, self);
    BIO_set_init(bio, 1);
    return bio;
  }

  // --- The course of the handshake ---
  static void info(const SSL* ssl, int where, int) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr || !self->secure_ || SSL_version(ssl) >= TLS1_3_VERSION) return;
    // One that is refused begins and ends, too.
    if ((SSL_get_options(ssl) & SSL_OP_NO_RENEGOTIATION) != 0) return;
    if ((where & SSL_CB_HANDSHAKE_START) != 0 && !self->closed_) self->delegate_.on_renegotiation();
    // Sending a HelloRequest is told as one, too.
    bool asked = SSL_renegotiate_pending(const_cast<SSL*>(ssl)) != 0;
    if ((where & SSL_CB_HANDSHAKE_DONE) != 0 && !asked) self->handshake_done_ = true;
  }

  static int verify(int, X509_STORE_CTX*) { return 1; }

  static int hello(SSL* ssl, int*, void*) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr || !self->setup_ || !self->setup_->ask_hello || self->setup_->hello_done) {
      return SSL_CLIENT_HELLO_SUCCESS;
    }
    const unsigned char* id = nullptr;
    size_t id_size = SSL_client_hello_get0_session_id(ssl, &id);
    const unsigned char* ticket = nullptr;
    size_t ticket_size = 0;
    SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_session_ticket, &ticket, &ticket_size);
    self->setup_->hello_done = true;
    self->waiting_ = Waiting::kHello;
    self->delegate_.on_hello(
        {{reinterpret_cast<const char*>(id), id_size}, hello_name(ssl), ticket_size > 0});
    return self->waiting_ == Waiting::kNothing ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_RETRY;
  }

  // RFC 6066, 3: a list of names, of which only host names (type 0) are defined.
  static std::string_view hello_name(SSL* ssl) {
    const unsigned char* data = nullptr;
    size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) != 1 || size < 5 ||
        data[2] != 0) {
      return {};
    }
    size_t length = static_cast<size_t>(data[3]) << 8 | data[4];
    return {reinterpret_cast<const char*>(data) + 5, std::min(length, size - 5)};
  }

  static int certificate(SSL* ssl, void*) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr || !self->server_ || !self->setup_ || !self->setup_->ask_certificate ||
        self->setup_->certificate_done) {
      return 1;
    }
    if (self->waiting_ == Waiting::kCertificate) return -1;
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    bool wants_ocsp = SSL_get_tlsext_status_type(ssl) == TLSEXT_STATUSTYPE_ocsp;
    self->waiting_ = Waiting::kCertificate;
    self->delegate_.on_certificate(name == nullptr ? "" : name, wants_ocsp);
    return self->waiting_ == Waiting::kNothing ? 1 : -1;
  }

  static int alpn(SSL* ssl, const unsigned char** out, unsigned char* out_size,
                  const unsigned char* in, unsigned in_size, void*) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr || !self->setup_) return SSL_TLSEXT_ERR_NOACK;
    Setup& setup = *self->setup_;
    if (setup.ask_alpn) {
      setup.alpn_chosen = self->delegate_.on_alpn({reinterpret_cast<const char*>(in), in_size});
      if (setup.alpn_chosen.empty()) return SSL_TLSEXT_ERR_ALERT_FATAL;
      *out = reinterpret_cast<const unsigned char*>(setup.alpn_chosen.data());
      *out_size = static_cast<unsigned char>(setup.alpn_chosen.size());
      return SSL_TLSEXT_ERR_OK;
    }
    if (setup.alpn.empty()) return SSL_TLSEXT_ERR_NOACK;
    int chosen = SSL_select_next_proto(const_cast<unsigned char**>(out), out_size,
                                       reinterpret_cast<const unsigned char*>(setup.alpn.data()),
                                       static_cast<unsigned>(setup.alpn.size()), in, in_size);
    return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
  }

  static int ocsp(SSL* ssl, void*) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr) return 1;
    if (!self->server_) {
      const unsigned char* response = nullptr;
      long size = SSL_get_tlsext_status_ocsp_resp(ssl, &response);
      if (response == nullptr) size = 0;
      self->delegate_.on_ocsp({reinterpret_cast<const char*>(response), static_cast<size_t>(size)});
      return 1;
    }
    if (!self->setup_ || self->setup_->ocsp_response.empty()) return SSL_TLSEXT_ERR_NOACK;
    const std::string& response = self->setup_->ocsp_response;
    // OpenSSL frees it.
    void* copy = OPENSSL_memdup(response.data(), response.size());
    if (copy == nullptr) return SSL_TLSEXT_ERR_NOACK;
    SSL_set_tlsext_status_ocsp_resp(ssl, static_cast<unsigned char*>(copy),
                                    static_cast<long>(response.size()));
    return SSL_TLSEXT_ERR_OK;
  }

  // --- Sessions ---
  static int new_session(SSL* ssl, SSL_SESSION* session) {
    TlsEngine* self = engine(ssl);
    if (self == nullptr || !self->tell_sessions_ || self->closed_) return 0;
    int size = i2d_SSL_SESSION(session, nullptr);
    if (size <= 0) return 0;
    std::string der(static_cast<size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_SSL_SESSION(session, &out);
    unsigned id_size = 0;
    const unsigned char* id = SSL_SESSION_get_id(session, &id_size);
    self->delegate_.on_session({reinterpret_cast<const char*>(id), id_size}, der);
    OPENSSL_cleanse(der.data(), der.size());
    return 0;
  }

  static SSL_SESSION* get_session(SSL* ssl, const unsigned char*, int, int* copy) {
    TlsEngine* self = engine(ssl);
    *copy = 0;
    if (self == nullptr || !self->setup_ || self->setup_->resumed_session.empty()) return nullptr;
    const std::string& der = self->setup_->resumed_session;
    auto* in = reinterpret_cast<const unsigned char*>(der.data());
    return d2i_SSL_SESSION(nullptr, &in, static_cast<long>(der.size()));
  }

  static void keylog(const SSL* ssl, const char* line) {
    TlsEngine* self = engine(ssl);
    if (self != nullptr && !self->closed_) self->delegate_.on_keylog(line);
  }

#ifndef OPENSSL_NO_SSL_TRACE
  static void trace(int writing, int version, int type, const void* data, size_t size, SSL* ssl,
                    void*) {
    TlsEngine* self = engine(ssl);
    BioPtr text(BIO_new(BIO_s_mem()));
    if (self == nullptr || !text) return;
    SSL_trace(writing, version, type, data, size, ssl, text.get());
    char* bytes = nullptr;
    long length = BIO_get_mem_data(text.get(), &bytes);
    if (length > 0) self->delegate_.on_trace({bytes, static_cast<size_t>(length)});
  }
#endif

  // --- Pre-shared keys ---
  static unsigned psk_client(SSL* ssl, const char* hint, char* identity, unsigned identity_size,
                             unsigned char* key, unsigned key_size) {
    TlsEngine* self = engine(ssl);
    std::string name, secret;
    if (self == nullptr || !self->delegate_.on_psk_client(hint, &name, &secret)) return 0;
    bool fits = name.size() < identity_size && secret.size() <= key_size;
    if (fits) {
      std::memcpy(identity, name.c_str(), name.size() + 1);
      std::memcpy(key, secret.data(), secret.size());
    }
    OPENSSL_cleanse(secret.data(), secret.size());
    return fits ? static_cast<unsigned>(secret.size()) : 0;
  }
  static unsigned psk_server(SSL* ssl, const char* identity, unsigned char* key,
                             unsigned key_size) {
    TlsEngine* self = engine(ssl);
    std::string secret;
    if (self == nullptr || identity == nullptr || !self->delegate_.on_psk_server(identity, &secret))
      return 0;
    bool fits = secret.size() <= key_size;
    if (fits) std::memcpy(key, secret.data(), secret.size());
    OPENSSL_cleanse(secret.data(), secret.size());
    return fits ? static_cast<unsigned>(secret.size()) : 0;
  }
};

void TlsEngine::install_callbacks(SSL_CTX* ctx) {
  SSL_CTX_sess_set_new_cb(ctx, Callbacks::new_session);
  SSL_CTX_sess_set_get_cb(ctx, Callbacks::get_session);
  SSL_CTX_set_alpn_select_cb(ctx, Callbacks::alpn, nullptr);
  SSL_CTX_set_tlsext_status_cb(ctx, Callbacks::ocsp);
  SSL_CTX_set_client_hello_cb(ctx, Callbacks::hello, nullptr);
  SSL_CTX_set_cert_cb(ctx, Callbacks::certificate, nullptr);
  SSL_CTX_set_info_callback(ctx, Callbacks::info);
}

bool TlsEngine::open(TlsContext& context, bool server) {
  server_ = server;
  ssl_ = SSL_new(context.raw());
  BIO* bio = ssl_ == nullptr ? nullptr : Callbacks::make_bio(this);
  if (bio == nullptr) return false;
  SSL_set_app_data(ssl_, this);
  SSL_set_bio(ssl_, bio, bio);
  if (server) {
    SSL_set_accept_state(ssl_);
  } else {
    SSL_set_connect_state(ssl_);
    // A server's certificate is always looked at.
    context.load_roots();
    SSL_set_verify(ssl_, SSL_VERIFY_NONE, Callbacks::verify);
  }
  return true;
}

void TlsEngine::verify_peer(TlsContext& context, bool required) {
  context.load_roots();
  int mode = SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
  SSL_set_verify(ssl_, mode, Callbacks::verify);
}

bool TlsEngine::set_server_name(const std::string& name) {
  return SSL_set_tlsext_host_name(ssl_, name.c_str()) == 1;
}

void TlsEngine::set_alpn(std::string_view list) {
  if (server_) {
    setup().alpn = list;
  } else {
    SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(list.data()),
                        static_cast<unsigned>(list.size()));
  }
}

bool TlsEngine::set_session(std::string_view session) {
  auto* in = reinterpret_cast<const unsigned char*>(session.data());
  SessionPtr made(d2i_SSL_SESSION(nullptr, &in, static_cast<long>(session.size())));
  return made && SSL_set_session(ssl_, made.get()) == 1;
}

void TlsEngine::ask_ocsp() { SSL_set_tlsext_status_type(ssl_, TLSEXT_STATUSTYPE_ocsp); }
void TlsEngine::ask_keylog() {
  SSL_CTX_set_keylog_callback(SSL_get_SSL_CTX(ssl_), Callbacks::keylog);
}
void TlsEngine::ask_trace() {
#ifndef OPENSSL_NO_SSL_TRACE
  SSL_set_msg_callback(ssl_, Callbacks::trace);
#endif
}
void TlsEngine::ask_psk_client() { SSL_set_psk_client_callback(ssl_, Callbacks::psk_client); }
void TlsEngine::ask_psk_server() { SSL_set_psk_server_callback(ssl_, Callbacks::psk_server); }
bool TlsEngine::set_psk_identity_hint(const std::string& hint) {
  return ssl_ != nullptr && SSL_use_psk_identity_hint(ssl_, hint.c_str()) == 1;
}
void TlsEngine::forbid_renegotiation() {
  if (ssl_ != nullptr) SSL_set_options(ssl_, SSL_OP_NO_RENEGOTIATION);
}
bool TlsEngine::set_max_fragment(int bytes) {
  return ssl_ != nullptr && SSL_set_max_send_fragment(ssl_, bytes) == 1;
}

void TlsEngine::resume_hello(std::string_view session) {
  if (waiting_ != Waiting::kHello) return;
  waiting_ = Waiting::kNothing;
  setup().resumed_session = session;
  resume();
}

bool TlsEngine::use_context(TlsContext* context) {
  if (ssl_ == nullptr || context == nullptr) return false;
  if (SSL_set_SSL_CTX(ssl_, context->raw()) == nullptr) return false;
  // What SSL_set_SSL_CTX leaves as it was.
  SSL_set_options(ssl_, SSL_CTX_get_options(context->raw()));
  if ((SSL_get_verify_mode(ssl_) & SSL_VERIFY_PEER) != 0) {
    context->load_roots();
    SSL_set1_verify_cert_store(ssl_, SSL_CTX_get_cert_store(context->raw()));
    STACK_OF(X509_NAME)* names = SSL_CTX_get_client_CA_list(context->raw());
    SSL_set_client_CA_list(ssl_, names == nullptr ? nullptr : SSL_dup_CA_list(names));
  }
  return true;
}

void TlsEngine::resume_certificate() {
  if (waiting_ != Waiting::kCertificate) return;
  waiting_ = Waiting::kNothing;
  setup().certificate_done = true;
  resume();
}

// ---- What became of it ---------------------------------------------------------------------

long TlsEngine::verify_result(long none) const {
  if (ssl_ == nullptr) return none;
  if (X509Ptr peer{tls_peer_certificate(ssl_)}) return SSL_get_verify_result(ssl_);
  // Both sides have proved that they know a key: a pre-shared one, or that of a session (TLS 1.3's
  // look alike).
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl_);
  if (cipher != nullptr && SSL_CIPHER_get_auth_nid(cipher) == NID_auth_psk) return X509_V_OK;
  bool resumed = SSL_version(ssl_) >= TLS1_3_VERSION && SSL_session_reused(ssl_);
  return resumed ? X509_V_OK : none;
}

std::string_view TlsEngine::alpn() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  if (ssl_ != nullptr) SSL_get0_alpn_selected(ssl_, &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

const char* TlsEngine::server_name() const {
  return ssl_ == nullptr ? nullptr : SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
}

bool TlsEngine::session_reused() const { return ssl_ != nullptr && SSL_session_reused(ssl_) == 1; }

}  // namespace node::net
