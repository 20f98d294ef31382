// ECDH over named curves with points as bytes (SEC 1, 2.3 and 3.3).
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include <openssl/bn.h>
#include <openssl/ec.h>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;
using EcKeyPtr = std::unique_ptr<EC_KEY, net::TlsFree<EC_KEY_free>>;
using PointPtr = std::unique_ptr<EC_POINT, net::TlsFree<EC_POINT_free>>;

Value undefined(Env& env) { return v8::Undefined(env.isolate()); }

Value fail(Env& env, const char* code, const char* message) {
  ERR_clear_error();
  throw_error(env, code, message);
  return undefined(env);
}

PointPtr point_of(const EC_GROUP* group, Bytes bytes) {
  PointPtr point(EC_POINT_new(group));
  auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  if (point != nullptr && EC_POINT_oct2point(group, point.get(), data, bytes.size(), nullptr) != 1)
    point.reset();
  ERR_clear_error();
  return point;
}

Value point_buffer(Env& env, const EC_GROUP* group, const EC_POINT* point, int32_t form) {
  auto conversion = static_cast<point_conversion_form_t>(form);
  size_t size = EC_POINT_point2oct(group, point, conversion, nullptr, 0, nullptr);
  std::string bytes(size, '\0');
  auto* data = reinterpret_cast<unsigned char*>(bytes.data());
  if (size == 0 || EC_POINT_point2oct(group, point, conversion, data, size, nullptr) != size)
    return fail(env, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get public key");
  return make_buffer(env, bytes.data(), size);
}

// `new ECDH(curve)`
class Ecdh : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    Utf8 name;
    int nid = name.read(env.isolate(), info[0]) ? curve_by_name(name.c_str()) : NID_undef;
    EcKeyPtr key(nid == NID_undef ? nullptr : EC_KEY_new_by_curve_name(nid));
    ERR_clear_error();
    if (key == nullptr)
      return throw_type_error(env, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
    new Ecdh(env, info.This(), std::move(key));
  }

  void generate_keys() {
    ERR_clear_error();
    if (EC_KEY_generate_key(key_.get()) != 1)
      throw_openssl_error(env(), {"Failed to generate key"});
  }

  Value compute_secret(Bytes bytes) {
    if (EC_KEY_check_key(key_.get()) != 1) {
      ERR_clear_error();
      throw_range_error(env(), "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair");
      return undefined(env());
    }
    PointPtr peer = point_of(group(), bytes);
    if (peer == nullptr) {
      return fail(env(), "ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY",
                  "Public key is not valid for specified curve");
    }
    SecretBytes secret(static_cast<size_t>((EC_GROUP_get_degree(group()) + 7) / 8));
    if (ECDH_compute_key(secret.data(), secret.size(), peer.get(), key_.get(), nullptr) <= 0)
      return fail(env(), "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute ECDH key");
    return std::move(secret).to_buffer(env());
  }

  Value public_key(int32_t form) {
    const EC_POINT* point = EC_KEY_get0_public_key(key_.get());
    if (point == nullptr)
      return fail(env(), "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key");
    return point_buffer(env(), group(), point, form);
  }

  Value private_key() {
    const BIGNUM* n = EC_KEY_get0_private_key(key_.get());
    if (n == nullptr)
      return fail(env(), "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key");
    SecretBytes bytes(static_cast<size_t>(BN_num_bytes(n)));
    BN_bn2bin(n, bytes.data());
    return std::move(bytes).to_buffer(env());
  }

  // Makes the public key that goes with it, too.
  void set_private_key(Bytes bytes) {
    BignumPtr n(BN_bin2bn(reinterpret_cast<unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr));
    const BIGNUM* order = EC_GROUP_get0_order(group());
    if (n == nullptr || BN_is_zero(n.get()) || BN_cmp(n.get(), order) >= 0) {
      return throw_range_error(env(), "ERR_CRYPTO_INVALID_KEYTYPE",
                               "Private key is not valid for specified curve.");
    }
    BN_set_flags(n.get(), BN_FLG_CONSTTIME);
    PointPtr point(EC_POINT_new(group()));
    EcKeyPtr fresh(EC_KEY_dup(key_.get()));
    if (point == nullptr || fresh == nullptr || EC_KEY_set_private_key(fresh.get(), n.get()) != 1 ||
        EC_POINT_mul(group(), point.get(), n.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_KEY_set_public_key(fresh.get(), point.get()) != 1)
      return throw_openssl_error(env(), {"Failed to set ECDH private key"});
    key_ = std::move(fresh);
  }

  void set_public_key(Bytes bytes) {
    PointPtr point = point_of(group(), bytes);
    if (point == nullptr || EC_KEY_set_public_key(key_.get(), point.get()) != 1)
      fail(env(), "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
  }

 private:
  Ecdh(Env& env, v8::Local<v8::Object> object, EcKeyPtr key)
      : Wrapped(env, object), key_(std::move(key)) {}
  const EC_GROUP* group() const { return EC_KEY_get0_group(key_.get()); }

  EcKeyPtr key_;
};

constexpr Method kEcdhMethods[] = {
    method<&Ecdh::generate_keys>("generateKeys"),  method<&Ecdh::compute_secret>("computeSecret"),
    method<&Ecdh::public_key>("getPublicKey"),     method<&Ecdh::private_key>("getPrivateKey"),
    method<&Ecdh::set_public_key>("setPublicKey"), method<&Ecdh::set_private_key>("setPrivateKey"),
};
const ClassSpec kEcdhClass = wrapped_class<Ecdh>("ECDH", kEcdhMethods);

// convertPoint(curve, bytes, form) -> the same point in the form 2, 4 or 6
Value convert_point(Env& env, const Utf8& curve, Bytes bytes, int32_t form) {
  int nid = curve_by_name(curve.c_str());
  std::unique_ptr<EC_GROUP, net::TlsFree<EC_GROUP_free>> group(
      nid == NID_undef ? nullptr : EC_GROUP_new_by_curve_name(nid));
  ERR_clear_error();
  if (group == nullptr) {
    throw_type_error(env, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
    return undefined(env);
  }
  PointPtr point = point_of(group.get(), bytes);
  if (point == nullptr) {
    return fail(env, "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
  }
  return point_buffer(env, group.get(), point.get(), form);
}

const ClassSpec* const kClasses[] = {&kEcdhClass};
constexpr Method kMethods[] = {fn<&convert_point>("convertPoint")};

}  // namespace

extern const Binding kCryptoEcdhBinding = {"crypto_ecdh", kMethods, kClasses, nullptr};

}  // namespace node::js
