// crypto.setEngine(): OpenSSL's old plug-ins, which 3.0 keeps but calls deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/opensslconf.h>
#ifndef OPENSSL_NO_ENGINE
#include <openssl/engine.h>
#endif
#include <openssl/err.h>

#include "js/bind_crypto.h"
#include "js/bind_crypto_lists.h"

namespace node::js {

#ifdef OPENSSL_NO_ENGINE

EngineState set_engine(const char*, unsigned) { return EngineState::kUnknown; }

#else

namespace {

using EnginePtr = std::unique_ptr<ENGINE, net::TlsFree<ENGINE_free>>;

EnginePtr load_engine(const char* file) {
  EnginePtr engine(ENGINE_by_id("dynamic"));
  if (engine && (ENGINE_ctrl_cmd_string(engine.get(), "SO_PATH", file, 0) != 1 ||
                 ENGINE_ctrl_cmd_string(engine.get(), "LOAD", nullptr, 0) != 1)) {
    engine.reset();
  }
  return engine;
}

}  // namespace

EngineState set_engine(const char* id, unsigned flags) {
  ENGINE_load_builtin_engines();
  EnginePtr engine(ENGINE_by_id(id));
  if (!engine) engine = load_engine(id);
  if (!engine) {
    ERR_clear_error();
    return EngineState::kUnknown;
  }
  return ENGINE_set_default(engine.get(), flags) == 1 ? EngineState::kSet : EngineState::kFailed;
}

#endif

}  // namespace node::js
