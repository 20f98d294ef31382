// X.509 certificates (RFC 5280) as JavaScript reads them.
#define OPENSSL_SUPPRESS_DEPRECATED  // calls that 1.1.1 and 3.0 both have
#include "js/bind_crypto_x509.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "js/bind_crypto_key.h"
#include "js/buffer.h"

namespace node::js {

namespace {

using Value = v8::Local<v8::Value>;

Value undefined(Env& env) { return v8::Undefined(env.isolate()); }
net::BioPtr memory() { return net::BioPtr(BIO_new(BIO_s_mem())); }

Value text_of(Env& env, BIO* bio) {
  char* data = nullptr;
  long size = BIO_get_mem_data(bio, &data);
  return env.string({data, static_cast<size_t>(size)});
}

// PEM or DER; null with OpenSSL's errors otherwise.
net::X509Ptr parse(Bytes bytes) {
  ERR_clear_error();
  net::BioPtr bio = read_bio(bytes);
  net::X509Ptr pem(PEM_read_bio_X509_AUX(
      bio.get(), nullptr, [](char*, int, int, void*) { return 0; }, nullptr));
  if (pem != nullptr) return pem;
  // Of what is neither, the first error is told.
  ERR_set_mark();
  auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  net::X509Ptr der(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_pop_to_mark();
  return der;
}

// `new X509(bytes)`: a certificate, which never changes.
class X509Handle : public Wrapped {
 public:
  static void make(Env& env, const Args& info) {
    Bytes bytes;
    if (!read_bytes(info[0], &bytes)) return throw_bad_argument(env, 0, "ArrayBufferView");
    net::X509Ptr certificate = parse(bytes);
    if (certificate == nullptr)
      return throw_openssl_error(env, {"Failed to parse X.509 certificate"});
    ERR_clear_error();
    new X509Handle(env, info.This(), std::move(certificate));
  }

  Value subject() { return name_text(X509_get_subject_name(get())); }
  Value issuer() { return name_text(X509_get_issuer_name(get())); }
  Value subject_parts() { return name_parts(env(), X509_get_subject_name(get())); }
  Value issuer_parts() { return name_parts(env(), X509_get_issuer_name(get())); }
  Value alt_name() { return subject_alt_name(env(), get()); }
  Value info_access() { return authority_info_access(env(), get()); }
  Value valid_from() { return time_text(X509_get0_notBefore(get())); }
  Value valid_to() { return time_text(X509_get0_notAfter(get())); }

  // fingerprint('sha256') -> "AB:CD..."
  Value fingerprint(const Utf8& name) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    const EVP_MD* md = EVP_get_digestbyname(name.c_str());
    if (md == nullptr || X509_digest(get(), md, digest, &size) != 1) return undefined(env());
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text;
    for (unsigned i = 0; i < size; i++) {
      if (i > 0) text += ':';
      text += kDigits[digest[i] >> 4];
      text += kDigits[digest[i] & 15];
    }
    return env().string(text);
  }

  // Object identifiers of the extended key usage.
  Value key_usage() {
    std::unique_ptr<EXTENDED_KEY_USAGE, net::TlsFree<free_usage>> usage(
        static_cast<EXTENDED_KEY_USAGE*>(
            X509_get_ext_d2i(get(), NID_ext_key_usage, nullptr, nullptr)));
    if (usage == nullptr) return undefined(env());
    v8::Local<v8::Array> list = v8::Array::New(env().isolate());
    char text[256];
    uint32_t count = 0;
    for (int i = 0; i < sk_ASN1_OBJECT_num(usage.get()); i++) {
      if (OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(usage.get(), i), 1) >= 0)
        ignore(list->Set(env().context(), count++, env().string(text)));
    }
    return list;
  }

  Value serial_number() {
    BignumPtr number(ASN1_INTEGER_to_BN(X509_get_serialNumber(get()), nullptr));
    if (number == nullptr) return undefined(env());
    return number_text(number.get());
  }

  Value raw() {
    net::BioPtr bio = memory();
    i2d_X509_bio(bio.get(), get());
    return buffer_of(env(), bio.get());
  }
  Value pem() {
    net::BioPtr bio = memory();
    PEM_write_bio_X509(bio.get(), get());
    return text_of(env(), bio.get());
  }

  Value public_key() {
    ERR_clear_error();
    PkeyPtr key(X509_get_pubkey(get()));
    v8::Local<v8::Object> handle;
    if (key == nullptr) {
      throw_openssl_error(env(), {"Failed to read the public key"});
    } else if (KeyHandle::create(env(), KeyKind::kPublic, std::move(key)).ToLocal(&handle)) {
      return handle;
    }
    return undefined(env());
  }

  bool is_ca() {
    bool ca = X509_check_ca(get()) == 1;
    ERR_clear_error();
    return ca;
  }

  // checkHost(name, flags) -> the name that matches
  Value check_host(const Utf8& name, int32_t flags) {
    char* peer = nullptr;
    int found =
        X509_check_host(get(), name.c_str(), name.size(), static_cast<unsigned>(flags), &peer);
    ERR_clear_error();
    Value result = undefined(env());
    if (found == 1) result = peer == nullptr ? env().string(name.view()) : env().string(peer);
    OPENSSL_free(peer);
    return checked(found, result, "name");
  }
  Value check_email(const Utf8& address, int32_t flags) {
    int found =
        X509_check_email(get(), address.c_str(), address.size(), static_cast<unsigned>(flags));
    ERR_clear_error();
    return checked(found, env().string(address.view()), "email");
  }
  Value check_ip(const Utf8& address) {
    int found = X509_check_ip_asc(get(), address.c_str(), 0);
    ERR_clear_error();
    return checked(found, env().string(address.view()), "ip");
  }

  bool check_issued(Value value);

  bool check_private_key(Value value) {
    const KeyHandle* key = KeyHandle::from(env(), value);
    bool ok = key != nullptr && X509_check_private_key(get(), key->pkey()) == 1;
    ERR_clear_error();
    return ok;
  }
  bool verify(Value value) {
    const KeyHandle* key = KeyHandle::from(env(), value);
    bool ok = key != nullptr && X509_verify(get(), key->pkey()) == 1;
    ERR_clear_error();
    return ok;
  }

  // [modulus, exponent, bits, public key's DER] or [curve, NIST's name, bits, point] or nothing.
  Value key_facts();

 private:
  X509Handle(Env& env, v8::Local<v8::Object> object, net::X509Ptr certificate)
      : Wrapped(env, object), certificate_(std::move(certificate)) {}

  X509* get() const { return certificate_.get(); }
  static void free_usage(EXTENDED_KEY_USAGE* usage) {
    sk_ASN1_OBJECT_pop_free(usage, ASN1_OBJECT_free);
  }

  Value name_text(const X509_NAME* name) {
    constexpr unsigned long kFlags = ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL |
                                     ASN1_STRFLGS_UTF8_CONVERT | XN_FLAG_SEP_MULTILINE |
                                     XN_FLAG_FN_SN;
    net::BioPtr bio = memory();
    if (X509_NAME_print_ex(bio.get(), name, 0, kFlags) <= 0) {
      ERR_clear_error();
      return undefined(env());
    }
    return text_of(env(), bio.get());
  }
  Value time_text(const ASN1_TIME* time) {
    net::BioPtr bio = memory();
    ASN1_TIME_print(bio.get(), time);
    ERR_clear_error();
    return text_of(env(), bio.get());
  }
  Value number_text(const BIGNUM* number) {
    char* text = BN_bn2hex(number);
    Value result = env().string(text == nullptr ? "" : text);
    OPENSSL_free(text);
    return result;
  }
  // 1: found, 0: not, -2: no such argument.
  Value checked(int found, Value result, const char* what) {
    if (found == 1) return result;
    if (found == -2) {
      throw_type_error(env(), "ERR_INVALID_ARG_VALUE", std::string("Invalid ") + what);
    } else if (found < 0) {
      throw_error(env(), "ERR_CRYPTO_OPERATION_FAILED", "The certificate could not be checked");
    }
    return undefined(env());
  }
  Value rsa_facts(EVP_PKEY* key);
  Value ec_facts(EVP_PKEY* key);
  Value number_list(std::initializer_list<Value> values) {
    return v8::Array::New(env().isolate(), const_cast<Value*>(values.begin()), values.size());
  }

  net::X509Ptr certificate_;
};

constexpr Method kX509Methods[] = {
    method<&X509Handle::subject>("subject"),
    method<&X509Handle::issuer>("issuer"),
    method<&X509Handle::subject_parts>("subjectParts"),
    method<&X509Handle::issuer_parts>("issuerParts"),
    method<&X509Handle::alt_name>("subjectAltName"),
    method<&X509Handle::info_access>("infoAccess"),
    method<&X509Handle::valid_from>("validFrom"),
    method<&X509Handle::valid_to>("validTo"),
    method<&X509Handle::fingerprint>("fingerprint"),
    method<&X509Handle::key_usage>("keyUsage"),
    method<&X509Handle::serial_number>("serialNumber"),
    method<&X509Handle::raw>("raw"),
    method<&X509Handle::pem>("pem"),
    method<&X509Handle::public_key>("publicKey"),
    method<&X509Handle::is_ca>("isCa"),
    method<&X509Handle::check_host>("checkHost"),
    method<&X509Handle::check_email>("checkEmail"),
    method<&X509Handle::check_ip>("checkIP"),
    method<&X509Handle::check_issued>("checkIssued"),
    method<&X509Handle::check_private_key>("checkPrivateKey"),
    method<&X509Handle::verify>("verify"),
    method<&X509Handle::key_facts>("keyFacts"),
};
const ClassSpec kX509Class = wrapped_class<X509Handle>("X509", kX509Methods);

bool X509Handle::check_issued(Value value) {
  const X509Handle* issuer = Wrapped::from<X509Handle>(env(), value, kX509Class);
  bool ok = issuer != nullptr && X509_check_issued(issuer->get(), get()) == X509_V_OK;
  ERR_clear_error();
  return ok;
}

Value X509Handle::rsa_facts(EVP_PKEY* key) {
  const RSA* rsa = EVP_PKEY_get0_RSA(key);
  if (rsa == nullptr) return undefined(env());
  net::BioPtr exponent = memory();
  BIO_puts(exponent.get(), "0x");
  char* digits = BN_bn2hex(RSA_get0_e(rsa));
  std::string_view text = digits == nullptr ? "" : digits;
  size_t zeros = std::min(text.find_first_not_of('0'), text.size());
  for (char c : text.substr(zeros)) {
    char lower = static_cast<char>(c >= 'A' ? c + 32 : c);
    BIO_write(exponent.get(), &lower, 1);
  }
  OPENSSL_free(digits);
  net::BioPtr spki = memory();
  unsigned char* der = nullptr;
  int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(get()), &der);
  BIO_write(spki.get(), der, std::max(size, 0));
  OPENSSL_free(der);
  return number_list({number_text(RSA_get0_n(rsa)), text_of(env(), exponent.get()),
                      v8::Integer::New(env().isolate(), BN_num_bits(RSA_get0_n(rsa))),
                      buffer_of(env(), spki.get())});
}

Value X509Handle::ec_facts(EVP_PKEY* key) {
  const EC_KEY* ec = EVP_PKEY_get0_EC_KEY(key);
  if (ec == nullptr) return undefined(env());
  const EC_GROUP* group = EC_KEY_get0_group(ec);
  int nid = EC_GROUP_get_curve_name(group);
  const char* nist = nid == NID_undef ? nullptr : EC_curve_nid2nist(nid);
  unsigned char* point = nullptr;
  size_t size = EC_KEY_key2buf(ec, EC_KEY_get_conv_form(ec), &point, nullptr);
  Value bytes = make_buffer(env(), reinterpret_cast<char*>(point), size);
  OPENSSL_free(point);
  Value curve = undefined(env());
  if (nid != NID_undef) curve = env().string(OBJ_nid2sn(nid));
  Value nist_curve = undefined(env());
  if (nist != nullptr) nist_curve = env().string(nist);
  return number_list(
      {curve, nist_curve, v8::Integer::New(env().isolate(), EC_GROUP_order_bits(group)), bytes});
}

Value X509Handle::key_facts() {
  PkeyPtr key(X509_get_pubkey(get()));
  Value facts = undefined(env());
  if (key != nullptr && EVP_PKEY_id(key.get()) == EVP_PKEY_RSA) facts = rsa_facts(key.get());
  if (key != nullptr && EVP_PKEY_id(key.get()) == EVP_PKEY_EC) facts = ec_facts(key.get());
  ERR_clear_error();
  return facts;
}

const ClassSpec* const kClasses[] = {&kX509Class};

}  // namespace

extern const Binding kCryptoX509Binding = {"crypto_x509", {}, kClasses, nullptr};

}  // namespace node::js
