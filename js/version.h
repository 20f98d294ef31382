// Versions: the level of Node's API that is implemented, and this project's own.
#pragma once

#include <string>

// What process.version says: npm's `engines` checks read it.
#define NODE_VERSION "v18.20.4"
// This project's own version, in process.versions beside it.
#define NODE_PROJECT_VERSION "0.4.0"

// Where `make install` puts things, and the compiler's flags: the Makefile says.
#ifndef NODE_PREFIX
#define NODE_PREFIX "/usr/local"
#endif
#ifndef NODE_CFLAGS
#define NODE_CFLAGS ""
#endif

namespace node::js {
// Of the OpenSSL that runs: "3.0.19"; empty in a build without.
#ifdef NODE_NO_TLS
inline std::string openssl_version() { return {}; }
#else
std::string openssl_version();
#endif
}  // namespace node::js
