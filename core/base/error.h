// Errors as values: what a call below js/ returns when the system said no. Knows only libc.
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <utility>

namespace node {

// Aborts with file and line when `cond` is false: for this project's own bugs, never for input.
#define CHECK(cond)                                                                 \
  do {                                                                              \
    if (__builtin_expect(!(cond), 0)) {                                             \
      std::fprintf(stderr, "%s:%d: CHECK(%s) failed\n", __FILE__, __LINE__, #cond); \
      std::abort();                                                                 \
    }                                                                               \
  } while (0)

// Whose numbers `Error::code` uses.
enum class ErrorDomain : uint8_t {
  kSystem,       // errno, positive (errno(3))
  kAddressInfo,  // the EAI_ codes of getaddrinfo(3), as the system's headers number them
  kHttp,         // http::ParseError of http/parser.h
  kTls,          // OpenSSL's; net/tls.h says more
};

// A failed call. Trivially copyable, allocates nothing. `call` names the system call or function
// and is a string literal. Default-constructed means "no error".
struct Error {
  int code = 0;
  ErrorDomain domain = ErrorDomain::kSystem;
  const char* call = "";

  constexpr Error() = default;
  constexpr Error(int code_in, const char* call_in, ErrorDomain domain_in = ErrorDomain::kSystem)
      : code(code_in), domain(domain_in), call(call_in) {}
  constexpr explicit operator bool() const { return code != 0; }
};

// The error that `errno` holds now.
inline Error last_error(const char* call) { return Error(errno, call); }

// A T or an Error. Nothing throws; reading the side that is absent is a CHECK failure.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : ok_(true) { new (&value_) T(std::move(value)); }  // NOLINT: implicit on purpose
  Result(Error error) : ok_(false), error_(error) {}                  // NOLINT
  Result(Result&& other) noexcept : ok_(other.ok_) {
    if (ok_) {
      new (&value_) T(std::move(other.value_));
    } else {
      error_ = other.error_;
    }
  }
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  Result& operator=(Result&&) = delete;
  ~Result() {
    if (ok_) value_.~T();
  }

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  T& value() {
    CHECK(ok_);
    return value_;
  }
  T take() {
    CHECK(ok_);
    return std::move(value_);
  }
  Error error() const {
    CHECK(!ok_);
    return error_;
  }

 private:
  bool ok_;
  union {
    T value_;
    Error error_;
  };
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(error) {}  // NOLINT: implicit on purpose
  bool ok() const { return error_.code == 0; }
  explicit operator bool() const { return ok(); }
  Error error() const { return error_; }

 private:
  Error error_;
};

}  // namespace node
