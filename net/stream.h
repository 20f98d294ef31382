// A connected byte stream over a non-blocking descriptor: TCP, UNIX sockets, pipes, terminals.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/fd.h"
#include "core/loop.h"
#include "net/address.h"

namespace node::net {

class Stream;

// Whom a stream reports to; called from the loop only, never from within a call into the stream.
// The stream may be closed, but not destroyed, by any of these calls.
class StreamListener {
 public:
  // Bytes have come. `data` lives for the call. When `block` is not null the bytes are its first
  // ones, and the listener may keep it by setting *block to nullptr; it then frees it with free(3).
  virtual void on_data(std::span<char> data, char** block) = 0;
  // A descriptor came with the bytes that on_data told last (UNIX sockets).
  virtual void on_descriptor(Fd fd) = 0;
  // The peer sends no more. Reading has stopped.
  virtual void on_end() = 0;
  // The connection attempt is over; `error` is empty when it succeeded.
  virtual void on_connect(Error error) = 0;
  // Everything written has been taken by the kernel, after write() had said otherwise.
  virtual void on_drain() = 0;
  // shutdown() is done.
  virtual void on_shutdown(Error error) = 0;
  // Reading or writing failed. The stream does nothing more until it is closed.
  virtual void on_error(Error error) = 0;
  // close() is done: the last call, after which the stream may be destroyed.
  virtual void on_close() = 0;

 protected:
  ~StreamListener() = default;
};

// Writes of one turn are gathered and leave in one system call, just before the loop sleeps; large
// ones leave at once. Owns no memory while nothing is waiting to be written.
class Stream : private Watcher {
 public:
  Stream(Loop& loop, StreamListener& listener);
  // It has been closed, or never opened.
  ~Stream();

  // Takes over a connected descriptor and makes it non-blocking.
  Result<void> open(Fd fd);
  // Starts connecting; on_connect follows. `local` may be null.
  Result<void> connect(const Address& to, const Address* local);

  // Reports go to `listener` from now on: to what is put between the stream and whom it served. The
  // former one.
  StreamListener& set_listener(StreamListener& listener);

  void read_start();
  void read_stop();
  bool reading() const { return reading_; }

  // Copies or sends all of it. True when the kernel has taken everything, or will at the end of the
  // turn; false when bytes are left over: on_drain or on_error follows, or on_close when it was
  // closed before.
  bool write(std::string_view bytes);
  bool writev(std::span<const std::string_view> parts);
  // Writes at most `most` bytes of the file from `offset` on, without copying what the kernel
  // takes. Returns how many; 0 at the file's end; -1 when they are better read and written. When
  // bytes are left over (queued_bytes), on_drain follows as after write().
  int64_t write_file(int fd, int64_t offset, size_t most);
  // A copy of `fd` leaves with the first byte that is written next: UNIX sockets only (EINVAL).
  Result<void> pass_descriptor(int fd);
  // Sends at once what has been gathered.
  void flush();
  // Bytes that wait to be written.
  size_t queued_bytes() const { return out_size_ - out_sent_; }
  // Blocks until everything is written: for standard output of a process that is about to leave.
  void set_blocking_writes(bool blocking) { blocking_ = blocking; }

  // Half-closes after what is queued has left. on_shutdown follows.
  void shutdown();
  // Drops what the kernel does not take at once. on_close follows. Idempotent.
  void close();
  // The same with a TCP reset.
  void reset();

  Result<void> set_no_delay(bool on);
  Result<void> set_keep_alive(bool on, int delay_s);
  void set_referenced(bool referenced);

  int fd() const { return fd_.get(); }
  bool closing() const { return closing_; }
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_written() const { return bytes_written_; }

 private:
  static void on_ready(Watcher* watcher, uint8_t ready);
  static void on_flush_task(Task* task);
  static void on_bury_task(Task* task);
  void on_readable();
  void adapt_reads(size_t count, size_t room);
  ssize_t read_with_descriptors(std::span<char> room, std::vector<Fd>* fds);
  void on_writable();
  void finish_connect();
  void append(std::string_view bytes);
  bool reserve(size_t more);
  ssize_t send_now(std::string_view bytes);
  bool try_send();
  void fail(Error error);
  void finish_shutdown();
  void update_interest();
  void free_output();
  bool start_watching();

  struct StreamTask : Task {
    StreamTask(Callback callback, Stream* owner) : Task(callback), stream(owner) {}
    Stream* stream;
  };

  Loop& loop_;
  StreamListener* listener_;
  Fd fd_;
  char* out_ = nullptr;
  size_t out_size_ = 0;
  size_t out_sent_ = 0;
  size_t out_capacity_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_written_ = 0;
  // Descriptors that wait to leave, each with the place in the stream of its first byte.
  struct Passed {
    uint64_t at;
    Fd fd;
  };
  std::vector<Passed> passed_;
  StreamTask flush_task_;
  StreamTask bury_task_;
  Error pending_error_;
  bool is_socket_ = true;
  bool is_unix_ = false;
  bool referenced_ = true;
  bool connecting_ = false;
  bool reading_ = false;
  bool blocked_ = false;  // the kernel has refused output: wait for writability
  bool tell_drained_ = false;
  bool shutting_ = false;
  bool failed_ = false;
  bool closing_ = false;
  bool large_reads_ =
      false;               // the last read filled much: the next goes into a block that can be kept
  uint8_t doublings_ = 0;  // of that block's size
  bool blocking_ = false;
};

}  // namespace node::net
