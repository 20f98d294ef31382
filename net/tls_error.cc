// OpenSSL's queue of errors as values.
#include "net/tls_error.h"

#include <cctype>
#include <cstdio>

#include "net/tls_compat.h"

namespace node::net {
namespace {

// The libraries as Node's codes name them; others have no name there.
struct Library {
  int number;
  const char* name;
};
constexpr Library kLibraries[] = {
    {ERR_LIB_SYS, "SYS"},       {ERR_LIB_BN, "BN"},         {ERR_LIB_RSA, "RSA"},
    {ERR_LIB_DH, "DH"},         {ERR_LIB_EVP, "EVP"},       {ERR_LIB_BUF, "BUF"},
    {ERR_LIB_OBJ, "OBJ"},       {ERR_LIB_PEM, "PEM"},       {ERR_LIB_DSA, "DSA"},
    {ERR_LIB_X509, "X509"},     {ERR_LIB_ASN1, "ASN1"},     {ERR_LIB_CONF, "CONF"},
    {ERR_LIB_CRYPTO, "CRYPTO"}, {ERR_LIB_EC, "EC"},         {ERR_LIB_BIO, "BIO"},
    {ERR_LIB_PKCS7, "PKCS7"},   {ERR_LIB_X509V3, "X509V3"}, {ERR_LIB_PKCS12, "PKCS12"},
    {ERR_LIB_RAND, "RAND"},     {ERR_LIB_DSO, "DSO"},       {ERR_LIB_ENGINE, "ENGINE"},
    {ERR_LIB_OCSP, "OCSP"},     {ERR_LIB_UI, "UI"},         {ERR_LIB_COMP, "COMP"},
    {ERR_LIB_ECDSA, "ECDSA"},   {ERR_LIB_ECDH, "ECDH"},     {ERR_LIB_OSSL_STORE, "OSSL_STORE"},
    {ERR_LIB_FIPS, "FIPS"},     {ERR_LIB_CMS, "CMS"},       {ERR_LIB_TS, "TS"},
    {ERR_LIB_HMAC, "HMAC"},     {ERR_LIB_CT, "CT"},         {ERR_LIB_ASYNC, "ASYNC"},
    {ERR_LIB_KDF, "KDF"},       {ERR_LIB_SM2, "SM2"},       {ERR_LIB_USER, "USER"},
};

std::string library_prefix(int number) {
  if (number == ERR_LIB_SSL) return "ERR_SSL_";
  for (const Library& library : kLibraries) {
    if (library.number == number) return std::string("ERR_OSSL_") + library.name + "_";
  }
  return "ERR_OSSL_";
}

std::string make_code(unsigned long number, const std::string& reason) {
  std::string code = library_prefix(ERR_GET_LIB(number));
  for (char c : reason) {
    code += c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return code;
}

std::string text_of(unsigned long number) {
  char text[256];
  ERR_error_string_n(number, text, sizeof text);
  return text;
}

const char* or_empty(const char* text) { return text == nullptr ? "" : text; }

struct Entry {
  unsigned long number;
  const char* file = "";
  int line = 0;
  const char* function = "";
  const char* data = "";
};

// The oldest error, taken off the queue; false when there is none.
bool next_error(Entry* entry) {
  int flags = 0;
#if OPENSSL_VERSION_NUMBER < 0x30000000L
  entry->number = ERR_get_error_line_data(&entry->file, &entry->line, &entry->data, &flags);
  entry->function = ERR_func_error_string(entry->number);
#else
  entry->number =
      ERR_get_error_all(&entry->file, &entry->line, &entry->function, &entry->data, &flags);
#endif
  if ((flags & ERR_TXT_STRING) == 0) entry->data = "";
  return entry->number != 0;
}

// A line as ERR_print_errors(3) makes it, without the thread.
std::string line_of(const Entry& entry) {
  char text[512];
  std::snprintf(text, sizeof text, "error:%08lX:%s:%s:%s:%s:%d:%s\n", entry.number,
                or_empty(ERR_lib_error_string(entry.number)), or_empty(entry.function),
                or_empty(ERR_reason_error_string(entry.number)), or_empty(entry.file), entry.line,
                or_empty(entry.data));
  return text;
}

}  // namespace

TlsError take_tls_error() {
  TlsError error;
  Entry entry;
  while (next_error(&entry)) {
    error.report += line_of(entry);
    if (!error.message.empty()) {
      error.stack.insert(error.stack.begin(), text_of(entry.number));
      continue;
    }
    error.message = text_of(entry.number);
    error.library = or_empty(ERR_lib_error_string(entry.number));
    error.function = or_empty(entry.function);
    error.reason = or_empty(ERR_reason_error_string(entry.number));
    error.code = make_code(entry.number, error.reason);
  }
  return error;
}

}  // namespace node::net
