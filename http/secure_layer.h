// What stands between a server's connection and its socket when the bytes on the wire are
// encrypted. An interface, so that HTTP is built and tested without TLS.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace node::http {

// Whatever it has for the peer it appends to the buffer that it was made with.
class SecureLayer {
 public:
  virtual ~SecureLayer() = default;

  // Cipher text from the peer; read() takes it, and keep() copies what read() could not use yet.
  virtual void give(std::string_view cipher) = 0;
  // Goes on with the handshake and decrypts into `room`: bytes, 0 when more input is needed, or
  // when the peer has ended or the connection failed.
  virtual size_t read(std::span<char> room) = 0;
  virtual void keep() = 0;
  virtual void write(std::string_view plain) = 0;
  // Tells the peer that no more is written (RFC 8446, 6.1).
  virtual void end() = 0;

  // The handshake is over.
  virtual bool secure() const = 0;
  virtual bool ended() const = 0;
  virtual bool failed() const = 0;

  // Cipher text that the kernel has not taken yet.
  std::vector<char> left;
  size_t left_sent = 0;
};

// Makes the layer of a new connection; nullptr when that fails. `out`: where it puts cipher text.
class SecureMaker {
 public:
  virtual SecureLayer* make(std::vector<char>* out) = 0;

 protected:
  ~SecureMaker() = default;
};

}  // namespace node::http
