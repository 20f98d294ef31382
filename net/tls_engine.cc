// One TLS connection: the handshake, what is read and what is written. What OpenSSL asks in between
// is in tls_callbacks.cc.
#include "net/tls_engine.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "net/tls_compat.h"

namespace node::net {
namespace {

// Counts how deep we are in OpenSSL's calls, and lets their errors be the only ones.
class Inside {
 public:
  explicit Inside(uint8_t* depth) : depth_(depth) {
    ++*depth_;
    ERR_clear_error();
  }
  ~Inside() { --*depth_; }

 private:
  uint8_t* depth_;
};

}  // namespace

TlsEngine::~TlsEngine() { close(); }

TlsEngine::Setup& TlsEngine::setup() {
  if (!setup_) setup_ = std::make_unique<Setup>();
  return *setup_;
}

// Within OpenSSL the connection must stay: it goes when the outermost call is over.
void TlsEngine::close() {
  closed_ = true;
  if (inside_ > 0) return;
  SSL_free(std::exchange(ssl_, nullptr));
  held_.reset();
  std::free(std::exchange(kept_, nullptr));
  kept_size_ = kept_used_ = 0;
  input_ = {};
  std::string().swap(pending_);
  pending_sent_ = 0;
  setup_.reset();
}

// ---- The handshake -------------------------------------------------------------------------

void TlsEngine::start() {
  if (ssl_ == nullptr || server_) return;
  handshake();
}

// True when it is over.
bool TlsEngine::handshake() {
  if (ssl_ == nullptr || inside_ > 0 || failed_ || paused() || closed_) return false;
  if (secure_) return true;
  if (!server_) held_ = std::make_unique<std::string>();
  int n;
  {
    Inside inside(&inside_);
    n = SSL_do_handshake(ssl_);
    if (n != 1) settle(n);
  }
  if (n == 1) {
    secure_ = true;
    handshake_done_ = true;
  } else {
    send_held();
  }
  report();
  return secure_ && !closed_;
}

// Why an SSL call did not do what it should.
void TlsEngine::settle(int result) {
  switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
    case SSL_ERROR_WANT_CLIENT_HELLO_CB:
    case SSL_ERROR_WANT_X509_LOOKUP:
      break;
    case SSL_ERROR_ZERO_RETURN:
      ended_ = true;
      break;
    default:
      failed_ = true;
      error_ = std::make_unique<TlsError>(take_tls_error());
  }
}

TlsError TlsEngine::take_error() {
  if (!error_) return {};
  TlsError error = std::move(*error_);
  error_.reset();
  return error;
}

// Tells, outside of OpenSSL, what has happened within.
void TlsEngine::report() {
  if (inside_ > 0) return;
  if (closed_) return close();
  if (handshake_done_ && secure_ && !closed_) {
    handshake_done_ = false;
    delegate_.on_secure();
    send_held();
    if (!closed_) send_pending();
  }
}

void TlsEngine::resume() {
  if (inside_ == 0 && !closed_) delegate_.on_resumed();
}

bool TlsEngine::renegotiate() {
  if (ssl_ == nullptr || !secure_ || inside_ > 0) return false;
  send_held();
  Inside inside(&inside_);
  // A resumed session would ask for no certificate.
  SSL_set_options(ssl_, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION);
  if (SSL_renegotiate(ssl_) != 1) return false;
  int n = SSL_do_handshake(ssl_);
  if (n != 1) settle(n);
  return !failed_;
}

// ---- Reading -------------------------------------------------------------------------------

size_t TlsEngine::take_input(char* out, size_t size) {
  size_t n = 0;
  if (kept_size_ > 0) {
    n = std::min(size, kept_size_ - kept_used_);
    std::memcpy(out, kept_ + kept_used_, n);
    kept_used_ += n;
    if (kept_used_ == kept_size_) {
      std::free(std::exchange(kept_, nullptr));
      kept_size_ = kept_used_ = 0;
    }
  }
  size_t more = std::min(size - n, input_.size());
  if (more > 0) std::memcpy(out + n, input_.data(), more);
  input_.remove_prefix(more);
  return n + more;
}

void TlsEngine::keep_input() {
  if (input_.empty()) return;
  size_t left = kept_size_ - kept_used_;
  char* joined = closed_ ? nullptr : static_cast<char*>(std::malloc(left + input_.size()));
  if (joined != nullptr) {
    if (left > 0) std::memcpy(joined, kept_ + kept_used_, left);
    std::memcpy(joined + left, input_.data(), input_.size());
    std::free(std::exchange(kept_, joined));
    kept_size_ = left + input_.size();
    kept_used_ = 0;
  } else {
    failed_ = true;
  }
  input_ = {};
}

size_t TlsEngine::read(std::span<char> room) {
  if (!handshake() || ended_) return 0;
  // What came before a handshake is told before it.
  bool may_renegotiate =
      SSL_version(ssl_) < TLS1_3_VERSION && (SSL_get_options(ssl_) & SSL_OP_NO_RENEGOTIATION) == 0;
  size_t total = 0;
  while (total < room.size() && !failed_ && !ended_) {
    int n;
    {
      Inside inside(&inside_);
      n = SSL_read(ssl_, room.data() + total, static_cast<int>(room.size() - total));
      if (n <= 0) settle(n);
    }
    if (n > 0) total += static_cast<size_t>(n);
    if (closed_) return report(), 0;
    if (handshake_done_ || n <= 0 || may_renegotiate) break;
  }
  report();
  return closed_ ? 0 : total;
}

// ---- Writing -------------------------------------------------------------------------------

void TlsEngine::send(std::string_view cipher) {
  if (closed_) return;
  if (held_) {
    held_->append(cipher);
  } else {
    delegate_.on_cipher(cipher);
  }
}

void TlsEngine::send_held() {
  std::unique_ptr<std::string> held = std::move(held_);
  if (held && !held->empty()) send(*held);
}

// Takes what it has encrypted off `plain`. False when a handshake has to go first, or all is lost.
bool TlsEngine::encrypt(std::string_view* plain) {
  while (!plain->empty() && !closed_) {
    size_t most = std::min(plain->size(), size_t{1} << 30);
    Inside inside(&inside_);
    int n = SSL_write(ssl_, plain->data(), static_cast<int>(most));
    if (n <= 0) {
      settle(n);
      return false;
    }
    plain->remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool TlsEngine::write(std::string_view plain) {
  if (ssl_ == nullptr || failed_ || closed_) return false;
  if (plain.empty()) return pending() == 0;
  if (secure_) send_held();
  if (secure_ && inside_ == 0 && pending() == 0 && encrypt(&plain)) {
    report();
    return !closed_;
  }
  if (!failed_ && !closed_) pending_.append(plain);
  report();
  return false;
}

void TlsEngine::send_pending() {
  if (inside_ > 0 || !secure_ || failed_ || closed_) return;
  if (pending() > 0) {
    std::string_view rest = std::string_view(pending_).substr(pending_sent_);
    bool all = encrypt(&rest);
    if (closed_) return close();
    pending_sent_ = pending_.size() - rest.size();
    if (!all) return;
    std::string().swap(pending_);
    pending_sent_ = 0;
    delegate_.on_sent();
  }
  if (shutdown_wanted_ && !closed_) shutdown();
}

void TlsEngine::shutdown() {
  if (ssl_ == nullptr || failed_ || closed_) return;
  shutdown_wanted_ = true;
  if (inside_ > 0 || pending() > 0 || !secure_) return;
  shutdown_wanted_ = false;
  send_held();
  Inside inside(&inside_);
  SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace node::net
