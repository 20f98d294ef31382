// ECMAScript modules over V8's module records: compiling, linking and evaluating them, synthetic
// ones that JavaScript fills, import() and import.meta. Which file a specifier means is the
// library's business.
#include "js/bind_esm.h"

#include <string>
#include <unordered_map>
#include <vector>

#include "js/bind.h"
#include "js/bind_vm.h"
#include "js/buffer.h"

namespace node::js {

namespace {

extern const ClassSpec kModuleClass;

// "specifier\0type": what a module asks for; two imports that differ in their assertions are two.
std::string request_key(Env& env, v8::Local<v8::String> specifier, v8::Local<v8::Value> type) {
  Utf8 name;
  Utf8 kind;
  std::string key;
  if (name.read(env.isolate(), specifier)) key = name.view();
  key += '\0';
  if (!type.IsEmpty() && kind.read(env.isolate(), type)) key += kind.view();
  return key;
}

// Assertions come as [key, value, ...], with the place in the source after each pair when they are
// those of a static import.
constexpr int kStaticStride = 3;
constexpr int kDynamicStride = 2;

// The value of the "type" assertion; empty when there is none.
v8::Local<v8::Value> type_assertion(v8::Local<v8::Context> context,
                                    v8::Local<v8::FixedArray> assertions, int stride) {
  v8::Isolate* isolate = Env::from(isolate_of(context)).isolate();
  v8::Local<v8::String> type = Env::from(isolate).name("type");
  for (int i = 0; i + 1 < assertions->Length(); i += stride) {
    if (element<v8::Value>(context, assertions, i)->StrictEquals(type)) {
      return element<v8::Value>(context, assertions, i + 1);
    }
  }
  return {};
}

v8::Local<v8::Object> assertions_object(v8::Local<v8::Context> context,
                                        v8::Local<v8::FixedArray> assertions, int stride) {
  v8::Isolate* isolate = isolate_of(context);
  v8::Local<v8::Object> object = v8::Object::New(isolate, v8::Null(isolate), nullptr, nullptr, 0);
  for (int i = 0; i + 1 < assertions->Length(); i += stride) {
    ignore(object->Set(context, element<v8::Value>(context, assertions, i),
                       element<v8::Value>(context, assertions, i + 1)));
  }
  return object;
}

}  // namespace

// One module record. JavaScript's side, NativeModule, must be kept for as long as the module may
// still be linked, evaluated or asked for its import.meta.
class NativeModule : public Wrapped {
 public:
  // (url, sandbox or null, source, lineOffset, columnOffset, importer id or undefined, cachedData)
  // or (url, sandbox or null, [export names], evaluate): evaluate() runs when the module's turn
  // comes.
  static void make(Env& env, const Args& info) {
    v8::Local<v8::Context> context = env.context();
    if (!info[0]->IsString()) return throw_bad_argument(env, 0, "string");
    if (info[1]->IsObject() && !context_of(env, info[1].As<v8::Object>()).ToLocal(&context)) {
      return throw_type_error(env, "ERR_INVALID_ARG_TYPE", "The object is no context");
    }
    v8::Local<v8::Module> module;
    if (info[2]->IsArray()) {
      if (!info[3]->IsFunction()) return throw_bad_argument(env, 3, "function");
      if (!make_synthetic(env, info).ToLocal(&module)) return;
    } else {
      if (!info[2]->IsString()) return throw_bad_argument(env, 2, "string");
      v8::Context::Scope scope(context);
      if (!compile(env, info).ToLocal(&module)) return;
    }
    auto* self = new NativeModule(env, info.This(), context, module);
    if (info[2]->IsArray()) self->keep("evaluate", info[3]);
  }

  NativeModule(Env& env, v8::Local<v8::Object> object, v8::Local<v8::Context> context,
               v8::Local<v8::Module> module)
      : Wrapped(env, object),
        context_(env.isolate(), context),
        module_(env.isolate(), module),
        hash_(module->GetIdentityHash()) {
    env.modules().emplace(hash_, this);
  }

  ~NativeModule() override {
    auto [from, to] = env().modules().equal_range(hash_);
    for (auto it = from; it != to; ++it) {
      if (it->second != this) continue;
      env().modules().erase(it);
      break;
    }
  }

  static NativeModule* find(Env& env, v8::Local<v8::Module> module) {
    auto [from, to] = env.modules().equal_range(module->GetIdentityHash());
    for (auto it = from; it != to; ++it) {
      if (it->second->module_.Get(env.isolate()) == module) return it->second;
    }
    return nullptr;
  }

  v8::Local<v8::Module> module() const { return module_.Get(env().isolate()); }
  v8::Local<v8::Context> context() const { return context_.Get(env().isolate()); }

  // [[specifier, assertions, line, column], ...] in the order of the source.
  v8::Local<v8::Array> requests() {
    v8::Isolate* isolate = env().isolate();
    v8::Local<v8::Context> context = this->context();
    v8::Local<v8::FixedArray> list = module()->GetModuleRequests();
    std::vector<v8::Local<v8::Value>> result;
    for (int i = 0; i < list->Length(); ++i) {
      auto request = element<v8::ModuleRequest>(context, list, i);
      v8::Local<v8::FixedArray> assertions = request->GetImportAssertions();
      v8::Location place = module()->SourceOffsetToLocation(request->GetSourceOffset());
      v8::Local<v8::Value> entry[] = {request->GetSpecifier(),
                                      assertions_object(context, assertions, kStaticStride),
                                      v8::Integer::New(isolate, place.GetLineNumber()),
                                      v8::Integer::New(isolate, place.GetColumnNumber())};
      result.push_back(v8::Array::New(isolate, entry, std::size(entry)));
    }
    return v8::Array::New(isolate, result.data(), result.size());
  }

  // Says what the requests mean: one NativeModule for each, in their order.
  void link(v8::Local<v8::Array> modules) {
    v8::Local<v8::Context> context = this->context();
    v8::Local<v8::FixedArray> list = module()->GetModuleRequests();
    linked_.clear();
    for (int i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> value;
      if (!modules->Get(context, static_cast<uint32_t>(i)).ToLocal(&value)) return;
      if (from<NativeModule>(env(), value, kModuleClass) == nullptr) {
        return throw_type_error(env(), "ERR_INVALID_ARG_TYPE", "A request is not linked");
      }
      auto request = element<v8::ModuleRequest>(context, list, i);
      std::string key =
          request_key(env(), request->GetSpecifier(),
                      type_assertion(context, request->GetImportAssertions(), kStaticStride));
      linked_[key] = static_cast<uint32_t>(i);
    }
    keep("linked", modules);
  }

  // Binds imports to exports through the whole graph. Throws a SyntaxError for names that are not
  // there.
  void instantiate() { ignore(module()->InstantiateModule(context(), resolve)); }

  // evaluate(timeoutMs or 0, breakOnSigint): a promise of the evaluation's end.
  v8::MaybeLocal<v8::Value> evaluate(int32_t timeout_ms, bool on_sigint) {
    v8::Local<v8::Context> context = this->context();
    v8::Context::Scope scope(context);
    return evaluate_limited(env(), context, module(), timeout_ms, on_sigint);
  }

  v8::Local<v8::Value> get_namespace() {
    if (module()->GetStatus() < v8::Module::kInstantiated) {
      throw_error(env(), "ERR_MODULE_NOT_INSTANTIATED",
                  "cannot get namespace, module has not been instantiated");
      return v8::Undefined(env().isolate());
    }
    return module()->GetModuleNamespace();
  }

  // 0 uninstantiated, 1 instantiating, 2 instantiated, 3 evaluating, 4 evaluated, 5 errored.
  int32_t status() { return module()->GetStatus(); }

  v8::Local<v8::Value> error() {
    if (module()->GetStatus() != v8::Module::kErrored) return v8::Undefined(env().isolate());
    return module()->GetException();
  }

  // Whether some module of the instantiated graph has an await at its top level.
  bool is_async() {
    return module()->GetStatus() >= v8::Module::kInstantiated && module()->IsGraphAsync();
  }

  // Sets an export of a synthetic module.
  void set_export(v8::Local<v8::String> name, v8::Local<v8::Value> value) {
    if (!module()->IsSyntheticModule()) {
      return throw_error(env(), "ERR_VM_MODULE_NOT_MODULE", "The module is not synthetic");
    }
    ignore(module()->SetSyntheticModuleExport(env().isolate(), name, value));
  }

  v8::Local<v8::Value> cached_data() {
    if (!module()->IsSourceTextModule()) return v8::Undefined(env().isolate());
    return code_cache(env(),
                      v8::ScriptCompiler::CreateCodeCache(module()->GetUnboundModuleScript()));
  }

 private:
  // What the module needs hangs off its object, hidden: handles of C++ would keep cycles alive.
  v8::Local<v8::Private> hidden(const char* name) {
    return v8::Private::ForApi(env().isolate(), env().name(std::string("node:esm:") + name));
  }
  void keep(const char* name, v8::Local<v8::Value> value) {
    ignore(object()->SetPrivate(env().context(), hidden(name), value));
  }
  v8::MaybeLocal<v8::Value> kept(const char* name) {
    return object()->GetPrivate(env().context(), hidden(name));
  }

  static v8::MaybeLocal<v8::Module> compile(Env& env, const Args& info) {
    v8::Isolate* isolate = env.isolate();
    v8::Local<v8::Context> context = env.context();
    v8::ScriptCompiler::CachedData* cached = copy_cached_data(info[6]);
    v8::ScriptCompiler::Source source(
        info[2].As<v8::String>(),
        module_origin(isolate, info[0], importer_options(isolate, info[5]),
                      info[3]->Int32Value(context).FromMaybe(0),
                      info[4]->Int32Value(context).FromMaybe(0)),
        cached);
    v8::MaybeLocal<v8::Module> module = v8::ScriptCompiler::CompileModule(
        isolate, &source,
        cached == nullptr ? v8::ScriptCompiler::kNoCompileOptions
                          : v8::ScriptCompiler::kConsumeCodeCache);
    if (cached != nullptr && !module.IsEmpty()) {
      ignore(info.This()->Set(context, env.name("cachedDataRejected"),
                              v8::Boolean::New(isolate, source.GetCachedData()->rejected)));
    }
    return module;
  }

  static v8::MaybeLocal<v8::Module> make_synthetic(Env& env, const Args& info) {
    v8::Local<v8::Array> list = info[2].As<v8::Array>();
    std::vector<v8::Local<v8::String>> names;
    for (uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> name;
      if (!list->Get(env.context(), i).ToLocal(&name)) return {};
      if (!name->IsString()) {
        throw_bad_argument(env, 2, "string");
        return {};
      }
      names.push_back(name.As<v8::String>());
    }
    return create_synthetic_module(env.isolate(), info[0].As<v8::String>(), names, run_synthetic);
  }

  static v8::MaybeLocal<v8::Value> run_synthetic(v8::Local<v8::Context> context,
                                                 v8::Local<v8::Module> module) {
    Env& env = Env::from(isolate_of(context));
    v8::EscapableHandleScope scope(env.isolate());
    NativeModule* self = find(env, module);
    if (self == nullptr) {
      throw_error(env, "ERR_VM_MODULE_STATUS", "The module's object is gone");
      return {};
    }
    v8::Local<v8::Value> evaluate;
    if (!self->kept("evaluate").ToLocal(&evaluate) ||
        evaluate.As<v8::Function>()
            ->Call(context, v8::Undefined(env.isolate()), 0, nullptr)
            .IsEmpty()) {
      return {};
    }
    v8::Local<v8::Promise::Resolver> resolver;
    if (!v8::Promise::Resolver::New(context).ToLocal(&resolver)) return {};
    ignore(resolver->Resolve(context, v8::Undefined(env.isolate())));
    return scope.Escape(resolver->GetPromise().As<v8::Value>());
  }

  static v8::MaybeLocal<v8::Module> resolve(v8::Local<v8::Context> context,
                                            v8::Local<v8::String> specifier,
                                            v8::Local<v8::FixedArray> assertions,
                                            v8::Local<v8::Module> referrer) {
    Env& env = Env::from(isolate_of(context));
    v8::EscapableHandleScope scope(env.isolate());
    if (NativeModule* self = find(env, referrer); self != nullptr) {
      auto it = self->linked_.find(
          request_key(env, specifier, type_assertion(context, assertions, kStaticStride)));
      if (it != self->linked_.end()) {
        v8::Local<v8::Value> list;
        v8::Local<v8::Value> value;
        if (!self->kept("linked").ToLocal(&list) ||
            !list.As<v8::Object>()->Get(env.context(), it->second).ToLocal(&value)) {
          return {};
        }
        auto* target = from<NativeModule>(env, value, kModuleClass);
        if (target != nullptr) return scope.Escape(target->module());
      }
    }
    Utf8 name;
    (void)name.read(env.isolate(), specifier);
    throw_error(env, "ERR_VM_MODULE_LINK_FAILURE",
                "request for '" + std::string(name.view()) + "' is not yet fulfilled");
    return {};
  }

  v8::Global<v8::Context> context_;
  v8::Global<v8::Module> module_;
  int hash_;
  // Places in the list kept as "linked".
  std::unordered_map<std::string, uint32_t> linked_;
};

namespace {

// import(): the library answers with a promise.
v8::MaybeLocal<v8::Promise> import_dynamically(v8::Local<v8::Context> context,
                                               v8::Local<v8::Data> options,
                                               v8::Local<v8::Value> referrer,
                                               v8::Local<v8::String> specifier,
                                               v8::Local<v8::FixedArray> assertions) {
  v8::Isolate* isolate = isolate_of(context);
  Env& env = Env::from(isolate);
  v8::EscapableHandleScope scope(isolate);
  if (!env.has_hook(Hook::kImportModule)) return {};
  v8::Local<v8::Value> id = v8::Undefined(isolate);
  v8::Local<v8::PrimitiveArray> list = options.As<v8::PrimitiveArray>();
  if (list->Length() > 0) id = list->Get(isolate, 0);
  v8::Local<v8::Value> args[] = {specifier, referrer, id,
                                 assertions_object(context, assertions, kDynamicStride)};
  v8::Local<v8::Value> answer;
  if (!env.hook(Hook::kImportModule)
           .As<v8::Function>()
           ->Call(env.context(), v8::Undefined(isolate), std::size(args), args)
           .ToLocal(&answer) ||
      !answer->IsPromise()) {
    return {};
  }
  return scope.Escape(answer.As<v8::Promise>());
}

void initialize_meta(v8::Local<v8::Context> context, v8::Local<v8::Module> module,
                     v8::Local<v8::Object> meta) {
  Env& env = Env::from(isolate_of(context));
  v8::HandleScope scope(env.isolate());
  NativeModule* self = NativeModule::find(env, module);
  if (self == nullptr || !env.has_hook(Hook::kImportMeta)) return;
  v8::Local<v8::Value> args[] = {self->object(), meta};
  ignore(env.hook(Hook::kImportMeta)
             .As<v8::Function>()
             ->Call(env.context(), v8::Undefined(env.isolate()), std::size(args), args));
}

constexpr Method kModuleMethods[] = {
    method<&NativeModule::requests>("requests"),
    method<&NativeModule::link>("link"),
    method<&NativeModule::instantiate>("instantiate"),
    method<&NativeModule::evaluate>("evaluate"),
    method<&NativeModule::get_namespace>("getNamespace"),
    method<&NativeModule::status>("status"),
    method<&NativeModule::error>("error"),
    method<&NativeModule::is_async>("isAsync"),
    method<&NativeModule::set_export>("setExport"),
    method<&NativeModule::cached_data>("createCachedData"),
};
const ClassSpec kModuleClass = wrapped_class<NativeModule>("NativeModule", kModuleMethods);
const ClassSpec* const kClasses[] = {&kModuleClass};

}  // namespace

v8::Local<v8::PrimitiveArray> importer_options(v8::Isolate* isolate, v8::Local<v8::Value> id) {
  v8::Local<v8::PrimitiveArray> options = v8::PrimitiveArray::New(isolate, 1);
  v8::Local<v8::Primitive> value = v8::Undefined(isolate);
  if (id->IsNumber()) value = id.As<v8::Number>();
  options->Set(isolate, 0, value);
  return options;
}

void set_module_callbacks(v8::Isolate* isolate) {
  isolate->SetHostImportModuleDynamicallyCallback(import_dynamically);
  isolate->SetHostInitializeImportMetaObjectCallback(initialize_meta);
}

extern const Binding kEsmBinding = {"esm", {}, kClasses, nullptr};

}  // namespace node::js
