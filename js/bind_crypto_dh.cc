// Diffie-Hellman: the classes of old, and the function without state (RFC 2631, RFC 7748).
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include "js/bind_crypto_dh.h"

#include <openssl/bn.h>
#include <openssl/dh.h>

#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using MaybeValue = v8::MaybeLocal<v8::Value>;

struct Group {
  std::string_view name;
  BIGNUM* (*prime)(BIGNUM*);
};
constexpr Group kGroups[] = {
    {"modp1", BN_get_rfc2409_prime_768},   {"modp2", BN_get_rfc2409_prime_1024},
    {"modp5", BN_get_rfc3526_prime_1536},  {"modp14", BN_get_rfc3526_prime_2048},
    {"modp15", BN_get_rfc3526_prime_3072}, {"modp16", BN_get_rfc3526_prime_4096},
    {"modp17", BN_get_rfc3526_prime_6144}, {"modp18", BN_get_rfc3526_prime_8192},
};

BignumPtr number(Bytes bytes) {
  return BignumPtr(BN_bin2bn(reinterpret_cast<unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size()), nullptr));
}

Value number_buffer(Env& env, const BIGNUM* n) {
  SecretBytes bytes(static_cast<size_t>(BN_num_bytes(n)));
  BN_bn2bin(n, bytes.data());
  return std::move(bytes).to_buffer(env);
}

void put_bad_generator() { ERR_put_error(ERR_LIB_DH, 0, DH_R_BAD_GENERATOR, __FILE__, __LINE__); }

// `new DiffieHellman(group name)`, `(bits, generator)` or `(prime, generator)`; a generator is a
// number or bytes.
class DiffieHellman : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    auto dh = parameters_of(env, info);
    if (dh == nullptr) {
      if (env.isolate()->IsExecutionTerminating()) return;
      return throw_openssl_error(env, {"Initialization failed"});
    }
    new DiffieHellman(env, info.This(), std::move(dh));
  }

  Value generate_keys() {
    ERR_clear_error();
    if (DH_generate_key(dh_.get()) != 1) return fail("Key generation failed");
    return number_buffer(env(), DH_get0_pub_key(dh_.get()));
  }

  Value compute_secret(Bytes bytes) {
    ERR_clear_error();
    BignumPtr other = number(bytes);
    int why = 0;
    if (other == nullptr || DH_check_pub_key(dh_.get(), other.get(), &why) != 1)
      return fail("Diffie-Hellman failed");
    // That it is of the right subgroup as well is known of few groups, and was never asked for.
    if ((why & DH_CHECK_PUBKEY_TOO_SMALL) != 0) return refuse("Supplied key is too small");
    if ((why & DH_CHECK_PUBKEY_TOO_LARGE) != 0) return refuse("Supplied key is too large");
    SecretBytes secret(static_cast<size_t>(DH_size(dh_.get())));
    // With leading zeros, as RFC 2631 2.1.2 has it.
    if (DH_compute_key_padded(secret.data(), other.get(), dh_.get()) < 0)
      return fail("Diffie-Hellman failed");
    return std::move(secret).to_buffer(env());
  }

  Value prime() { return part(DH_get0_p(dh_.get()), "p"); }
  Value generator() { return part(DH_get0_g(dh_.get()), "g"); }
  Value public_key() {
    return part(DH_get0_pub_key(dh_.get()), "No public key - did you forget to generate one?");
  }
  Value private_key() {
    return part(DH_get0_priv_key(dh_.get()), "No private key - did you forget to generate one?");
  }

  void set_public_key(Bytes bytes) {
    if (BignumPtr n = number(bytes); n != nullptr && DH_set0_key(dh_.get(), n.get(), nullptr) == 1)
      ignore(n.release());
  }
  void set_private_key(Bytes bytes) {
    if (BignumPtr n = number(bytes); n != nullptr && DH_set0_key(dh_.get(), nullptr, n.get()) == 1)
      ignore(n.release());
  }
  // DH_check(3)'s bits.
  int32_t verify_error() {
    int codes = 0;
    if (DH_check(dh_.get(), &codes) != 1) codes |= DH_UNABLE_TO_CHECK_GENERATOR;
    ERR_clear_error();
    return codes;
  }

 private:
  using DhPtr = std::unique_ptr<DH, net::TlsFree<DH_free>>;

  DiffieHellman(Env& env, v8::Local<v8::Object> object, DhPtr dh)
      : Wrapped(env, object), dh_(std::move(dh)) {}

  static BignumPtr generator_of(Value value) {
    Bytes bytes;
    BignumPtr g;
    if (value->IsInt32()) {
      // By a fluke of history, 0 is OpenSSL's default.
      int n = value.As<v8::Int32>()->Value();
      if (n == 0) n = DH_GENERATOR_2;
      g.reset(BN_new());
      if (n > 1) BN_set_word(g.get(), static_cast<BN_ULONG>(n));
    } else if (read_bytes(value, &bytes)) {
      g = number(bytes);
    }
    if (g == nullptr || BN_is_zero(g.get()) || BN_is_one(g.get())) {
      put_bad_generator();
      return nullptr;
    }
    return g;
  }

  static BignumPtr prime_of(Bytes bytes) {
    BignumPtr p = number(bytes);
    if (p != nullptr && BN_num_bits(p.get()) < 2) {
      ERR_put_error(ERR_LIB_BN, 0, BN_R_BITS_TOO_SMALL, __FILE__, __LINE__);
      return nullptr;
    }
    return p;
  }

  static DhPtr with(BignumPtr p, BignumPtr g) {
    DhPtr dh(DH_new());
    if (dh == nullptr || p == nullptr || g == nullptr) return nullptr;
    if (DH_set0_pqg(dh.get(), p.get(), nullptr, g.get()) != 1) return nullptr;
    ignore(p.release());
    ignore(g.release());
    return dh;
  }

  static DhPtr parameters_of(Env& env, const Args& info) {
    ERR_clear_error();
    if (Utf8 name; name.read(env.isolate(), info[0])) {
      BignumPtr g(BN_new());
      BN_set_word(g.get(), DH_GENERATOR_2);
      return with(dh_group_prime(name.view()), std::move(g));
    }
    Bytes prime;
    if (read_bytes(info[0], &prime)) return with(prime_of(prime), generator_of(info[1]));
    if (!info[0]->IsInt32() || !info[1]->IsInt32()) return nullptr;
    int generator = info[1].As<v8::Int32>()->Value();
    DhPtr dh(DH_new());
    if (dh == nullptr ||
        DH_generate_parameters_ex(dh.get(), info[0].As<v8::Int32>()->Value(),
                                  generator == 0 ? DH_GENERATOR_2 : generator, nullptr) != 1)
      return nullptr;
    return dh;
  }

  Value fail(const char* fallback) {
    throw_openssl_error(env(), {fallback});
    return v8::Undefined(env().isolate());
  }
  Value refuse(const char* why) {
    ERR_clear_error();
    throw_range_error(env(), "ERR_CRYPTO_INVALID_KEYLEN", why);
    return v8::Undefined(env().isolate());
  }
  Value part(const BIGNUM* n, const char* missing) {
    if (n != nullptr) return number_buffer(env(), n);
    throw_error(env(), "ERR_CRYPTO_INVALID_STATE", missing);
    return v8::Undefined(env().isolate());
  }

  DhPtr dh_;
};

constexpr Method kDhMethods[] = {
    method<&DiffieHellman::generate_keys>("generateKeys"),
    method<&DiffieHellman::compute_secret>("computeSecret"),
    method<&DiffieHellman::prime>("getPrime"),
    method<&DiffieHellman::generator>("getGenerator"),
    method<&DiffieHellman::public_key>("getPublicKey"),
    method<&DiffieHellman::private_key>("getPrivateKey"),
    method<&DiffieHellman::set_public_key>("setPublicKey"),
    method<&DiffieHellman::set_private_key>("setPrivateKey"),
    method<&DiffieHellman::verify_error>("verifyError"),
};
const ClassSpec kDhClass = wrapped_class<DiffieHellman>("DiffieHellman", kDhMethods);

class DeriveJob : public CryptoJob {
 public:
  explicit DeriveJob(PkeyContextPtr context) : context_(std::move(context)) {
    failure = {"diffieHellman failed"};
  }

  bool compute() override {
    size_t size = 0;
    if (EVP_PKEY_derive(context_.get(), nullptr, &size) != 1) return false;
    secret_ = SecretBytes(size);
    if (!secret_.ok() || EVP_PKEY_derive(context_.get(), secret_.data(), &size) != 1) return false;
    // What a short number leaves out, DH's users expect as zeros.
    size_t pad = secret_.size() - size;
    if (pad == 0) return true;
    memmove(secret_.data() + pad, secret_.data(), size);
    memset(secret_.data(), 0, pad);
    return true;
  }
  MaybeValue result(Env& env) override { return std::move(secret_).to_buffer(env); }

 private:
  PkeyContextPtr context_;
  SecretBytes secret_;
};

// derive(private handle, public handle, callback?) -> the secret
MaybeValue derive(Env& env, Value ours, Value theirs, Value callback) {
  const KeyHandle* own = KeyHandle::from(env, ours);
  const KeyHandle* peer = KeyHandle::from(env, theirs);
  ERR_clear_error();
  PkeyContextPtr context(own == nullptr ? nullptr : EVP_PKEY_CTX_new(own->pkey(), nullptr));
  if (context != nullptr && peer != nullptr && EVP_PKEY_derive_init(context.get()) == 1 &&
      EVP_PKEY_derive_set_peer(context.get(), peer->pkey()) == 1)
    return run_job(env, std::make_unique<DeriveJob>(std::move(context)), callback);
  throw_openssl_error(env, {"diffieHellman failed"});
  return {};
}

bool is_group(Env&, const Utf8& name) { return dh_group_prime(name.view()) != nullptr; }

const ClassSpec* const kClasses[] = {&kDhClass};
constexpr Method kMethods[] = {fn<&derive>("derive"), fn<&is_group>("isGroup")};

}  // namespace

BignumPtr dh_group_prime(std::string_view name) {
  for (const Group& group : kGroups) {
    if (group.name == name) return BignumPtr(group.prime(nullptr));
  }
  return nullptr;
}

PkeyPtr dh_parameters(BignumPtr prime, int generator) {
  BignumPtr g(BN_new());
  PkeyPtr key(EVP_PKEY_new());
  DH* dh = DH_new();
  if (prime == nullptr || g == nullptr || key == nullptr || dh == nullptr ||
      BN_set_word(g.get(), static_cast<BN_ULONG>(generator)) != 1 ||
      DH_set0_pqg(dh, prime.get(), nullptr, g.get()) != 1) {
    DH_free(dh);
    return nullptr;
  }
  ignore(prime.release());
  ignore(g.release());
  if (EVP_PKEY_assign_DH(key.get(), dh) == 1) return key;
  DH_free(dh);
  return nullptr;
}

extern const Binding kCryptoDhBinding = {"crypto_dh", kMethods, kClasses, nullptr};

}  // namespace node::js
