// One TLS connection without any I/O: cipher text in, plain text out and the other way round. Knows
// neither sockets nor scripts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/tls_context.h"
#include "net/tls_error.h"

struct ssl_st;

namespace node::net {

class TlsEngine;

// What a client has said of itself before anything is decided.
struct TlsHello {
  std::string_view session_id;
  std::string_view server_name;
  bool has_ticket;
};

// Whom an engine reports to. All calls come from within read(), write(), start() and shutdown();
// the engine may be given more to do, and be closed, but not destroyed, by any of them.
class TlsDelegate {
 public:
  // To be sent. Lives for the call.
  virtual void on_cipher(std::string_view cipher) = 0;
  // A handshake is over: the first, or another one that the peer wanted.
  virtual void on_secure() = 0;
  // A handshake begins that is not the first (TLS 1.2). Nothing of it has been answered yet.
  virtual void on_renegotiation() {}
  // Pending plain text has been encrypted after write() had said false.
  virtual void on_sent() {}
  // The engine goes on after a pause: read() may have more.
  virtual void on_resumed() {}
  // A session that can be resumed. `id` and `session` (ASN.1) live for the call.
  virtual void on_session(std::string_view id, std::string_view session) {
    (void)id, (void)session;
  }
  virtual void on_keylog(std::string_view line) { (void)line; }
  virtual void on_trace(std::string_view text) { (void)text; }
  // Asked for by ask_hello(): the engine waits for resume_hello().
  virtual void on_hello(const TlsHello& hello) { (void)hello; }
  // Asked for by ask_certificate(): the engine waits for resume_certificate().
  virtual void on_certificate(std::string_view server_name, bool wants_ocsp) {
    (void)server_name, (void)wants_ocsp;
  }
  // The server's stapled answer, empty when it gave none.
  virtual void on_ocsp(std::string_view response) { (void)response; }
  // `offered`: RFC 7301's list of protocols. Its answer is one of them, or empty to refuse.
  virtual std::string_view on_alpn(std::string_view offered) { return offered.substr(0, 0); }
  // Pre-shared keys. The client says who it is; false when it has no key. Bytes used of `key`.
  virtual bool on_psk_client(const char* hint, std::string* identity, std::string* key) {
    (void)hint, (void)identity, (void)key;
    return false;
  }
  virtual bool on_psk_server(std::string_view identity, std::string* key) {
    (void)identity, (void)key;
    return false;
  }

 protected:
  ~TlsDelegate() = default;
};

// Between messages an engine owns OpenSSL's connection and nothing else.
class TlsEngine {
 public:
  explicit TlsEngine(TlsDelegate& delegate) : delegate_(delegate) {}
  ~TlsEngine();
  TlsEngine(const TlsEngine&) = delete;
  TlsEngine& operator=(const TlsEngine&) = delete;

  // False when memory is gone. The context need not outlive the engine.
  bool open(TlsContext& context, bool server);
  bool is_open() const { return ssl_ != nullptr; }
  ssl_st* raw() const { return ssl_; }

  // --- Before the handshake ------------------------------------------------------------------
  // A client is asked for its certificate. What is wrong with it is told by verify_result(), as it
  // is of servers: the handshake does not fail for it, but with `required` it does for having none.
  void verify_peer(TlsContext& context, bool required);
  bool set_server_name(const std::string& name);
  // RFC 7301's list: each protocol after a byte with its length.
  void set_alpn(std::string_view list);
  void ask_alpn() { setup().ask_alpn = true; }
  bool set_session(std::string_view session);
  void ask_hello() { setup().ask_hello = true; }
  void ask_certificate() { setup().ask_certificate = true; }
  void ask_ocsp();
  void ask_keylog();
  void ask_trace();
  void ask_psk_client();
  void ask_psk_server();
  bool set_psk_identity_hint(const std::string& hint);
  void tell_sessions() { tell_sessions_ = true; }
  void forbid_renegotiation();
  bool set_max_fragment(int bytes);

  // --- Answers -------------------------------------------------------------------------------
  // The session that the client's id stands for (ASN.1), or nothing.
  void resume_hello(std::string_view session);
  // Goes on with the certificate of `context`; null: the one there is.
  bool use_context(TlsContext* context);
  void set_ocsp_response(std::string_view response) { setup().ocsp_response = response; }
  void resume_certificate();

  // --- Bytes ---------------------------------------------------------------------------------
  // A client says hello.
  void start();
  // Within on_secure(), a client's: nothing is wrong with the server. What ends the handshake may
  // leave, even when close() follows.
  void accept_peer() { send_held(); }
  // The cipher text that read() takes next; what came before must have been used or kept.
  void give(std::string_view cipher) { input_ = cipher; }
  // Goes on with the handshake and decrypts into `room`: bytes, 0 when more input is needed, or the
  // engine is paused, ended or failed.
  size_t read(std::span<char> room);
  // Whether there is input that read() has not taken.
  bool has_input() const { return !input_.empty() || kept_size_ > 0; }
  // Copies what is left of the input: the memory given may go.
  void keep_input();
  // Encrypts. False when it has to wait for the handshake: on_sent() follows.
  bool write(std::string_view plain);
  size_t pending() const { return pending_.size() - pending_sent_; }
  // close_notify: no more is written. Plain text that is pending goes first.
  void shutdown();
  // Forgets all; nothing more is reported.
  void close();

  // --- State ---------------------------------------------------------------------------------
  bool secure() const { return secure_; }
  // The peer has sent close_notify.
  bool ended() const { return ended_; }
  bool failed() const { return failed_; }
  // Why, once.
  TlsError take_error();
  // Waits for resume_hello() or resume_certificate().
  bool paused() const { return waiting_ != Waiting::kNothing; }
  bool is_server() const { return server_; }
  bool inside() const { return inside_ > 0; }
  // X509_V_OK, or why the peer's certificate is not to be trusted. `none`: for no certificate.
  long verify_result(long none) const;
  // The protocol that was agreed on; empty: none.
  std::string_view alpn() const;
  const char* server_name() const;
  bool session_reused() const;
  // TLS 1.2 and older: false when the peer or the version does not allow it.
  bool renegotiate();

  // For TlsContext.
  static void install_callbacks(ssl_ctx_st* ctx);

 private:
  struct Callbacks;
  friend struct Callbacks;
  enum class Waiting : uint8_t { kNothing, kHello, kCertificate };
  // What is needed only until the handshake is over, or for few connections.
  struct Setup {
    std::string alpn;
    std::string alpn_chosen;
    std::string ocsp_response;
    std::string resumed_session;
    bool ask_alpn = false;
    bool ask_hello = false;
    bool ask_certificate = false;
    bool ask_ocsp = false;
    bool hello_done = false;
    bool certificate_done = false;
  };
  Setup& setup();
  bool handshake();
  void settle(int result);
  bool encrypt(std::string_view* plain);
  void send_pending();
  void send(std::string_view cipher);
  void send_held();
  void report();
  void resume();
  size_t take_input(char* out, size_t size);

  TlsDelegate& delegate_;
  ssl_st* ssl_ = nullptr;
  std::string_view input_;
  char* kept_ = nullptr;
  size_t kept_size_ = 0;
  size_t kept_used_ = 0;
  std::string pending_;  // plain text that waits for a handshake
  size_t pending_sent_ = 0;
  std::unique_ptr<Setup> setup_;
  // A client's last flight: it leaves when the program has nothing against the server.
  std::unique_ptr<std::string> held_;
  std::unique_ptr<TlsError> error_;
  uint8_t inside_ = 0;  // calls into OpenSSL under way
  Waiting waiting_ = Waiting::kNothing;
  bool server_ : 1 = false;
  bool secure_ : 1 = false;
  bool ended_ : 1 = false;
  bool failed_ : 1 = false;
  bool closed_ : 1 = false;
  bool tell_sessions_ : 1 = false;
  bool shutdown_wanted_ : 1 = false;
  bool handshake_done_ : 1 = false;  // and to be reported
};

}  // namespace node::net
