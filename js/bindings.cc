// The list of all bindings. Its order is part of the snapshot's format.
#include "js/bind.h"

namespace node::js {

// One line a binding here and one below.
extern const Binding kBufferBinding;
extern const Binding kChannelBinding;
extern const Binding kSharedMemoryBinding;
extern const Binding kChildBinding;
extern const Binding kCredentialsBinding;
extern const Binding kEnvBinding;
extern const Binding kErrnoBinding;
extern const Binding kEsmBinding;
extern const Binding kErrorsBinding;
extern const Binding kFsBinding;
extern const Binding kHttpBinding;
extern const Binding kModulesBinding;
extern const Binding kDnsBinding;
extern const Binding kInspectorBinding;
extern const Binding kNapiBinding;
extern const Binding kNetBinding;
extern const Binding kOsBinding;
extern const Binding kPreviewBinding;
extern const Binding kProcessBinding;
extern const Binding kSignalsBinding;
extern const Binding kSocketsBinding;
extern const Binding kTaskQueueBinding;
extern const Binding kTimersBinding;
extern const Binding kTtyBinding;
extern const Binding kUdpBinding;
extern const Binding kUtilBinding;
extern const Binding kSerdesBinding;
extern const Binding kVmBinding;
extern const Binding kTypesBinding;
extern const Binding kZlibBinding;
#ifndef NODE_NO_TLS
extern const Binding kHttpsBinding;
extern const Binding kCryptoBinding;
extern const Binding kCryptoAesBinding;
extern const Binding kCryptoDhBinding;
extern const Binding kCryptoDigestBinding;
extern const Binding kCryptoEcdhBinding;
extern const Binding kCryptoKeyBinding;
extern const Binding kCryptoKeygenBinding;
extern const Binding kCryptoRsaBinding;
extern const Binding kCryptoSignBinding;
extern const Binding kCryptoSpkacBinding;
extern const Binding kCryptoX509Binding;
extern const Binding kCryptoCipherBinding;
extern const Binding kCryptoHashBinding;
extern const Binding kCryptoKdfBinding;
extern const Binding kCryptoRandomBinding;
extern const Binding kTlsBinding;
#endif

namespace {

constexpr const Binding* kAll[] = {
    &kBufferBinding,       &kChildBinding,        &kCredentialsBinding,  &kEnvBinding,
    &kErrnoBinding,        &kErrorsBinding,       &kFsBinding,           &kHttpBinding,
    &kModulesBinding,      &kDnsBinding,          &kNetBinding,          &kOsBinding,
    &kProcessBinding,      &kSignalsBinding,      &kTaskQueueBinding,    &kTimersBinding,
    &kTtyBinding,          &kUtilBinding,         &kSerdesBinding,       &kVmBinding,
    &kPreviewBinding,      &kTypesBinding,        &kChannelBinding,      &kSocketsBinding,
    &kUdpBinding,          &kEsmBinding,          &kNapiBinding,         &kSharedMemoryBinding,
    &kInspectorBinding,    &kZlibBinding,
#ifndef NODE_NO_TLS
    &kHttpsBinding,        &kCryptoBinding,       &kCryptoDhBinding,     &kCryptoEcdhBinding,
    &kCryptoKeyBinding,    &kCryptoKeygenBinding, &kCryptoRsaBinding,    &kCryptoSignBinding,
    &kCryptoSpkacBinding,  &kCryptoX509Binding,   &kCryptoCipherBinding, &kCryptoHashBinding,
    &kCryptoKdfBinding,    &kCryptoRandomBinding, &kTlsBinding,          &kCryptoAesBinding,
    &kCryptoDigestBinding,
#endif
};

}  // namespace

extern const std::span<const Binding* const> kBindings{kAll};

}  // namespace node::js
