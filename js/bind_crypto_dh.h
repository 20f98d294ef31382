// Parameters of Diffie-Hellman, and bytes of fixed length for its numbers.
#pragma once

#include <string_view>

#include "js/bind_crypto_key.h"

namespace node::js {

// "modp1" to "modp18" (RFC 2409, RFC 3526), whose generator is 2; null for other names.
BignumPtr dh_group_prime(std::string_view name);
// A key without numbers of its own; null with OpenSSL's errors when they cannot be.
PkeyPtr dh_parameters(BignumPtr prime, int generator);

}  // namespace node::js
