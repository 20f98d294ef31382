// Session tickets (RFC 5077): sealed with keys that the program knows, so that servers can share
// them.
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstring>

#include "net/tls_compat.h"
#include "net/tls_context.h"

namespace node::net {
namespace {

constexpr size_t kPart = 16;

// They go with OpenSSL's context, which connections may keep longer than ours lives.
struct TicketKeys {
  unsigned char name[kPart];
  unsigned char hmac[kPart];
  unsigned char aes[kPart];
};
static_assert(sizeof(TicketKeys) == TlsContext::kTicketKeyBytes);

void free_keys(void*, void* keys, CRYPTO_EX_DATA*, int, long, void*) {
  OPENSSL_clear_free(keys, sizeof(TicketKeys));
}

int keys_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_keys);
  return index;
}

// SSL_CTX_set_tlsext_ticket_key_evp_cb(3): whether the ticket is one of ours. A ticket that has
// been used stays good.
template <typename Mac>
int seal(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, Mac* mac,
         int encrypting) {
  auto* keys = static_cast<TicketKeys*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), keys_index()));
  if (keys == nullptr) return -1;
  if (encrypting != 0) {
    std::memcpy(name, keys->name, kPart);
    if (RAND_bytes(iv, kPart) != 1) return -1;
  } else if (CRYPTO_memcmp(name, keys->name, kPart) != 0) {
    return 0;
  }
  bool ok = EVP_CipherInit_ex(cipher, EVP_aes_128_cbc(), nullptr, keys->aes, iv, encrypting) == 1 &&
            tls_init_ticket_mac(mac, keys->hmac, kPart);
  return ok ? 1 : -1;
}

}  // namespace

std::string_view TlsContext::ticket_keys() const {
  auto* keys = static_cast<const char*>(SSL_CTX_get_ex_data(ctx_, keys_index()));
  return {keys, kTicketKeyBytes};
}

bool TlsContext::set_ticket_keys(std::string_view bytes) {
  if (bytes.size() != kTicketKeyBytes) return false;
  void* keys = SSL_CTX_get_ex_data(ctx_, keys_index());
  if (keys == nullptr) {
    keys = OPENSSL_malloc(sizeof(TicketKeys));
    if (keys == nullptr || SSL_CTX_set_ex_data(ctx_, keys_index(), keys) != 1) return false;
  }
  std::memcpy(keys, bytes.data(), kTicketKeyBytes);
  tls_set_ticket_callback(ctx_, seal<TlsTicketMac>);
  return true;
}

bool TlsContext::make_ticket_keys() {
  char keys[kTicketKeyBytes];
  bool ok = RAND_bytes(reinterpret_cast<unsigned char*>(keys), sizeof keys) == 1 &&
            set_ticket_keys({keys, sizeof keys});
  OPENSSL_cleanse(keys, sizeof keys);
  return ok;
}

}  // namespace node::net
