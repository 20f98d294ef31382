// OpenSSL's queue of errors as values.
#include "net/tls_error.h"

#include <cctype>
#include <cstdio>

#include "net/tls_compat.h"

namespace node::net {
namespace {

// The libraries as Node's codes name them; others have no name there.
const char* library_name(int library) {
  switch (library) {
    case ERR_LIB_SYS:
      return "OSSL_SYS_";
    case ERR_LIB_BN:
      return "OSSL_BN_";
    case ERR_LIB_RSA:
      return "OSSL_RSA_";
    case ERR_LIB_DH:
      return "OSSL_DH_";
    case ERR_LIB_EVP:
      return "OSSL_EVP_";
    case ERR_LIB_PEM:
      return "OSSL_PEM_";
    case ERR_LIB_DSA:
      return "OSSL_DSA_";
    case ERR_LIB_X509:
      return "OSSL_X509_";
    case ERR_LIB_ASN1:
      return "OSSL_ASN1_";
    case ERR_LIB_CRYPTO:
      return "OSSL_CRYPTO_";
    case ERR_LIB_EC:
      return "OSSL_EC_";
    case ERR_LIB_BIO:
      return "OSSL_BIO_";
    case ERR_LIB_PKCS7:
      return "OSSL_PKCS7_";
    case ERR_LIB_X509V3:
      return "OSSL_X509V3_";
    case ERR_LIB_PKCS12:
      return "OSSL_PKCS12_";
    case ERR_LIB_RAND:
      return "OSSL_RAND_";
    case ERR_LIB_SSL:
      return "SSL_";
    default:
      return "OSSL_";
  }
}

std::string make_code(unsigned long number, const std::string& reason) {
  std::string code = std::string("ERR_") + library_name(ERR_GET_LIB(number));
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
