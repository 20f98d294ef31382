// TlsContext: its key, its certificates and those it trusts.
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "net/tls_compat.h"
#include "net/tls_context.h"

namespace node::net {
namespace {

// pem_password_cb(3). Having none is an error, not a question at the terminal.
int give_passphrase(char* out, int size, int, void* data) {
  const auto* passphrase = static_cast<const std::string_view*>(data);
  if (passphrase == nullptr || passphrase->size() > static_cast<size_t>(size)) return -1;
  if (!passphrase->empty()) std::memcpy(out, passphrase->data(), passphrase->size());
  return static_cast<int>(passphrase->size());
}

// Whether reading PEM came to the end of the text, which is no error.
bool at_end_of_pem() {
  unsigned long code = ERR_peek_last_error();
  bool end = ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
  if (end) ERR_clear_error();
  return end;
}

// All certificates of a text; false when one is broken.
bool read_certificates(std::string_view pem, std::vector<X509Ptr>* list) {
  BioPtr bio = tls_read_bio(pem.data(), pem.size());
  while (X509* cert = PEM_read_bio_X509_AUX(bio.get(), nullptr, give_passphrase, nullptr)) {
    list->emplace_back(cert);
  }
  return at_end_of_pem();
}

}  // namespace

bool TlsContext::set_key(std::string_view pem, const std::string_view* passphrase) {
  BioPtr bio = tls_read_bio(pem.data(), pem.size());
  // None is an empty one: what does not fit is then said to be wrong.
  std::string_view secret = passphrase == nullptr ? std::string_view() : *passphrase;
  PkeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &secret));
  return key && SSL_CTX_use_PrivateKey(ctx_, key.get()) == 1;
}

bool TlsContext::set_certificate(std::string_view pem) {
  BioPtr bio = tls_read_bio(pem.data(), pem.size());
  X509Ptr leaf(PEM_read_bio_X509_AUX(bio.get(), nullptr, give_passphrase, nullptr));
  if (!leaf) return false;
  std::vector<X509Ptr> owned;
  std::vector<X509*> chain;
  while (X509* cert = PEM_read_bio_X509(bio.get(), nullptr, give_passphrase, nullptr)) {
    owned.emplace_back(cert);
    chain.push_back(cert);
  }
  return at_end_of_pem() && use_certificate(leaf.get(), chain);
}

bool TlsContext::use_certificate(X509* leaf, const std::vector<X509*>& chain) {
  if (SSL_CTX_use_certificate(ctx_, leaf) != 1 || SSL_CTX_clear_chain_certs(ctx_) != 1) {
    return false;
  }
  X509_free(std::exchange(issuer_, nullptr));
  for (X509* cert : chain) {
    if (SSL_CTX_add1_chain_cert(ctx_, cert) != 1) return false;
    if (issuer_ == nullptr && X509_check_issued(cert, leaf) == X509_V_OK) {
      X509_up_ref(cert);
      issuer_ = cert;
    }
  }
  X509_up_ref(leaf);
  X509_free(std::exchange(certificate_, leaf));
  return true;
}

X509* TlsContext::issuer() {
  if (issuer_ != nullptr || certificate_ == nullptr) return issuer_;
  load_roots();
  X509_STORE_CTX* search = X509_STORE_CTX_new();
  X509_STORE* store = SSL_CTX_get_cert_store(ctx_);
  if (search != nullptr && X509_STORE_CTX_init(search, store, nullptr, nullptr) == 1 &&
      X509_STORE_CTX_get1_issuer(&issuer_, search, certificate_) != 1) {
    issuer_ = nullptr;
  }
  X509_STORE_CTX_free(search);
  ERR_clear_error();
  return issuer_;
}

bool TlsContext::load_pfx(std::string_view der, const std::string_view* passphrase) {
  BioPtr bio = tls_read_bio(der.data(), der.size());
  PKCS12* pfx = d2i_PKCS12_bio(bio.get(), nullptr);
  if (pfx == nullptr) return false;
  std::string password(passphrase == nullptr ? std::string_view() : *passphrase);
  EVP_PKEY* key = nullptr;
  X509* leaf = nullptr;
  STACK_OF(X509)* authorities = nullptr;
  bool ok = PKCS12_parse(pfx, passphrase == nullptr ? nullptr : password.c_str(), &key, &leaf,
                         &authorities) == 1;
  OPENSSL_cleanse(password.data(), password.size());
  PKCS12_free(pfx);
  PkeyPtr owned_key(key);
  X509Ptr owned_leaf(leaf);
  std::vector<X509*> chain;
  // Backwards from what PKCS12_parse gives, which is the order in which they lead upwards.
  for (int i = 0; i < sk_X509_num(authorities); ++i) chain.push_back(sk_X509_value(authorities, i));
  if (ok && key != nullptr && leaf == nullptr) {
    ERR_put_error(ERR_LIB_SSL, 0, SSL_R_NO_CERTIFICATE_ASSIGNED, __FILE__, __LINE__);
    ok = false;
  }
  ok = ok && leaf != nullptr && use_certificate(leaf, chain) &&
       SSL_CTX_use_PrivateKey(ctx_, key) == 1;
  if (ok && !chain.empty()) {
    ok = own_store();
    for (X509* cert : chain) {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx_), cert);
      SSL_CTX_add_client_CA(ctx_, cert);
    }
  }
  sk_X509_pop_free(authorities, X509_free);
  return ok;
}

// ---- Whom we trust -------------------------------------------------------------------------

// A store that may be added to: one that is shared gives way to a copy.
bool TlsContext::own_store() {
  if (roots_ == nullptr) return true;
  X509_STORE* store = roots_->make_store();
  if (store == nullptr) return false;
  SSL_CTX_set_cert_store(ctx_, store);
  roots_ = nullptr;
  return true;
}

bool TlsContext::add_authority(std::string_view pem) {
  std::vector<X509Ptr> list;
  if (!own_store() || !read_certificates(pem, &list)) return false;
  X509_STORE* store = SSL_CTX_get_cert_store(ctx_);
  for (const X509Ptr& cert : list) {
    X509_STORE_add_cert(store, cert.get());
    SSL_CTX_add_client_CA(ctx_, cert.get());
  }
  ERR_clear_error();
  return true;
}

bool TlsContext::add_crl(std::string_view pem) {
  BioPtr bio = tls_read_bio(pem.data(), pem.size());
  X509_CRL* crl = PEM_read_bio_X509_CRL(bio.get(), nullptr, give_passphrase, nullptr);
  if (crl == nullptr || !own_store()) return false;
  X509_STORE* store = SSL_CTX_get_cert_store(ctx_);
  X509_STORE_add_crl(store, crl);
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  X509_CRL_free(crl);
  return true;
}

void TlsContext::load_roots() {
  if (roots_ == nullptr || roots_loaded_) return;
  roots_loaded_ = true;
  SSL_CTX_set1_cert_store(ctx_, roots_->store());
}

void TlsContext::allow_partial_chains() {
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(ctx_), X509_V_FLAG_PARTIAL_CHAIN);
}

}  // namespace node::net
