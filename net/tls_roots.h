// The certificate authorities that the system trusts. Knows nothing of connections.
#pragma once

#include <string>
#include <vector>

struct x509_store_st;

namespace node::net {

// Read on first use and shared by all contexts of a process: SSL_CERT_FILE and SSL_CERT_DIR when
// the environment has them, else the distribution's; NODE_EXTRA_CA_CERTS in any case.
class TlsRoots {
 public:
  TlsRoots() = default;
  ~TlsRoots();
  TlsRoots(const TlsRoots&) = delete;
  TlsRoots& operator=(const TlsRoots&) = delete;

  // Owned by this object; who keeps it adds a reference.
  x509_store_st* store();
  // A store of the caller's own with the same certificates.
  x509_store_st* make_store();
  // All of them in DER, those of NODE_EXTRA_CA_CERTS left out.
  std::vector<std::string> list();
  // Why NODE_EXTRA_CA_CERTS could not be used, once; empty when nothing is to be told.
  std::string take_warning();

 private:
  x509_store_st* store_ = nullptr;
  std::string warning_;
  bool warned_ = false;
};

}  // namespace node::net
