// The server's end of HTTP connections: reads, parses, gathers answers, keeps time. Knows no
// script: what a request means is the Delegate's affair.
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/fd.h"
#include "core/base/list.h"
#include "core/base/slab.h"
#include "core/loop.h"
#include "http/parser.h"
#include "http/secure_layer.h"
#include "http/writer.h"

namespace node::http {

class ServerConnection;
class ServerHub;

// What a listening server demands of its connections. Times in milliseconds, 0: never.
struct ServerSettings {
  Limits limits;
  uint32_t head_timeout_ms =
      60'000;  // from the first byte (or the start of the connection) to the end of the head
  uint32_t request_timeout_ms = 300'000;   // to the end of the body
  uint32_t keep_alive_timeout_ms = 5'000;  // between messages
  uint32_t inactivity_timeout_ms = 0;      // without any byte in either direction
  bool no_delay = true;                    // TCP_NODELAY: what is written leaves at once
  uint32_t max_requests = 0;               // told to clients in Keep-Alive; 0: not told
};

// Whom connections report to. Called from the loop, never from within a call into the connection.
// The connection stays valid until on_gone returns; whatever a call may do to it, it is still there
// afterwards.
class ServerDelegate {
 public:
  virtual ~ServerDelegate() = default;
  // `message` is valid during the call.
  virtual void on_request(ServerConnection& connection, const Message& message) = 0;
  virtual void on_body(ServerConnection& connection, std::string_view bytes) = 0;
  // `trailers`: the trailer section as it was sent, empty when there is none.
  virtual void on_body_end(ServerConnection& connection, std::string_view trailers) = 0;
  // Output that had been refused by the kernel has left, after ok() was false.
  virtual void on_drained(ServerConnection& connection) = 0;
  // What came is not HTTP. The answer is the delegate's; nothing more is read.
  virtual void on_refused(ServerConnection& connection, ParseError error) = 0;
  // A head or a body took too long.
  virtual void on_too_slow(ServerConnection& connection) = 0;
  virtual void on_inactive(ServerConnection& connection) = 0;
  // The peer will send no more, in the middle of a message or before its response was complete.
  virtual void on_peer_ended(ServerConnection& connection) = 0;
  // The TLS handshake or a record has failed; the connection goes when this returns.
  virtual void on_insecure(ServerConnection& connection) { (void)connection; }
  // Closed, for whatever reason. `error` is empty when it ended in order.
  virtual void on_gone(ServerConnection& connection, Error error) = 0;
};

struct WaitTag;
struct ActivityTag;
struct WorkTag;

// The connections of one listening server.
class ServerGroup {
 public:
  ServerGroup(ServerHub& hub, int id) : hub(hub), id(id) {}
  ServerHub& hub;
  const int id;
  ServerSettings settings;
  // Of servers whose connections are encrypted. It must stay while the group accepts.
  SecureMaker* secure = nullptr;
  size_t connections = 0;

 private:
  friend class ServerConnection;
  friend class ServerHub;
  List<ServerConnection, WaitTag> idle_;       // by the time they became so
  List<ServerConnection, WaitTag> receiving_;  // by the time their message began
  List<ServerConnection, ActivityTag>
      active_;  // by last activity; used only with an inactivity timeout
};

// One connection. Between messages it is this cell alone: no buffers, no timer.
class ServerConnection : private Watcher,
                         public ListNode<WaitTag>,
                         public ListNode<ActivityTag>,
                         public ListNode<WorkTag> {
 public:
  ServerConnection(ServerGroup& group, uint32_t number);
  ~ServerConnection();

  uint32_t number() const { return number_; }
  ServerGroup& group() const { return *group_; }
  int fd() const { return Watcher::fd(); }
  bool dead() const { return dead_; }
  uint32_t requests() const { return requests_; }
  uint64_t last_activity_ms() const { return last_activity_ms_; }
  // Output before encryption: all of it, and what has not left yet.
  uint64_t bytes_written() const { return sent_bytes_ + bytes_queued(); }
  uint64_t bytes_received() const { return received_bytes_; }
  uint64_t bytes_queued() const { return out_size_ - out_sent_; }
  // nullptr for plain connections.
  SecureLayer* secure_layer() const { return secure_.get(); }

  // --- Output. Everything written in one turn leaves in one system call. ---------------------
  // Room for `bytes` more; nullptr when memory is gone or the connection is dead. Valid until the
  // next call.
  char* reserve(size_t bytes);
  // `end` is how far the reserved room was used.
  void commit(char* end);
  // Appends; what is large goes to the kernel at once instead of being copied.
  void write(std::string_view bytes);
  void write_chunk(std::string_view bytes);
  // Appends up to `most` bytes that the file has from `offset` on, as a chunk or as they are, and
  // returns how many; 0 at its end; -1 when they are better read and written: then nothing is done.
  int64_t write_file(int fd, int64_t offset, size_t most, bool chunk);
  // The response is complete. `close_after`: no further message is read.
  void end_response(bool close_after);
  // The kernel takes what is written. False: wait for on_drained.
  bool ok() const { return !blocked_; }

  // --- Input ---------------------------------------------------------------------------------
  // Body pieces are delivered only when they are wanted.
  void want_body(bool wanted);
  // The rest of the body is read and thrown away.
  void dump_body();
  // The message whose head was just delivered is no longer HTTP's. Gives up the descriptor and puts
  // what has been read beyond the head into `rest`. The connection is gone without on_gone. Nobody
  // could go on with an encrypted one: it ends here.
  Fd detach(std::vector<char>* rest);
  // Input that was not understood, for reports.
  std::string_view last_input() const { return current_; }

  // --- The end -------------------------------------------------------------------------------
  // After the output has left; nothing more is read.
  void close_soon();
  // At once. on_gone follows from the loop.
  void kill(Error error);
  void half_close();
  void set_referenced(bool referenced);

 private:
  friend class ServerHub;
  enum class Wait : uint8_t { kNone, kIdle, kReceiving };

  static void on_ready(Watcher* watcher, uint8_t ready);
  void open(int fd);
  void on_readable();
  void on_eof();
  void decrypt(std::string_view cipher);
  void send_cipher();
  bool send_left();
  void flush_secure();
  int64_t encrypt_file(int fd, int64_t offset, size_t size, bool chunk);
  void end_secure();
  void process(std::string_view in);
  bool step(std::string_view* in);
  void go_on();
  void hold(std::string_view bytes);
  void message_done();
  void flush();
  bool send_gathered(int flags);
  void flushed();
  void drop_output();
  void append(std::string_view bytes);
  void send_parts(std::string_view a, std::string_view b, std::string_view c);
  void advance(size_t sent);
  void finish_close();
  void touch();
  void set_wait(Wait wait);
  void update_interest();
  // The request is complete, its response is not.
  bool waiting() const { return busy_ && request_done_; }

  ServerGroup* group_;
  std::unique_ptr<SecureLayer> secure_;
  Parser parser_;
  char* out_ = nullptr;
  size_t out_size_ = 0;
  size_t out_sent_ = 0;
  size_t out_capacity_ = 0;
  char* held_ = nullptr;  // input that waits for its turn
  size_t held_size_ = 0;
  std::string_view current_;
  uint64_t sent_bytes_ = 0;
  uint64_t received_bytes_ = 0;
  uint64_t since_ms_ = 0;  // of the wait that it is in
  uint64_t last_activity_ms_ = 0;
  Error error_;
  uint32_t number_;
  uint32_t requests_ = 0;
  Wait wait_ = Wait::kNone;
  bool head_done_ : 1 = false;
  bool busy_ : 1 = false;  // between a head and the end of both messages
  bool request_done_ : 1 = false;
  bool response_done_ : 1 = false;
  bool wanted_ : 1 = false;  // the body
  bool dumping_ : 1 = false;
  bool processing_ : 1 = false;
  bool blocked_ : 1 = false;  // the kernel has refused output
  bool tell_drained_ : 1 = false;
  bool peer_ended_ : 1 = false;
  bool deaf_ : 1 = false;       // nothing more is parsed
  bool closing_ : 1 = false;    // after output has left
  bool lingering_ : 1 = false;  // reads what the peer still sends, so that it sees our last bytes
  bool dead_ : 1 = false;
};

// All server connections of one loop, with what they share.
class ServerHub {
 public:
  ServerHub(Loop& loop, ServerDelegate& delegate);
  ~ServerHub();

  Loop& loop() { return loop_; }
  ServerGroup* open_group(int id);
  ServerGroup* group(int id);
  // To be called after a change of a group's settings while it has connections.
  void settings_changed();
  // Its connections must be gone.
  void close_group(int id);

  // Takes the accepted, non-blocking descriptor. nullptr: it could not be watched, and is still the
  // caller's.
  ServerConnection* adopt(ServerGroup& group, int fd);
  // nullptr when that connection is gone.
  ServerConnection* find(uint32_t number);
  // Also one that is dead, until on_gone has returned.
  ServerConnection* find_any(uint32_t number);
  // Those without a message under way, or all.
  void close_connections(ServerGroup& group, bool idle_only);

  // For the Date field; the clock is read once a turn.
  std::string_view date();

  static constexpr int kIndexBits = 20;

 private:
  friend class ServerConnection;
  struct Entry {
    ServerConnection* connection = nullptr;
    uint32_t generation = 0;
  };
  struct HubTask : Task {
    HubTask(Callback callback, ServerHub* hub_in) : Task(callback), hub(hub_in) {}
    ServerHub* hub;
  };
  struct HubTimer : Timer {
    HubTimer(Callback callback, ServerHub* hub_in) : Timer(callback), hub(hub_in) {}
    ServerHub* hub;
  };
  static constexpr size_t kBlock = 16 * 1024;
  static constexpr size_t kMostBlocks = 32;

  void flush_later(ServerConnection& connection);
  void work_later(ServerConnection& connection);
  void enter(ServerConnection* connection);
  void leave();
  void run_flushes();
  void run_work();
  void sweep();
  void sweep_group(ServerGroup& group);
  void start_sweeping();
  void forget(ServerConnection* connection);
  char* take_block(size_t bytes, size_t* capacity);
  void give_block(char* block, size_t capacity);

  Loop& loop_;
  ServerDelegate& delegate_;
  Slab<ServerConnection> slab_;
  std::vector<Entry> table_;
  std::vector<uint32_t> free_;
  std::vector<std::unique_ptr<ServerGroup>> groups_;
  List<ServerConnection, WorkTag> flushes_;
  List<ServerConnection, WorkTag> work_;
  std::vector<char*> blocks_;
  std::vector<char> cipher_;             // for the connection that is being written to
  ServerConnection* current_ = nullptr;  // whose input is being looked at
  HubTask flush_task_;
  HubTask work_task_;
  HubTimer timer_;
  Message message_;
  DateCache date_;
  uint32_t date_turn_ = 0;
  time_t date_seconds_ = 0;
};

}  // namespace node::http
