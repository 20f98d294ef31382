// crypto: AES over data that is there, for web cryptography: CTR, CBC, GCM (NIST SP 800-38A and D)
// and key wrapping (RFC 3394).
#include <openssl/evp.h>

#include <climits>
#include <cstring>
#include <utility>

#include "js/bind_crypto.h"
#include "js/bind_crypto_key.h"

namespace node::js {

namespace {

// By the numbers that js/lib/internal/crypto/subtle_aes.js has.
enum class Mode : int32_t { kCtr, kCbc, kGcm, kWrap };
constexpr size_t kBlock = 16;
constexpr CryptoFailure kTooLarge = {"The data is too large"};

const EVP_CIPHER* find_cipher(Mode mode, size_t key_size) {
  using Find = const EVP_CIPHER* (*)();
  constexpr Find kCiphers[][3] = {
      {EVP_aes_128_ctr, EVP_aes_192_ctr, EVP_aes_256_ctr},
      {EVP_aes_128_cbc, EVP_aes_192_cbc, EVP_aes_256_cbc},
      {EVP_aes_128_gcm, EVP_aes_192_gcm, EVP_aes_256_gcm},
      {EVP_aes_128_wrap, EVP_aes_192_wrap, EVP_aes_256_wrap},
  };
  if (key_size != 16 && key_size != 24 && key_size != 32) return nullptr;
  return kCiphers[static_cast<int>(mode) & 3][key_size / 8 - 2]();
}

class AesJob : public CryptoJob {
 public:
  AesJob(Mode mode, bool encrypt, std::span<const unsigned char> key, Bytes data)
      : encrypt_(encrypt),
        cipher_(find_cipher(mode, key.size())),
        key_(SecretBytes::copy(key)),
        data_(SecretBytes::copy(data)) {}

  // Room for what modes add: a block of padding, a tag, eight bytes of a wrapped key.
  bool compute() override {
    out_ = SecretBytes(data_.size() + 2 * kBlock);
    context_.reset(EVP_CIPHER_CTX_new());
    if (!key_.ok() || !data_.ok() || !out_.ok() || cipher_ == nullptr || context_ == nullptr)
      return false;
    bool ok = run();
    context_.reset();
    if (ok) out_.truncate(filled_);
    return ok;
  }
  v8::MaybeLocal<v8::Value> result(Env& env) override {
    return std::move(out_).to_array_buffer(env);
  }

 protected:
  virtual bool run() = 0;

  // `iv` null: that of the cipher.
  bool init(const unsigned char* iv) {
    return EVP_CipherInit_ex(context_.get(), cipher_, nullptr, key_.data(), iv, encrypt_) == 1;
  }
  // Of [from, to) of the data; OpenSSL wants an address even for nothing.
  bool update(size_t from, size_t to) {
    int len = 0;
    if (from == to) return true;
    bool ok = EVP_CipherUpdate(context_.get(), out_.data() + filled_, &len, data_.data() + from,
                               static_cast<int>(to - from)) == 1;
    filled_ += static_cast<size_t>(len);
    return ok;
  }
  bool finish() {
    int len = 0;
    bool ok = EVP_CipherFinal_ex(context_.get(), out_.data() + filled_, &len) == 1;
    filled_ += static_cast<size_t>(len);
    return ok;
  }

  bool encrypt_;
  const EVP_CIPHER* cipher_;
  SecretBytes key_, data_, out_;
  size_t filled_ = 0;
  CipherContextPtr context_;
};

struct CbcJob : AesJob {
  using AesJob::AesJob;
  bool run() override { return init(iv) && update(0, data_.size()) && finish(); }
  unsigned char iv[kBlock] = {};
};

struct WrapJob : AesJob {
  using AesJob::AesJob;
  bool run() override {
    EVP_CIPHER_CTX_set_flags(context_.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    return data_.size() >= kBlock && init(nullptr) && update(0, data_.size()) && finish();
  }
};

// Only the last `counter_bits` of the block count; the others stay, whatever happens.
struct CtrJob : AesJob {
  using AesJob::AesJob;

  bool run() override {
    uint64_t blocks = (data_.size() + kBlock - 1) / kBlock;
    if (counter_bits < 64 && blocks > (uint64_t{1} << counter_bits)) {
      failure = {"The data has more blocks than the counter has values"};
      return false;
    }
    uint64_t left = blocks_left();
    if (blocks <= left) return init(block) && update(0, data_.size()) && finish();
    size_t at = static_cast<size_t>(left) * kBlock;
    if (!init(block) || !update(0, at) || !finish()) return false;
    for (unsigned bit = 0; bit < counter_bits; ++bit) block[15 - bit / 8] &= ~(1u << (bit % 8));
    return init(block) && update(at, data_.size()) && finish();
  }

  // 2^counter_bits less the counter: how many blocks it is good for; a very large number where it
  // does not fit. All 128 bits turn over by themselves.
  uint64_t blocks_left() const {
    uint64_t high = 0, low = 0;
    for (int i = 0; i < 8; ++i) high = high << 8 | block[i];
    for (int i = 8; i < 16; ++i) low = low << 8 | block[i];
    uint64_t low_mask = counter_bits >= 64 ? ~uint64_t{0} : (uint64_t{1} << counter_bits) - 1;
    uint64_t high_mask = counter_bits <= 64    ? 0
                         : counter_bits >= 128 ? ~uint64_t{0}
                                               : (uint64_t{1} << (counter_bits - 64)) - 1;
    bool fits = (~high & high_mask) == 0 && (~low & low_mask) != ~uint64_t{0};
    return fits && counter_bits < 128 ? (~low & low_mask) + 1 : ~uint64_t{0};
  }

  unsigned char block[kBlock] = {};
  unsigned counter_bits = 128;
};

// The tag follows the ciphertext.
struct GcmJob : AesJob {
  using AesJob::AesJob;

  bool run() override {
    size_t end = encrypt_ ? data_.size() : data_.size() - tag_size;
    int len = 0;
    bool ok =
        init(nullptr) &&
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_IVLEN, static_cast<int>(iv.size()),
                            nullptr) == 1 &&
        EVP_CipherInit_ex(context_.get(), nullptr, nullptr, key_.data(), iv.data(), encrypt_) == 1;
    if (ok && !encrypt_) ok = control(EVP_CTRL_AEAD_SET_TAG, data_.data() + end);
    if (ok && aad.size() > 0) {
      ok = EVP_CipherUpdate(context_.get(), nullptr, &len, aad.data(),
                            static_cast<int>(aad.size())) == 1;
    }
    ok = ok && update(0, end) && finish();
    if (!ok || !encrypt_) return ok;
    ok = control(EVP_CTRL_AEAD_GET_TAG, out_.data() + filled_);
    filled_ += tag_size;
    return ok;
  }
  bool control(int type, unsigned char* tag) {
    return EVP_CIPHER_CTX_ctrl(context_.get(), type, static_cast<int>(tag_size), tag) == 1;
  }

  SecretBytes iv, aad;
  size_t tag_size = 16;
};

// aes(mode, encrypt, secret key, data, iv, number, additional data, callback?) -> ArrayBuffer
// `iv`: the counter's first block for CTR. `number`: how many bits of it count; GCM's bytes of tag.
v8::MaybeLocal<v8::Value> aes(Env& env, int32_t mode_number, bool encrypt, v8::Local<v8::Value> key,
                              Bytes data, Bytes iv, uint32_t number, Bytes aad,
                              v8::Local<v8::Value> callback) {
  std::span<const unsigned char> secret;
  if (!read_secret(env, key, &secret)) {
    throw_bad_argument(env, 2, "a secret key");
    return {};
  }
  if (data.size() > INT_MAX - 2 * kBlock || iv.size() > INT_MAX || aad.size() > INT_MAX) {
    throw_openssl_error(env, kTooLarge);
    return {};
  }
  Mode mode = static_cast<Mode>(mode_number);
  std::unique_ptr<AesJob> job;
  if (mode == Mode::kGcm) {
    auto gcm = std::make_unique<GcmJob>(mode, encrypt, secret, data);
    gcm->iv = SecretBytes::copy(iv);
    gcm->aad = SecretBytes::copy(aad);
    gcm->tag_size = number;
    bool fits = number <= kBlock && (encrypt || data.size() >= number);
    if (fits && gcm->iv.ok() && gcm->aad.ok()) job = std::move(gcm);
  } else if (mode == Mode::kCtr && iv.size() == kBlock && number >= 1 && number <= 128) {
    auto ctr = std::make_unique<CtrJob>(mode, encrypt, secret, data);
    std::memcpy(ctr->block, iv.data(), kBlock);
    ctr->counter_bits = number;
    job = std::move(ctr);
  } else if (mode == Mode::kCbc && iv.size() == kBlock) {
    auto cbc = std::make_unique<CbcJob>(mode, encrypt, secret, data);
    std::memcpy(cbc->iv, iv.data(), kBlock);
    job = std::move(cbc);
  } else if (mode == Mode::kWrap) {
    job = std::make_unique<WrapJob>(mode, encrypt, secret, data);
  }
  if (job != nullptr) return run_job(env, std::move(job), callback);
  throw_openssl_error(env, {"Invalid parameters"});
  return {};
}

constexpr Method kMethods[] = {fn<&aes>("aes")};

}  // namespace

extern const Binding kCryptoAesBinding = {"crypto_aes", kMethods, {}, nullptr};

}  // namespace node::js
