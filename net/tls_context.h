// What TLS connections have in common: key, certificates, whom to trust, versions, ciphers. Knows
// nothing of connections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/tls_roots.h"

struct ssl_ctx_st;
struct x509_st;

namespace node::net {

enum class TlsRole : uint8_t { kBoth, kServer, kClient };

// Connections keep what they need of it: it may go before them. A function that says false (or a
// negative number) leaves its reasons in OpenSSL's queue of errors of this thread.
class TlsContext {
 public:
  TlsContext() = default;
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // Versions as RFC 8446 numbers them (0x0303 is TLS 1.2); 0: no limit. Once, before all else.
  bool open(TlsRole role, int min_version, int max_version);
  ssl_ctx_st* raw() const { return ctx_; }

  // --- Who we are ----------------------------------------------------------------------------
  // PEM; `passphrase` may be null. Keys of several types may be set, one after the other.
  bool set_key(std::string_view pem, const std::string_view* passphrase);
  // PEM: our certificate, then those that lead to its authority.
  bool set_certificate(std::string_view pem);
  // PKCS #12 with key, certificate and authorities. Authorities in it are trusted.
  bool load_pfx(std::string_view der, const std::string_view* passphrase);
  // Our certificate, or the one that has issued it; null when unknown. The context owns them.
  x509_st* certificate() const { return certificate_; }
  x509_st* issuer();

  // --- Whom we trust -------------------------------------------------------------------------
  // PEM with any number of certificates. What is not a certificate is passed over.
  bool add_authority(std::string_view pem);
  bool add_crl(std::string_view pem);
  // The system's, which are read when the first connection verifies its peer. `roots` stays.
  void trust_roots(TlsRoots& roots) { roots_ = &roots; }
  // Connections that verify their peer call it first.
  void load_roots();
  // Chains may end in an intermediate certificate that is trusted itself.
  void allow_partial_chains();

  // --- How we talk ---------------------------------------------------------------------------
  bool set_ciphers(std::string_view list);        // up to TLS 1.2
  bool set_cipher_suites(std::string_view list);  // of TLS 1.3
  bool set_signature_algorithms(std::string_view list);
  bool set_curves(std::string_view list);
  // PEM, or "auto". Bits of the parameters; below 1024 they have not been taken.
  int set_dh(std::string_view pem);
  bool set_min_version(int version);
  bool set_max_version(int version);
  int min_version() const;
  int max_version() const;
  // SSL_OP_ bits that are added to those set already.
  void set_options(uint64_t options);

  // --- Sessions ------------------------------------------------------------------------------
  static constexpr size_t kTicketKeyBytes = 48;
  bool set_session_id_context(std::string_view id);
  void set_session_timeout(long seconds);
  // A name, an HMAC-SHA256 key and an AES-128 key, 16 bytes each.
  bool set_ticket_keys(std::string_view keys);
  std::string_view ticket_keys() const;

 private:
  bool make_ticket_keys();
  bool own_store();
  bool use_certificate(x509_st* leaf, const std::vector<x509_st*>& chain);

  ssl_ctx_st* ctx_ = nullptr;
  x509_st* certificate_ = nullptr;
  x509_st* issuer_ = nullptr;
  TlsRoots* roots_ = nullptr;  // trusted, and
  bool roots_loaded_ = false;  // the context's store is theirs
};

}  // namespace node::net
