// The certificate authorities that the system trusts.
#include "net/tls_roots.h"

#include <dirent.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "net/tls_compat.h"

namespace node::net {
namespace {

// Where distributions keep all of them in one file.
constexpr const char* kBundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Alpine, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",                   // RHEL 6
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/etc/ssl/cert.pem",                                  // BSD, macOS
    "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD's port
    "/etc/certs/ca-certificates.crt",                     // Solaris
};

// The variable's value, unless the program runs with another user's rights.
const char* environment(const char* name) {
  if (::getuid() != ::geteuid() || ::getgid() != ::getegid()) return nullptr;
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

const char* bundle() {
  if (const char* file = environment("SSL_CERT_FILE")) return file;
  if (environment("SSL_CERT_DIR") != nullptr) return nullptr;
  for (const char* path : kBundles) {
    if (::access(path, R_OK) == 0) return path;
  }
  return nullptr;
}

const char* folder() {
  const char* own = environment("SSL_CERT_DIR");
  if (own != nullptr || environment("SSL_CERT_FILE") != nullptr) return own;
  return bundle() == nullptr ? X509_get_default_cert_dir() : nullptr;
}

// Each certificate of a PEM file. False when there is none; the error queue says why.
template <typename Each>
bool each_certificate(const char* path, Each each) {
  BioPtr in(BIO_new_file(path, "r"));
  if (!in) return false;
  int count = 0;
  while (X509Ptr cert{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) {
    each(cert.get());
    ++count;
  }
  if (count > 0) ERR_clear_error();
  return count > 0;
}

void add_der(X509* cert, std::vector<std::string>* list) {
  unsigned char* der = nullptr;
  int len = i2d_X509(cert, &der);
  std::string one(reinterpret_cast<char*>(der), len > 0 ? static_cast<size_t>(len) : 0);
  OPENSSL_free(der);
  if (len > 0 && std::find(list->begin(), list->end(), one) == list->end()) list->push_back(one);
}

}  // namespace

TlsRoots::~TlsRoots() { X509_STORE_free(store_); }

X509_STORE* TlsRoots::store() {
  if (store_ == nullptr) store_ = make_store();
  return store_;
}

X509_STORE* TlsRoots::make_store() {
  X509_STORE* store = X509_STORE_new();
  auto add = [store](X509* cert) { X509_STORE_add_cert(store, cert); };
  if (const char* file = bundle()) each_certificate(file, add);
  if (const char* path = folder()) {
    // Files are looked up by the hash of a name when a chain needs them.
    X509_LOOKUP* lookup = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());
    X509_LOOKUP_add_dir(lookup, path, X509_FILETYPE_PEM);
  }
  ERR_clear_error();
  const char* extra = environment("NODE_EXTRA_CA_CERTS");
  if (extra != nullptr && !each_certificate(extra, add) && !warned_) {
    char why[256];
    ERR_error_string_n(ERR_peek_error(), why, sizeof why);
    warning_ = std::string("Ignoring extra certs from `") + extra + "`, load failed: " + why;
    warned_ = true;
  }
  ERR_clear_error();
  return store;
}

std::vector<std::string> TlsRoots::list() {
  std::vector<std::string> list;
  auto add = [&list](X509* cert) { add_der(cert, &list); };
  if (const char* file = bundle()) each_certificate(file, add);
  const char* path = folder();
  DIR* dir = path == nullptr ? nullptr : ::opendir(path);
  while (dirent* entry = dir == nullptr ? nullptr : ::readdir(dir)) {
    // NAME.0, as c_rehash names them.
    std::string name = entry->d_name;
    if (name.size() > 2 && name[name.size() - 2] == '.') {
      each_certificate((std::string(path) + "/" + name).c_str(), add);
    }
  }
  if (dir != nullptr) ::closedir(dir);
  ERR_clear_error();
  return list;
}

std::string TlsRoots::take_warning() { return std::exchange(warning_, std::string()); }

}  // namespace node::net
