// OpenSSL's queue of errors as values.
#pragma once

#include <string>
#include <vector>

namespace node::net {

struct TlsError {
  std::string code;                // ERR_SSL_WRONG_VERSION_NUMBER, ERR_OSSL_PEM_NO_START_LINE
  std::string message;             // error:0A00010B:SSL routines::wrong version number
  std::string library;             // SSL routines
  std::string function;            // ssl3_get_record, where it is known
  std::string reason;              // wrong version number
  std::string report;              // the whole queue, as ERR_print_errors(3) has it
  std::vector<std::string> stack;  // the messages after it, the newest first
};

// Takes all that is in this thread's queue. The oldest, which made the others, is what is told;
// empty strings when there is none.
TlsError take_tls_error();

}  // namespace node::net
