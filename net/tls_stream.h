// A TLS connection as a stream: TlsEngine over whatever carries its cipher text. Knows no scripts.
#pragma once

#include <span>
#include <string_view>

#include "core/loop.h"
#include "net/stream.h"
#include "net/tls_engine.h"

namespace node::net {

// What carries cipher text to the peer and tells the TlsStream what comes from there.
class TlsTransport {
 public:
  // False when not all has left: TlsStream::sent() follows.
  virtual bool send(std::string_view cipher) = 0;
  virtual void read_start() = 0;
  virtual void read_stop() = 0;
  // Half-closes; TlsStream::shut_down() follows.
  virtual void shutdown() = 0;
  // TlsStream::closed() follows.
  virtual void close() = 0;
  virtual size_t queued_bytes() const = 0;

 protected:
  ~TlsTransport() = default;
};

// Whom it reports to beside the StreamListener. The engine's questions go to it directly.
class TlsListener : public StreamListener {
 public:
  // The handshake or a record has failed; the engine's take_error() says why. Nothing more comes.
  virtual void on_tls_error() = 0;

 protected:
  ~TlsListener() = default;
};

// Has net::Stream's interface and makes its reports. During the handshake it reads and writes by
// itself; what is written waits for its end.
class TlsStream {
 public:
  // `delegate` has the engine's questions and reports; its on_cipher, on_sent, on_resumed and, at
  // its end, on_secure must call those of this class.
  TlsStream(Loop& loop, TlsTransport& transport, TlsListener& listener, TlsDelegate& delegate);
  ~TlsStream();

  TlsEngine& engine() { return engine_; }
  // The handshake may begin; a client says hello.
  void start();

  void read_start();
  void read_stop();
  bool write(std::string_view bytes);
  bool writev(std::span<const std::string_view> parts);
  size_t queued_bytes() const { return engine_.pending() + transport_.queued_bytes(); }
  // close_notify and half-close. on_shutdown follows.
  void shutdown();
  // At once, without close_notify. on_close follows.
  void close();
  bool closing() const { return closing_; }
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_written() const { return bytes_written_; }

  // --- From the transport --------------------------------------------------------------------
  // `block` as in StreamListener::on_data: it is not kept.
  void received(std::string_view cipher);
  void received_end();
  void sent();
  void shut_down(Error error);
  void failed(Error error);
  void closed();

  // --- From the engine, by way of the delegate -----------------------------------------------
  void cipher(std::string_view bytes);
  void engine_sent();
  void engine_secure();
  void engine_resumed();

 private:
  struct StreamTask : Task {
    StreamTask(Callback callback, TlsStream* owner) : Task(callback), stream(owner) {}
    TlsStream* stream;
  };
  static void on_pump_task(Task* task);
  void pump();
  bool deliver();
  void after_pump();
  void update_reading();
  void tell_failure();
  void finish_shutdown();
  void gather_begin(size_t plain_bytes);
  bool gather_end();

  Loop& loop_;
  TlsTransport& transport_;
  TlsListener& listener_;
  TlsEngine engine_;
  StreamTask pump_task_;
  char* gathered_ = nullptr;
  size_t gathered_size_ = 0;
  size_t gathered_capacity_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_written_ = 0;
  bool gathering_ = false;
  bool started_ = false;
  bool reading_ = false;  // the listener wants plain text
  bool transport_reads_ = false;
  bool pumping_ = false;
  bool bulk_ = false;  // much came at once: the next goes into a block that can be kept
  bool transport_ended_ = false;
  bool told_end_ = false;
  bool told_failure_ = false;
  bool transport_full_ = false;  // sent() is to come
  bool tell_drained_ = false;
  bool shutdown_wanted_ = false;
  bool only_notify_left_ = false;  // all that was written has left   // when the handshake is over
  bool transport_failed_ = false;  // without anyone being told
  bool shutting_ = false;          // the transport is
  bool tell_shutdown_ = false;
  bool closing_ = false;
};

}  // namespace node::net
