// The server's end of HTTP connections.
#include "http/server_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "core/base/socket.h"
#include "core/send_file.h"

namespace node::http {
namespace {

constexpr size_t kMostHeld = 64 * 1024;  // input kept while a response is under way
constexpr size_t kFlushAt = 64 * 1024;   // output gathered before the turn ends
constexpr size_t kTooLargeToCopy = 16 * 1024;
constexpr uint32_t kLingerMs = 2000;  // for the peer to see our last bytes

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

// ---- ServerConnection: life --------------------------------------------------------------------

ServerConnection::ServerConnection(ServerGroup& group, uint32_t number)
    : Watcher(&ServerConnection::on_ready),
      group_(&group),
      parser_(Parser::Kind::kRequest, &group.settings.limits),
      number_(number) {
  ++group.connections;
}

ServerConnection::~ServerConnection() {
  drop_output();
  std::free(held_);
  --group_->connections;
}

void ServerConnection::kill(Error error) {
  if (dead_) return;
  dead_ = true;
  error_ = error;
  int fd = Watcher::fd();
  // What was written in this turn would have left at once without the gathering.
  if (!error && !blocked_) {
    if (secure_) {
      end_secure();
    } else if (out_size_ > out_sent_) {
      (void)!::send(fd, out_ + out_sent_, out_size_ - out_sent_, kSendFlags);
    }
  }
  group_->hub.loop().stop(*this);
  ::close(fd);
  ListNode<WaitTag>::unlink();
  ListNode<ActivityTag>::unlink();
  drop_output();
  group_->hub.work_later(*this);
}

void ServerConnection::close_soon() {
  if (dead_) return;
  deaf_ = closing_ = true;
  set_wait(Wait::kNone);
  if (out_size_ == out_sent_ && !processing_) {
    finish_close();
  } else if (!blocked_) {
    group_->hub.flush_later(*this);
  }
}

void ServerConnection::half_close() {
  if (dead_) return;
  if (secure_) end_secure();
  ::shutdown(Watcher::fd(), SHUT_WR);
}

// The output has left. Closing while input is unread would make the kernel reset the connection and
// the peer might lose our last bytes; so it gets a moment to finish.
void ServerConnection::finish_close() {
  bool unread = !request_done_ || held_size_ > 0;
  if (peer_ended_ || !unread) return kill({});
  if (lingering_) return;
  lingering_ = true;
  if (secure_) end_secure();
  ::shutdown(Watcher::fd(), SHUT_WR);
  std::free(std::exchange(held_, nullptr));
  held_size_ = 0;
  set_wait(Wait::kReceiving);
  update_interest();
}

Fd ServerConnection::detach(std::vector<char>* rest) {
  if (secure_) {
    end_secure();
    ::shutdown(Watcher::fd(), SHUT_RDWR);
  }
  rest->assign(current_.begin(), current_.end());
  flush();
  if (dead_) return Fd();
  Fd fd(Watcher::fd());
  group_->hub.loop().stop(*this);
  dead_ = true;
  deaf_ = true;
  number_ = UINT32_MAX;  // no on_gone
  ListNode<WaitTag>::unlink();
  ListNode<ActivityTag>::unlink();
  drop_output();
  group_->hub.work_later(*this);
  return fd;
}

void ServerConnection::set_referenced(bool referenced) {
  if (!dead_) group_->hub.loop().set_referenced(*this, referenced);
}

void ServerConnection::set_wait(Wait wait) {
  if (wait_ == wait && wait != Wait::kReceiving) return;
  wait_ = wait;
  ListNode<WaitTag>::unlink();
  if (wait == Wait::kNone || dead_) return;
  since_ms_ = group_->hub.loop().now_ms();
  (wait == Wait::kIdle ? group_->idle_ : group_->receiving_).push_back(this);
}

void ServerConnection::touch() {
  last_activity_ms_ = group_->hub.loop().now_ms();
  if (group_->settings.inactivity_timeout_ms == 0 || dead_) return;
  ListNode<ActivityTag>::unlink();
  group_->active_.push_back(this);
}

void ServerConnection::update_interest() {
  if (dead_) return;
  bool full = held_size_ >= kMostHeld || (held_size_ > 0 && !waiting());
  bool reading = !peer_ended_ && (lingering_ || !full) && (!closing_ || lingering_);
  uint8_t want = (reading ? poll::kReadable : 0) | (blocked_ ? poll::kWritable : 0);
  if (want != interest()) group_->hub.loop().set_interest(*this, want);
}

// ---- ServerConnection: input -------------------------------------------------------------------

void ServerConnection::on_ready(Watcher* watcher, uint8_t ready) {
  auto* self = static_cast<ServerConnection*>(watcher);
  if (ready & poll::kWritable) self->flush();
  if (!self->dead_ && (ready & poll::kReadable)) self->on_readable();
}

void ServerConnection::on_readable() {
  std::span<char> scratch = group_->hub.loop().scratch();
  ssize_t n = ::recv(Watcher::fd(), scratch.data(), scratch.size(), 0);
  if (n < 0) {
    if (!would_block()) kill(last_error("read"));
    return;
  }
  if (n == 0) return on_eof();
  touch();
  received_bytes_ += static_cast<uint64_t>(n);
  std::string_view bytes(scratch.data(), static_cast<size_t>(n));
  if (secure_) return decrypt(bytes);
  if (!deaf_) process(bytes);
}

void ServerConnection::on_eof() {
  peer_ended_ = true;
  if (lingering_) return kill({});
  update_interest();
  ServerDelegate& delegate = group_->hub.delegate_;
  if (busy_) return delegate.on_peer_ended(*this);
  if (deaf_) return close_soon();
  if (parser_.finish(&group_->hub.message_) == Event::kError) {
    deaf_ = true;
    request_done_ = true;
    return delegate.on_refused(*this, parser_.error());
  }
  close_soon();
}

void ServerConnection::process(std::string_view in) {
  if (held_size_ > 0 || processing_) {
    hold(in);
    return update_interest();
  }
  ServerHub& hub = group_->hub;
  processing_ = true;
  hub.enter(this);
  while (step(&in)) {
  }
  hub.leave();
  processing_ = false;
  current_ = {};
  if (dead_) return;
  if (!in.empty() && !deaf_) hold(in);
  flush();
  if (!dead_) update_interest();
}

// ---- ServerConnection: encrypted ---------------------------------------------------------------

// All of it at once: what script is not ready for is held as plain text.
void ServerConnection::decrypt(std::string_view cipher) {
  std::span<char> room = group_->hub.loop().second_scratch();
  secure_->give(cipher);
  bool was_secure;
  do {
    was_secure = secure_->secure();
    while (size_t n = secure_->read(room)) {
      if (!deaf_) process({room.data(), n});
      if (dead_) return;
    }
    // Early data may have come along with the end of the handshake.
  } while (!was_secure && secure_->secure());
  secure_->keep();
  send_cipher();
  if (dead_) return;
  if (secure_->failed()) {
    group_->hub.delegate_.on_insecure(*this);
    return kill(Error(EPROTO, "read"));
  }
  if (secure_->ended() && !peer_ended_) return on_eof();
  update_interest();
}

// What the layer has made. The kernel may not take all of it.
void ServerConnection::send_cipher() {
  std::vector<char>& cipher = group_->hub.cipher_;
  if (dead_ || cipher.empty()) return cipher.clear();
  if (!secure_->left.empty()) {
    secure_->left.insert(secure_->left.end(), cipher.begin(), cipher.end());
    return cipher.clear();
  }
  ssize_t n = ::send(Watcher::fd(), cipher.data(), cipher.size(), kSendFlags);
  if (n < 0 && !would_block()) {
    cipher.clear();
    return kill(last_error("write"));
  }
  if (n > 0) touch();
  size_t sent = n < 0 ? 0 : static_cast<size_t>(n);
  if (sent < cipher.size()) {
    secure_->left.assign(cipher.begin() + static_cast<ptrdiff_t>(sent), cipher.end());
    blocked_ = tell_drained_ = true;
    update_interest();
  }
  cipher.clear();
}

// True when nothing is left over of what was encrypted earlier.
bool ServerConnection::send_left() {
  std::vector<char>& left = secure_->left;
  if (left.empty()) return true;
  size_t& done = secure_->left_sent;
  ssize_t n = ::send(Watcher::fd(), left.data() + done, left.size() - done, kSendFlags);
  if (n < 0 && !would_block()) {
    kill(last_error("write"));
    return false;
  }
  if (n > 0) {
    touch();
    done += static_cast<size_t>(n);
  }
  if (done < left.size()) return false;
  std::vector<char>().swap(left);
  done = 0;
  return true;
}

void ServerConnection::flush_secure() {
  if (!send_left()) return;
  if (out_size_ > out_sent_) {
    secure_->write({out_ + out_sent_, out_size_ - out_sent_});
    advance(out_size_ - out_sent_);
    send_cipher();
  }
  if (!dead_ && secure_->left.empty()) flushed();
}

// The last that the peer gets.
void ServerConnection::end_secure() {
  if (secure_->secure() && !secure_->failed()) {
    if (out_size_ > out_sent_) secure_->write({out_ + out_sent_, out_size_ - out_sent_});
    drop_output();
    secure_->end();
  }
  std::vector<char>& cipher = group_->hub.cipher_;
  if (secure_->left.empty() && !cipher.empty()) {
    (void)!::send(Watcher::fd(), cipher.data(), cipher.size(), kSendFlags);
  }
  cipher.clear();
}

// ---- ServerConnection: messages ----------------------------------------------------------------

// One event. False when the input has to wait or is used up.
bool ServerConnection::step(std::string_view* in) {
  if (dead_ || deaf_ || waiting() || blocked_) return false;
  if (busy_ && !wanted_ && !dumping_ && !request_done_ && !parser_.bodyless()) return false;
  ServerHub& hub = group_->hub;
  current_ = *in;
  Event event = parser_.next(in, &hub.message_);
  switch (event) {
    case Event::kMore:
      if (!busy_ && !parser_.idle() && wait_ != Wait::kReceiving) set_wait(Wait::kReceiving);
      return false;
    case Event::kHead:
      head_done_ = busy_ = true;
      response_done_ = wanted_ = dumping_ = false;
      ++requests_;
      request_done_ = parser_.bodyless();
      if (request_done_) {
        set_wait(Wait::kNone);
        // The end is known before the head is told.
        Message& message = hub.message_;
        current_ = *in;
        hub.delegate_.on_request(*this, message);
        if (dead_) return false;
        if (!deaf_) {
          std::string_view nothing;
          (void)parser_.next(&nothing, &message);
        }
        if (response_done_) message_done();
        return true;
      }
      if (wait_ != Wait::kReceiving) set_wait(Wait::kReceiving);
      current_ = *in;
      hub.delegate_.on_request(*this, hub.message_);
      return true;
    case Event::kBody:
      if (!dumping_) hub.delegate_.on_body(*this, hub.message_.body);
      return true;
    case Event::kEnd: {
      request_done_ = true;
      set_wait(Wait::kNone);
      std::string_view trailers = hub.message_.bytes;
      if (trailers.size() <= 2) trailers = {};
      hub.delegate_.on_body_end(*this, trailers);
      if (!dead_ && response_done_) message_done();
      return true;
    }
    case Event::kError:
      deaf_ = true;
      set_wait(Wait::kNone);
      hub.delegate_.on_refused(*this, parser_.error());
      return false;
  }
  return false;
}

// Request and response are complete.
void ServerConnection::message_done() {
  busy_ = head_done_ = false;
  if (!closing_) set_wait(Wait::kIdle);
}

void ServerConnection::hold(std::string_view bytes) {
  auto* grown = static_cast<char*>(std::realloc(held_, held_size_ + bytes.size()));
  if (grown == nullptr) return kill(Error(ENOMEM, "read"));
  held_ = grown;
  std::memcpy(held_ + held_size_, bytes.data(), bytes.size());
  held_size_ += bytes.size();
}

// Something that input waited for has happened.
void ServerConnection::go_on() {
  if (dead_ || processing_ || deaf_) return;
  if (held_size_ == 0) {
    // A body that is complete but whose end has not been told, for instance.
    process({});
    return;
  }
  char* held = std::exchange(held_, nullptr);
  size_t size = std::exchange(held_size_, 0);
  process({held, size});
  std::free(held);
}

void ServerConnection::want_body(bool wanted) {
  if (dead_ || wanted_ == wanted) return;
  wanted_ = wanted;
  if (wanted && !processing_) group_->hub.work_later(*this);
}

void ServerConnection::dump_body() {
  if (dead_ || dumping_ || request_done_) return;
  dumping_ = true;
  if (!processing_) group_->hub.work_later(*this);
}

// ---- ServerConnection: output ------------------------------------------------------------------

char* ServerConnection::reserve(size_t bytes) {
  if (dead_) return nullptr;
  if (out_size_ + bytes <= out_capacity_) return out_ + out_size_;
  size_t used = out_size_ - out_sent_;
  size_t capacity = 0;
  char* bigger = group_->hub.take_block(
      std::max(used + bytes, std::min(used * 2, used + (1u << 20))), &capacity);
  if (bigger == nullptr) {
    kill(Error(ENOMEM, "write"));
    return nullptr;
  }
  if (used > 0) std::memcpy(bigger, out_ + out_sent_, used);
  drop_output();
  out_ = bigger;
  out_capacity_ = capacity;
  out_size_ = used;
  return out_ + out_size_;
}

void ServerConnection::commit(char* end) {
  out_size_ = static_cast<size_t>(end - out_);
  if (blocked_) return;
  if (out_size_ - out_sent_ >= kFlushAt) {
    flush();
  } else if (!processing_) {
    group_->hub.flush_later(*this);
  }
}

void ServerConnection::append(std::string_view bytes) {
  char* out = reserve(bytes.size());
  if (out != nullptr) commit(http::append(out, bytes));
}

void ServerConnection::write(std::string_view bytes) {
  if (bytes.size() < kTooLargeToCopy || blocked_) return append(bytes);
  send_parts(bytes, {}, {});
}

void ServerConnection::write_chunk(std::string_view bytes) {
  char head[kChunkHeadBound];
  std::string_view line(head, static_cast<size_t>(write_chunk_head(head, bytes.size()) - head));
  if (bytes.size() >= kTooLargeToCopy && !blocked_) return send_parts(line, bytes, "\r\n");
  char* out = reserve(line.size() + bytes.size() + 2);
  if (out == nullptr) return;
  out = http::append(out, line);
  out = http::append(out, bytes);
  commit(http::append(out, "\r\n"));
}

int64_t ServerConnection::write_file(int fd, int64_t offset, size_t most, bool chunk) {
  if (dead_ || blocked_) return -1;
  int64_t found = sendable_bytes(fd, offset, most);
  if (found <= 0) return found;
  size_t size = static_cast<size_t>(found);
  if (secure_) return encrypt_file(fd, offset, size, chunk);
  if (chunk) {
    char* head = reserve(kChunkHeadBound);
    if (head == nullptr) return -1;
    out_size_ = static_cast<size_t>(write_chunk_head(head, size) - out_);
  }
  if (!send_gathered(kMoreFollows)) return found;
  int64_t sent = 0;
  if (out_size_ == out_sent_) sent = send_from_file(Watcher::fd(), fd, offset, size);
  if (sent < 0) return kill(last_error("sendfile")), found;
  if (sent > 0) touch();
  sent_bytes_ += static_cast<uint64_t>(sent);
  offset += sent;
  size -= static_cast<size_t>(sent);
  // A slow peer: the rest waits in memory, as all else that is written.
  char* out = reserve(size + 2);
  if (out == nullptr) return found;
  if (size > 0) {
    if (!read_from_file(fd, offset, out, size)) return kill(Error(EIO, "sendfile")), found;
    blocked_ = tell_drained_ = true;
    update_interest();
  }
  commit(chunk ? http::append(out + size, "\r\n") : out + size);
  return found;
}

// The kernel's pages are read straight into the output, which is encrypted from there.
int64_t ServerConnection::encrypt_file(int fd, int64_t offset, size_t size, bool chunk) {
  char* out = reserve(kChunkHeadBound + size + 2);
  if (out == nullptr) return -1;
  if (chunk) out = write_chunk_head(out, size);
  if (!read_from_file(fd, offset, out, size)) return kill(Error(EIO, "read")), -1;
  commit(chunk ? http::append(out + size, "\r\n") : out + size);
  return static_cast<int64_t>(size);
}

// What is gathered and then the parts, without copying what the kernel takes.
void ServerConnection::send_parts(std::string_view a, std::string_view b, std::string_view c) {
  if (dead_) return;
  if (secure_) {
    // Small things share a record.
    if (a.size() < kTooLargeToCopy) append(std::exchange(a, {}));
    if (dead_ || blocked_) return append(b), append(c);
    sent_bytes_ += out_size_ - out_sent_ + a.size() + b.size();
    secure_->write({out_ + out_sent_, out_size_ - out_sent_});
    drop_output();
    secure_->write(a);
    secure_->write(b);
    send_cipher();
    return append(c);
  }
  iovec parts[4];
  int count = 0;
  std::string_view all[] = {{out_ + out_sent_, out_size_ - out_sent_}, a, b, c};
  for (std::string_view part : all) {
    if (!part.empty()) parts[count++] = {const_cast<char*>(part.data()), part.size()};
  }
  msghdr header{};
  header.msg_iov = parts;
  header.msg_iovlen = static_cast<decltype(header.msg_iovlen)>(count);
  ssize_t n = ::sendmsg(Watcher::fd(), &header, kSendFlags);
  if (n < 0 && !would_block()) return kill(last_error("write"));
  size_t sent = n < 0 ? 0 : static_cast<size_t>(n);
  if (sent > 0) touch();
  size_t gathered = std::min(sent, all[0].size());
  advance(gathered);
  sent -= gathered;
  sent_bytes_ += sent;
  size_t left = 0;
  for (int i = 1; i < 4; ++i) {
    size_t taken = std::min(sent, all[i].size());
    all[i].remove_prefix(taken);
    sent -= taken;
    left += all[i].size();
  }
  if (left == 0 && out_size_ == out_sent_) return flushed();
  blocked_ = tell_drained_ = true;
  char* out = reserve(left);
  if (out == nullptr) return;
  for (int i = 1; i < 4; ++i) out = http::append(out, all[i]);
  out_size_ = static_cast<size_t>(out - out_);
  update_interest();
}

void ServerConnection::advance(size_t sent) {
  sent_bytes_ += sent;
  out_sent_ += sent;
  if (out_sent_ == out_size_) drop_output();
}

void ServerConnection::drop_output() {
  if (out_ != nullptr) group_->hub.give_block(out_, out_capacity_);
  out_ = nullptr;
  out_size_ = out_sent_ = out_capacity_ = 0;
}

// Sends what the kernel takes. False: the connection is dead.
bool ServerConnection::send_gathered(int flags) {
  if (out_size_ == out_sent_) return true;
  ssize_t n = ::send(Watcher::fd(), out_ + out_sent_, out_size_ - out_sent_, kSendFlags | flags);
  if (n < 0 && !would_block()) {
    kill(last_error("write"));
    return false;
  }
  if (n > 0) {
    touch();
    advance(static_cast<size_t>(n));
  }
  return true;
}

void ServerConnection::flush() {
  if (dead_) return;
  if (secure_) return flush_secure();
  if (out_size_ > out_sent_) {
    if (!send_gathered(0)) return;
    if (out_size_ > out_sent_) {
      blocked_ = tell_drained_ = true;
      return update_interest();
    }
  }
  flushed();
}

// Nothing is left to write.
void ServerConnection::flushed() {
  if (blocked_) {
    blocked_ = false;
    update_interest();
    // Not told from within: flush may have been called by script.
    group_->hub.work_later(*this);
  }
  if (closing_ && !processing_ && !dead_) finish_close();
}

void ServerConnection::end_response(bool close_after) {
  if (dead_ || response_done_) return;
  response_done_ = true;
  if (close_after || peer_ended_) {
    deaf_ = true;
    return close_soon();
  }
  if (!request_done_) {
    dumping_ = true;
    if (!processing_) group_->hub.work_later(*this);
    return;
  }
  if (processing_) return;  // step() goes on by itself
  message_done();
  if (held_size_ > 0) group_->hub.work_later(*this);
}

// ---- ServerHub ---------------------------------------------------------------------------------

ServerHub::ServerHub(Loop& loop, ServerDelegate& delegate)
    : loop_(loop),
      delegate_(delegate),
      flush_task_([](Task* task) { static_cast<HubTask*>(task)->hub->run_flushes(); }, this),
      work_task_([](Task* task) { static_cast<HubTask*>(task)->hub->run_work(); }, this),
      timer_([](Timer* timer) { static_cast<HubTimer*>(timer)->hub->sweep(); }, this) {}

ServerHub::~ServerHub() {
  loop_.stop(timer_);
  for (Entry& entry : table_) {
    if (entry.connection == nullptr) continue;
    ServerConnection* connection = entry.connection;
    if (!connection->dead_) {
      int fd = connection->fd();
      loop_.stop(*connection);
      ::close(fd);
    }
    slab_.destroy(connection);
  }
  for (char* block : blocks_) std::free(block);
}

ServerGroup* ServerHub::open_group(int id) {
  auto index = static_cast<size_t>(id);
  if (index >= groups_.size()) groups_.resize(index + 1);
  groups_[index] = std::make_unique<ServerGroup>(*this, id);
  return groups_[index].get();
}

ServerGroup* ServerHub::group(int id) {
  auto index = static_cast<size_t>(id);
  return id >= 0 && index < groups_.size() ? groups_[index].get() : nullptr;
}

void ServerHub::close_group(int id) {
  ServerGroup* it = group(id);
  if (it != nullptr && it->connections == 0) groups_[static_cast<size_t>(id)].reset();
}

ServerConnection* ServerHub::adopt(ServerGroup& group, int fd) {
  uint32_t index;
  if (!free_.empty()) {
    index = free_.back();
    free_.pop_back();
  } else {
    if (table_.size() >= (1u << kIndexBits)) return nullptr;
    index = static_cast<uint32_t>(table_.size());
    table_.emplace_back();
  }
  Entry& entry = table_[index];
  uint32_t number = index | (entry.generation++ & 0x7ff) << kIndexBits;
  ServerConnection* connection = slab_.make(group, number);
  if (connection == nullptr || !loop_.start(*connection, fd, poll::kReadable)) {
    slab_.destroy(connection);
    free_.push_back(index);
    return nullptr;
  }
  if (group.secure != nullptr) {
    connection->secure_.reset(group.secure->make(&cipher_));
    loop_.trim_later();
    if (connection->secure_ == nullptr) {
      loop_.stop(*connection);
      slab_.destroy(connection);
      free_.push_back(index);
      return nullptr;
    }
  }
  entry.connection = connection;
  int on = 1;
  // Means nothing to UNIX sockets, which refuse it.
  if (group.settings.no_delay) (void)::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection->set_wait(ServerConnection::Wait::kReceiving);
  connection->touch();
  start_sweeping();
  return connection;
}

ServerConnection* ServerHub::find_any(uint32_t number) {
  size_t index = number & ((1u << kIndexBits) - 1);
  if (index >= table_.size()) return nullptr;
  ServerConnection* connection = table_[index].connection;
  return connection != nullptr && connection->number_ == number ? connection : nullptr;
}

ServerConnection* ServerHub::find(uint32_t number) {
  ServerConnection* connection = find_any(number);
  return connection != nullptr && !connection->dead_ ? connection : nullptr;
}

void ServerHub::close_connections(ServerGroup& group, bool idle_only) {
  for (Entry& entry : table_) {
    ServerConnection* connection = entry.connection;
    if (connection == nullptr || connection->group_ != &group || connection->dead_) continue;
    if (idle_only && (connection->busy_ || !connection->parser_.idle())) continue;
    connection->kill({});
  }
}

std::string_view ServerHub::date() {
  if (date_turn_ != loop_.turns()) {
    date_turn_ = loop_.turns();
    date_seconds_ = ::time(nullptr);
  }
  return date_.at(date_seconds_);
}

void ServerHub::flush_later(ServerConnection& connection) {
  if (!connection.ListNode<WorkTag>::linked()) flushes_.push_back(&connection);
  if (!flush_task_.linked()) loop_.before_poll(flush_task_);
}

void ServerHub::work_later(ServerConnection& connection) {
  connection.ListNode<WorkTag>::unlink();
  work_.push_back(&connection);
  if (!work_task_.linked()) loop_.defer(work_task_);
}

// Should script end the process in the middle of a message, what it has written still leaves.
void ServerHub::enter(ServerConnection* connection) {
  current_ = connection;
  if (!flush_task_.linked()) loop_.before_poll(flush_task_);
}

void ServerHub::leave() { current_ = nullptr; }

void ServerHub::run_flushes() {
  if (current_ != nullptr) current_->flush();
  while (ServerConnection* connection = flushes_.pop_front()) connection->flush();
}

void ServerHub::run_work() {
  List<ServerConnection, WorkTag> batch;
  batch.splice(work_);
  while (ServerConnection* connection = batch.pop_front()) {
    if (connection->dead_) {
      // The last output left just before the end.
      if (connection->tell_drained_ && !connection->blocked_ && connection->number_ != UINT32_MAX) {
        delegate_.on_drained(*connection);
      }
      forget(connection);
      continue;
    }
    connection->flush();
    if (!connection->dead_ && !connection->blocked_ && connection->tell_drained_) {
      connection->tell_drained_ = false;
      delegate_.on_drained(*connection);
    }
    connection->go_on();
  }
}

void ServerHub::forget(ServerConnection* connection) {
  size_t index = connection->number_ & ((1u << kIndexBits) - 1);
  if (connection->number_ != UINT32_MAX) {
    delegate_.on_gone(*connection, connection->error_);
  } else {
    for (index = 0; table_[index].connection != connection; ++index) {
    }
  }
  table_[index].connection = nullptr;
  free_.push_back(static_cast<uint32_t>(index));
  slab_.destroy(connection);
}

void ServerHub::settings_changed() {
  loop_.stop(timer_);
  if (slab_.live() > 0) start_sweeping();
}

void ServerHub::start_sweeping() {
  if (timer_.started()) return;
  uint32_t shortest = 4000;
  for (auto& group : groups_) {
    if (group == nullptr) continue;
    const ServerSettings& s = group->settings;
    for (uint32_t ms : {s.head_timeout_ms, s.request_timeout_ms, s.keep_alive_timeout_ms,
                        s.inactivity_timeout_ms}) {
      if (ms > 0) shortest = std::min(shortest, ms);
    }
  }
  // Once a second, more often only for those who set very short times.
  loop_.start(timer_, std::clamp<uint32_t>(shortest / 4, 5, 1000));
  loop_.set_referenced(timer_, false);
}

void ServerHub::sweep() {
  for (size_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i] != nullptr) sweep_group(*groups_[i]);
  }
  if (slab_.live() > 0) start_sweeping();
}

void ServerHub::sweep_group(ServerGroup& group) {
  uint64_t now = loop_.now_ms();
  const ServerSettings& s = group.settings;
  while (ServerConnection* connection = group.idle_.front()) {
    if (s.keep_alive_timeout_ms == 0 || now - connection->since_ms_ < s.keep_alive_timeout_ms)
      break;
    connection->kill({});
  }
  // Sorted by beginning, but heads and bodies have different limits.
  std::vector<uint32_t> late;
  for (ServerConnection* it = group.receiving_.front(); it != nullptr;
       it = group.receiving_.next(it)) {
    uint32_t limit = it->head_done_ ? s.request_timeout_ms : s.head_timeout_ms;
    if (limit == 0) limit = s.request_timeout_ms;
    if (it->lingering_) limit = kLingerMs;
    if (limit > 0 && now - it->since_ms_ >= limit) late.push_back(it->number_);
  }
  for (uint32_t number : late) {
    ServerConnection* connection = find(number);
    if (connection == nullptr) continue;
    if (connection->lingering_) {
      connection->kill({});
      continue;
    }
    connection->deaf_ = true;
    connection->set_wait(ServerConnection::Wait::kNone);
    delegate_.on_too_slow(*connection);
  }
  while (ServerConnection* connection = group.active_.front()) {
    if (s.inactivity_timeout_ms == 0 ||
        now - connection->last_activity_ms_ < s.inactivity_timeout_ms)
      break;
    connection->touch();
    delegate_.on_inactive(*connection);
  }
}

char* ServerHub::take_block(size_t bytes, size_t* capacity) {
  if (bytes <= kBlock) {
    *capacity = kBlock;
    if (!blocks_.empty()) {
      char* block = blocks_.back();
      blocks_.pop_back();
      return block;
    }
    return static_cast<char*>(std::malloc(kBlock));
  }
  *capacity = bytes;
  return static_cast<char*>(std::malloc(bytes));
}

void ServerHub::give_block(char* block, size_t capacity) {
  if (capacity == kBlock && blocks_.size() < kMostBlocks) {
    blocks_.push_back(block);
  } else {
    std::free(block);
  }
}

}  // namespace node::http
