// crypto's computations: now, or on the thread pool.
#include <openssl/err.h>

#include <utility>

#include "js/bind_crypto.h"

namespace node::js {

namespace {

// A job on its way through the pool; frees itself after calling back.
class PoolJob : public Work {
 public:
  PoolJob(Env& env, std::unique_ptr<CryptoJob> job, v8::Local<v8::Function> callback)
      : Work([](Work* w) { static_cast<PoolJob*>(w)->compute(); },
             [](Work* w, bool cancelled) { static_cast<PoolJob*>(w)->done(cancelled); }),
        env_(env),
        job_(std::move(job)),
        callback_(env.isolate(), callback) {}

 private:
  void compute() {
    ERR_clear_error();
    ok_ = job_->compute();
    // The queue of errors is this thread's own, and must not reach the next job.
    if (!ok_) error_ = net::take_tls_error();
    ERR_clear_error();
  }

  void done(bool cancelled) {
    std::unique_ptr<PoolJob> self(this);
    // Only at the very end, when script is not to be entered any more.
    if (cancelled) return;
    v8::Isolate* isolate = env_.isolate();
    v8::HandleScope scope(isolate);
    v8::Context::Scope context_scope(env_.context());
    v8::Local<v8::Value> args[] = {v8::Null(isolate), v8::Undefined(isolate)};
    int argc = 2;
    if (!ok_) {
      args[0] = make_openssl_error(env_, error_, job_->failure);
      argc = 1;
    } else {
      v8::TryCatch failed(isolate);
      if (!job_->result(env_).ToLocal(&args[1])) {
        if (!failed.HasCaught() || failed.HasTerminated()) return;
        args[0] = failed.Exception();
        argc = 1;
      }
    }
    // What it holds goes before script has its word: that may end the process.
    job_.reset();
    ignore(env_.call(callback_.Get(isolate), v8::Undefined(isolate), argc, args));
  }

  Env& env_;
  std::unique_ptr<CryptoJob> job_;
  v8::Global<v8::Function> callback_;
  bool ok_ = false;
  net::TlsError error_;
};

}  // namespace

v8::MaybeLocal<v8::Value> run_job(Env& env, std::unique_ptr<CryptoJob> job,
                                  v8::Local<v8::Value> callback) {
  if (callback->IsFunction()) {
    auto* pooled = new PoolJob(env, std::move(job), callback.As<v8::Function>());
    env.loop().pool().submit(*pooled);
    return v8::Undefined(env.isolate());
  }
  ERR_clear_error();
  if (job->compute()) {
    ERR_clear_error();
    return job->result(env);
  }
  throw_openssl_error(env, job->failure);
  return {};
}

}  // namespace node::js
