// Addons: process.dlopen's part below script: dlopen(3), finding the module's entry, calling it.
#include <dlfcn.h>

#include <map>
#include <mutex>
#include <string>

#include "js/bind.h"
#include "js/napi.h"

#ifdef NODE_HAS_NAPI
namespace node::js {

namespace {

// What a module's static constructor registered on this thread, while dlopen(3) runs.
thread_local napi_module* registered = nullptr;

// Constructors run only at a library's first opening: what it registered then counts for later
// ones.
std::mutex known_mutex;
std::map<void*, napi_module*> known;

struct Entry {
  bool found = false;
  napi_addon_register_func function = nullptr;
  int32_t version = kNapiVersion;
};

Entry find_entry(void* library) {
  Entry entry;
  {
    std::lock_guard lock(known_mutex);
    if (registered != nullptr) known[library] = registered;
    if (auto it = known.find(library); it != known.end()) {
      entry.found = true;
      entry.function = it->second->nm_register_func;
    }
  }
  if (void* symbol = dlsym(library, "napi_register_module_v1"); symbol != nullptr && !entry.found) {
    entry.found = true;
    entry.function = reinterpret_cast<napi_addon_register_func>(symbol);
  }
  if (void* symbol = dlsym(library, "node_api_module_get_api_version_v1")) {
    entry.version = reinterpret_cast<node_api_addon_get_api_version_func>(symbol)();
  }
  return entry;
}

// load(module, exports, filename, url, flags): opens the library and runs its entry, which fills or
// replaces module.exports.
void load(Env& env, v8::Local<v8::Object> module, v8::Local<v8::Value> exports,
          const Utf8& filename, const Utf8& url, int32_t flags) {
  registered = nullptr;
  void* library = dlopen(filename.c_str(), flags);
  if (library == nullptr) return throw_error(env, "ERR_DLOPEN_FAILED", dlerror());
  Entry entry = find_entry(library);
  registered = nullptr;
  if (!entry.found) {
    dlclose(library);
    return throw_error(env, "ERR_DLOPEN_FAILED",
                       "Module did not self-register: '" + std::string(filename.view()) + "'.");
  }
  if (entry.function == nullptr) {
    return throw_error(env, "ERR_DLOPEN_FAILED", "Module has no declared entry point.");
  }
  if (entry.version > kNapiVersion && entry.version != kNapiExperimental) {
    // A version of Node-API that is not known here could ask for anything.
    return throw_error(env, "ERR_DLOPEN_FAILED",
                       std::string(filename.view()) + " requires Node-API version " +
                           std::to_string(entry.version) + ", but this version of Node.js only " +
                           "supports version " + std::to_string(kNapiVersion) + " add-ons.");
  }
  napi_env napi = new napi_env__(env, std::string(url.view()), entry.version);
  napi->set(napi_ok);
  napi_value answer = entry.function(napi, to_napi(exports));
  if (!napi->last_exception.IsEmpty()) {
    v8::Local<v8::Value> error = napi->last_exception.Get(env.isolate());
    napi->last_exception.Reset();
    env.isolate()->ThrowException(error);
    return;
  }
  if (answer != nullptr && from_napi(answer) != exports) {
    ignore(module->Set(env.context(), env.name("exports"), from_napi(answer)));
  }
}

constexpr Method kMethods[] = {fn<&load>("load")};

}  // namespace

extern const Binding kNapiBinding = {"napi", kMethods, {}, nullptr};

}  // namespace node::js

void napi_module_register(napi_module* mod) { node::js::registered = mod; }

#else

namespace node::js {

// A V8 that comes without Node-API's headers: no functions, and process.dlopen says so.
extern const Binding kNapiBinding = {"napi", {}, {}, nullptr};

}  // namespace node::js

#endif
