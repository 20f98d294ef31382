// errno numbers, their names and texts, and the exceptions made from them.
#include "js/error.h"

#include <netdb.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "js/env.h"

namespace node::js {

namespace {

struct ErrnoInfo {
  int code;
  const char* name;
  const char* message;
};

#define E(name, message) \
  { name, #name, message }
constexpr ErrnoInfo kErrnos[] = {
    E(E2BIG, "argument list too long"),
    E(EACCES, "permission denied"),
    E(EADDRINUSE, "address already in use"),
    E(EADDRNOTAVAIL, "address not available"),
    E(EAFNOSUPPORT, "address family not supported"),
    E(EAGAIN, "resource temporarily unavailable"),
    E(EALREADY, "connection already in progress"),
    E(EBADF, "bad file descriptor"),
    E(EBUSY, "resource busy or locked"),
    E(ECANCELED, "operation canceled"),
    E(ECONNABORTED, "software caused connection abort"),
    E(ECONNREFUSED, "connection refused"),
    E(ECONNRESET, "connection reset by peer"),
    E(EDESTADDRREQ, "destination address required"),
    E(EEXIST, "file already exists"),
    E(EFAULT, "bad address in system call argument"),
    E(EFBIG, "file too large"),
    E(EHOSTUNREACH, "host is unreachable"),
    E(EINTR, "interrupted system call"),
    E(EINVAL, "invalid argument"),
    E(EIO, "i/o error"),
    E(EISCONN, "socket is already connected"),
    E(EISDIR, "illegal operation on a directory"),
    E(ELOOP, "too many symbolic links encountered"),
    E(EMFILE, "too many open files"),
    E(EMSGSIZE, "message too long"),
    E(ENAMETOOLONG, "name too long"),
    E(ENETDOWN, "network is down"),
    E(ENETUNREACH, "network is unreachable"),
    E(ENFILE, "file table overflow"),
    E(ENOBUFS, "no buffer space available"),
    E(ENODEV, "no such device"),
    E(ENOENT, "no such file or directory"),
    E(ENOMEM, "not enough memory"),
    E(ENOPROTOOPT, "protocol not available"),
    E(ENOSPC, "no space left on device"),
    E(ENOSYS, "function not implemented"),
    E(ENOTCONN, "socket is not connected"),
    E(ENOTDIR, "not a directory"),
    E(ENOTEMPTY, "directory not empty"),
    E(ENOTSOCK, "socket operation on non-socket"),
    E(ENOTSUP, "operation not supported on socket"),
    E(EOVERFLOW, "value too large for defined data type"),
    E(EPERM, "operation not permitted"),
    E(EPIPE, "broken pipe"),
    E(EPROTO, "protocol error"),
    E(EPROTONOSUPPORT, "protocol not supported"),
    E(EPROTOTYPE, "protocol wrong type for socket"),
    E(ERANGE, "result too large"),
    E(EROFS, "read-only file system"),
    E(ESPIPE, "invalid seek"),
    E(ESRCH, "no such process"),
    E(ETIMEDOUT, "connection timed out"),
    E(ETXTBSY, "text file is busy"),
    E(EXDEV, "cross-device link not permitted"),
    E(ENXIO, "no such device or address"),
    E(EMLINK, "too many links"),
    E(ENOTTY, "inappropriate ioctl for device"),
    E(EILSEQ, "illegal byte sequence"),
    E(ECHILD, "no child processes"),
    E(EDOM, "argument out of domain"),
    E(EDEADLK, "resource deadlock avoided"),
    E(ENOLCK, "no locks available"),
    E(ENOEXEC, "exec format error"),
    E(ENOTBLK, "block device required"),
    E(EINPROGRESS, "operation in progress"),
    E(EDQUOT, "disk quota exceeded"),
    E(ESTALE, "stale file handle"),
    E(EHOSTDOWN, "host is down"),
};
#undef E

struct AddressInfoError {
  int code;
  const char* name;
};
constexpr AddressInfoError kAddressInfoErrors[] = {
    {EAI_AGAIN, "EAI_AGAIN"},       {EAI_FAIL, "EAI_FAIL"},         {EAI_FAMILY, "EAI_FAMILY"},
    {EAI_MEMORY, "EAI_MEMORY"},     {EAI_NONAME, "ENOTFOUND"},      {EAI_SERVICE, "EAI_SERVICE"},
    {EAI_BADFLAGS, "EAI_BADFLAGS"}, {EAI_SOCKTYPE, "EAI_SOCKTYPE"},
#ifdef EAI_NODATA
    {EAI_NODATA, "ENOTFOUND"},
#endif
};

v8::Local<v8::Value> make_error(Env& env, v8::Local<v8::Value> (*create)(v8::Local<v8::String>),
                                const char* code, std::string_view message) {
  v8::Local<v8::Value> error = create(env.string(message));
  ignore(error.As<v8::Object>()->Set(env.context(), env.name("code"), env.name(code)));
  return error;
}

v8::Local<v8::Value> plain_error(v8::Local<v8::String> text) { return v8::Exception::Error(text); }
v8::Local<v8::Value> type_error(v8::Local<v8::String> text) {
  return v8::Exception::TypeError(text);
}
v8::Local<v8::Value> range_error(v8::Local<v8::String> text) {
  return v8::Exception::RangeError(text);
}

}  // namespace

const char* errno_name(int code) {
  for (const ErrnoInfo& e : kErrnos) {
    if (e.code == code) return e.name;
  }
  return "";
}

const char* errno_message(int code) {
  for (const ErrnoInfo& e : kErrnos) {
    if (e.code == code) return e.message;
  }
  return std::strerror(code);
}

void for_each_errno(void (*each)(void*, const char*, int, const char*), void* context) {
  for (const ErrnoInfo& e : kErrnos) each(context, e.name, e.code, e.message);
}

v8::Local<v8::Value> system_error(Env& env, Error error, std::string_view path,
                                  std::string_view dest) {
  std::string code;
  std::string message;
  int number = -error.code;
  if (error.domain == ErrorDomain::kAddressInfo) {
    code = "EAI_" + std::to_string(error.code);
    for (const AddressInfoError& e : kAddressInfoErrors) {
      if (e.code == error.code) code = e.name;
    }
    message = std::string(error.call) + " " + code;
    if (!path.empty()) message.append(" ").append(path);
    number = error.code;
  } else {
    code = errno_name(error.code);
    if (code.empty()) code = "Unknown system error " + std::to_string(-error.code);
    message = code + ": " + errno_message(error.code) + ", " + error.call;
    if (!path.empty()) message.append(" '").append(path).append("'");
    if (!dest.empty()) message.append(" -> '").append(dest).append("'");
  }
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Object> object = v8::Exception::Error(env.string(message)).As<v8::Object>();
  ignore(object->Set(context, env.name("errno"), v8::Integer::New(env.isolate(), number)));
  ignore(object->Set(context, env.name("code"), env.string(code)));
  ignore(object->Set(context, env.name("syscall"), env.string(error.call)));
  if (!path.empty()) ignore(object->Set(context, env.name("path"), env.string(path)));
  if (!dest.empty()) ignore(object->Set(context, env.name("dest"), env.string(dest)));
  return object;
}

void throw_system_error(Env& env, Error error, std::string_view path, std::string_view dest) {
  env.isolate()->ThrowException(system_error(env, error, path, dest));
}

void throw_type_error(Env& env, const char* code, std::string_view message) {
  env.isolate()->ThrowException(make_error(env, type_error, code, message));
}

void throw_range_error(Env& env, const char* code, std::string_view message) {
  env.isolate()->ThrowException(make_error(env, range_error, code, message));
}

void throw_error(Env& env, const char* code, std::string_view message) {
  env.isolate()->ThrowException(make_error(env, plain_error, code, message));
}

}  // namespace node::js
