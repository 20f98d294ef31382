// crypto: random bytes and primes (RAND_bytes(3), BN_generate_prime(3)).
#include <openssl/bn.h>
#include <openssl/rand.h>

#include <algorithm>
#include <climits>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_compat.h"

namespace node::js {

namespace {

using BnContextPtr = std::unique_ptr<BN_CTX, net::TlsFree<BN_CTX_free>>;

struct RandomFillJob : CryptoJob {
  bool compute() override {
    unsigned char* at = out.data();
    for (size_t left = out.size(); left > 0;) {
      int n = static_cast<int>(std::min<size_t>(left, INT_MAX));
      if (RAND_bytes(at, n) != 1) return false;
      at += n;
      left -= static_cast<size_t>(n);
    }
    return true;
  }
  v8::MaybeLocal<v8::Value> result(Env& env) override { return v8::Undefined(env.isolate()); }

  PinnedBytes out;
};

// fill(bytes, callback?)
v8::MaybeLocal<v8::Value> random_fill(Env& env, v8::Local<v8::Value> bytes,
                                      v8::Local<v8::Value> callback) {
  auto job = std::make_unique<RandomFillJob>();
  if (!job->out.read(bytes)) {
    throw_bad_argument(env, 0, "ArrayBufferView");
    return {};
  }
  job->failure.message = "The system gives no random bytes";
  return run_job(env, std::move(job), callback);
}

// ---- Primes --------------------------------------------------------------------------------

BignumPtr make_bignum(Bytes bytes) {
  if (bytes.size() > INT_MAX) return nullptr;
  return BignumPtr(
      BN_bin2bn(unsigned_bytes(bytes.data()), static_cast<int>(bytes.size()), nullptr));
}

struct PrimeJob : CryptoJob {
  bool compute() override {
    return BN_generate_prime_ex(prime.get(), bits, safe ? 1 : 0, add.get(), rem.get(), nullptr) ==
           1;
  }
  v8::MaybeLocal<v8::Value> result(Env& env) override {
    SecretBytes bytes(static_cast<size_t>(BN_num_bytes(prime.get())));
    if (!bytes.ok() || BN_bn2bin(prime.get(), bytes.data()) < 0) {
      throw_openssl_error(env, failure);
      return {};
    }
    return std::move(bytes).to_array_buffer(env);
  }

  int bits = 0;
  bool safe = false;
  BignumPtr add, rem, prime;
};

// generatePrime(bits, safe, add, rem, callback?): an ArrayBuffer, the highest byte first. `add` and
// `rem` are bytes or undefined.
v8::MaybeLocal<v8::Value> generate_prime(Env& env, int32_t bits, bool safe,
                                         v8::Local<v8::Value> add, v8::Local<v8::Value> rem,
                                         v8::Local<v8::Value> callback) {
  auto job = std::make_unique<PrimeJob>();
  job->bits = bits;
  job->safe = safe;
  job->prime.reset(BN_secure_new());
  Bytes bytes;
  if (read_bytes(add, &bytes)) {
    job->add = make_bignum(bytes);
    // Without a number of this size, OpenSSL would search for ever.
    if (!job->add || BN_num_bits(job->add.get()) > bits) {
      throw_range_error(env, "ERR_OUT_OF_RANGE", "invalid options.add");
      return {};
    }
    if (read_bytes(rem, &bytes)) {
      job->rem = make_bignum(bytes);
      if (!job->rem || BN_cmp(job->add.get(), job->rem.get()) != 1) {
        throw_range_error(env, "ERR_OUT_OF_RANGE", "invalid options.rem");
        return {};
      }
    }
  }
  return run_job(env, std::move(job), callback);
}

struct CheckPrimeJob : CryptoJob {
  bool compute() override {
    BnContextPtr context(BN_CTX_new());
    answer = context ? check_prime(candidate.get(), checks, context.get()) : -1;
    return answer >= 0;
  }
  v8::MaybeLocal<v8::Value> result(Env& env) override {
    return v8::Boolean::New(env.isolate(), answer == 1);
  }

  BignumPtr candidate;
  int checks = 0;
  int answer = -1;
};

// checkPrime(bytes, checks, callback?)
v8::MaybeLocal<v8::Value> check_prime_of(Env& env, Bytes bytes, int32_t checks,
                                         v8::Local<v8::Value> callback) {
  auto job = std::make_unique<CheckPrimeJob>();
  job->candidate = make_bignum(bytes);
  job->checks = checks;
  if (!job->candidate) {
    throw_openssl_error(env, {"The number is too long", "ERR_OSSL_BN_BIGNUM_TOO_LONG"});
    return {};
  }
  return run_job(env, std::move(job), callback);
}

constexpr Method kMethods[] = {
    fn<&random_fill>("fill"),
    fn<&generate_prime>("generatePrime"),
    fn<&check_prime_of>("checkPrime"),
};

}  // namespace

extern const Binding kCryptoRandomBinding = {"crypto_random", kMethods, {}, nullptr};

}  // namespace node::js
