// Signed public keys and challenges, as <keygen> of HTML made them (NETSCAPE_SPKI_verify(3)).
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using SpkiPtr = std::unique_ptr<NETSCAPE_SPKI, net::TlsFree<NETSCAPE_SPKI_free>>;

Value undefined(Env& env) {
  ERR_clear_error();
  return v8::Undefined(env.isolate());
}

SpkiPtr decode(Bytes bytes) {
  // A length of 0 would mean a string that ends with NUL.
  if (bytes.empty()) return nullptr;
  return SpkiPtr(NETSCAPE_SPKI_b64_decode(bytes.data(), static_cast<int>(bytes.size())));
}

// verifySpkac(bytes)
bool verify(Env&, Bytes bytes) {
  SpkiPtr spki = decode(bytes);
  PkeyPtr key(spki == nullptr ? nullptr : X509_PUBKEY_get(spki->spkac->pubkey));
  bool ok = key != nullptr && NETSCAPE_SPKI_verify(spki.get(), key.get()) > 0;
  ERR_clear_error();
  return ok;
}

// exportPublicKey(bytes) -> PEM, or undefined
Value public_key(Env& env, Bytes bytes) {
  SpkiPtr spki = decode(bytes);
  PkeyPtr key(spki == nullptr ? nullptr : NETSCAPE_SPKI_get_pubkey(spki.get()));
  net::BioPtr bio(BIO_new(BIO_s_mem()));
  if (key == nullptr || bio == nullptr || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1)
    return undefined(env);
  return buffer_of(env, bio.get());
}

// exportChallenge(bytes) -> Buffer, or undefined
Value challenge(Env& env, Bytes bytes) {
  SpkiPtr spki = decode(bytes);
  if (spki == nullptr) return undefined(env);
  unsigned char* text = nullptr;
  int size = ASN1_STRING_to_UTF8(&text, spki->spkac->challenge);
  if (size < 0) return undefined(env);
  Value buffer = make_buffer(env, reinterpret_cast<char*>(text), static_cast<size_t>(size));
  OPENSSL_free(text);
  return buffer;
}

constexpr Method kMethods[] = {fn<&verify>("verifySpkac"), fn<&public_key>("exportPublicKey"),
                               fn<&challenge>("exportChallenge")};

}  // namespace

extern const Binding kCryptoSpkacBinding = {"crypto_spkac", kMethods, {}, nullptr};

}  // namespace node::js
