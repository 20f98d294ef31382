// Private and public keys out of PEM and DER (RFC 7468, RFC 8017 A.1, RFC 5958, RFC 5280 4.1.2.7).
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstring>

#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

// pem_password_cb(3): -1 when there is no passphrase, or a longer one than fits.
int give_passphrase(char* out, int size, int, void* data) {
  const Passphrase& passphrase = *static_cast<const Passphrase*>(data);
  if (!passphrase || passphrase->size() > static_cast<size_t>(size)) return -1;
  if (!passphrase->empty()) memcpy(out, passphrase->data(), passphrase->size());
  return static_cast<int>(passphrase->size());
}

void* callback_data(const Passphrase& passphrase) { return const_cast<Passphrase*>(&passphrase); }

const unsigned char* start_of(std::span<const char> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

long size_of(std::span<const char> bytes) { return static_cast<long>(bytes.size()); }

using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, net::TlsFree<PKCS8_PRIV_KEY_INFO_free>>;

PkeyPtr parse_pkcs8(std::span<const char> bytes, const Passphrase& passphrase) {
  const unsigned char* at = start_of(bytes);
  Pkcs8Ptr plain(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, size_of(bytes)));
  if (plain != nullptr) return PkeyPtr(EVP_PKCS82PKEY(plain.get()));
  ERR_clear_error();
  return PkeyPtr(d2i_PKCS8PrivateKey_bio(read_bio(bytes).get(), nullptr, give_passphrase,
                                         callback_data(passphrase)));
}

PkeyPtr parse_private_der(std::span<const char> bytes, KeyEncoding encoding,
                          const Passphrase& passphrase) {
  const unsigned char* at = start_of(bytes);
  if (encoding == KeyEncoding::kPkcs8) return parse_pkcs8(bytes, passphrase);
  int type = encoding == KeyEncoding::kPkcs1 ? EVP_PKEY_RSA : EVP_PKEY_EC;
  return PkeyPtr(d2i_PrivateKey(type, nullptr, &at, size_of(bytes)));
}

// The DER between the first lines that bear `name`; false when there are none.
bool find_pem(std::span<const char> bytes, const char* name, std::string* der) {
  unsigned char* data = nullptr;
  long size = 0;
  bool found =
      PEM_bytes_read_bio(&data, &size, nullptr, name, read_bio(bytes).get(), nullptr, nullptr) == 1;
  if (found) der->assign(reinterpret_cast<char*>(data), static_cast<size_t>(size));
  OPENSSL_free(data);
  return found;
}

PkeyPtr key_of_certificate(const std::string& der) {
  const unsigned char* at = start_of(der);
  net::X509Ptr certificate(d2i_X509(nullptr, &at, size_of(der)));
  return PkeyPtr(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
}

// Whether what it has is a public key's text, good or bad; others may be private keys.
bool parse_public_pem(std::span<const char> bytes, PkeyPtr* out) {
  std::string der;
  const unsigned char* at = nullptr;
  if (find_pem(bytes, "PUBLIC KEY", &der)) {
    at = start_of(der);
    out->reset(d2i_PUBKEY(nullptr, &at, size_of(der)));
  } else if (find_pem(bytes, "RSA PUBLIC KEY", &der)) {
    at = start_of(der);
    out->reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size_of(der)));
  } else if (find_pem(bytes, "CERTIFICATE", &der)) {
    *out = key_of_certificate(der);
  } else {
    ERR_clear_error();
    return false;
  }
  // Why the names before this one did not match is no news.
  if (*out != nullptr) ERR_clear_error();
  return true;
}

// RFC 8017 A.1: a private key begins with a version, a public key with its modulus.
bool is_private_pkcs1(std::span<const char> bytes) {
  const unsigned char* at = start_of(bytes);
  const unsigned char* end = at + bytes.size();
  long len = 0;
  int tag = 0;
  int xclass = 0;
  int form = ASN1_get_object(&at, &len, &tag, &xclass, static_cast<long>(bytes.size()));
  bool ok = (form & 0x80) == 0 && tag == V_ASN1_SEQUENCE && end - at >= 3 && at[0] == 2 &&
            at[1] == 1 && at[2] <= 1;
  ERR_clear_error();
  return ok;
}

}  // namespace

PkeyPtr parse_private_key(std::span<const char> bytes, KeyFormat format, KeyEncoding encoding,
                          const Passphrase& passphrase) {
  ERR_clear_error();
  if (format == KeyFormat::kDer) return parse_private_der(bytes, encoding, passphrase);
  return PkeyPtr(PEM_read_bio_PrivateKey(read_bio(bytes).get(), nullptr, give_passphrase,
                                         callback_data(passphrase)));
}

PkeyPtr parse_public_key(std::span<const char> bytes, KeyFormat format, KeyEncoding encoding,
                         const Passphrase& passphrase) {
  ERR_clear_error();
  PkeyPtr key;
  if (format == KeyFormat::kPem) {
    if (parse_public_pem(bytes, &key)) return key;
    return parse_private_key(bytes, format, encoding, passphrase);
  }
  const unsigned char* at = start_of(bytes);
  if (encoding == KeyEncoding::kSpki) return PkeyPtr(d2i_PUBKEY(nullptr, &at, size_of(bytes)));
  if (encoding == KeyEncoding::kPkcs1 && !is_private_pkcs1(bytes))
    return PkeyPtr(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size_of(bytes)));
  return parse_private_der(bytes, encoding, passphrase);
}

}  // namespace node::js
