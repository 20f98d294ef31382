// The list of all bindings. Its order is part of the snapshot's format.
#include "js/bind.h"

namespace node::js {

extern const Binding kEnvBinding;
extern const Binding kErrnoBinding;
extern const Binding kErrorsBinding;
extern const Binding kModulesBinding;
extern const Binding kProcessBinding;
extern const Binding kTaskQueueBinding;
extern const Binding kTimersBinding;

namespace {

constexpr const Binding* kAll[] = {
    &kEnvBinding,     &kErrnoBinding,     &kErrorsBinding, &kModulesBinding,
    &kProcessBinding, &kTaskQueueBinding, &kTimersBinding,
};

}  // namespace

extern const std::span<const Binding* const> kBindings{kAll};

}  // namespace node::js
