// A TLS connection as a stream.
#include "net/tls_stream.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace node::net {
namespace {

constexpr size_t kBlockBytes = 64 * 1024;
constexpr size_t kBulkBytes = 8 * 1024;
// Records of more plain text than this leave together, by way of a buffer of their own.
constexpr size_t kGatherBytes = 8 * 1024;
// RFC 8446, 5.2, and OpenSSL's headers: what a record adds at the most.
constexpr size_t kRecordPlain = 16 * 1024;
constexpr size_t kRecordOverhead = 256;

}  // namespace

TlsStream::TlsStream(Loop& loop, TlsTransport& transport, TlsListener& listener,
                     TlsDelegate& delegate)
    : loop_(loop),
      transport_(transport),
      listener_(listener),
      engine_(delegate),
      pump_task_(on_pump_task, this) {}

TlsStream::~TlsStream() { std::free(gathered_); }

void TlsStream::start() {
  if (started_ || closing_) return;
  started_ = true;
  loop_.trim_later();
  engine_.start();
  if (engine_.failed()) loop_.defer(pump_task_);
  update_reading();
}

// The handshake reads whether or not anyone wants plain text.
void TlsStream::update_reading() {
  bool wanted = started_ && !closing_ && !transport_ended_ && !engine_.failed() &&
                !engine_.paused() && (reading_ || !engine_.secure());
  // What has come already goes first.
  if (wanted && engine_.has_input()) {
    if (!pumping_ && !pump_task_.linked()) loop_.defer(pump_task_);
    wanted = false;
  }
  if (wanted == transport_reads_) return;
  transport_reads_ = wanted;
  if (wanted) {
    transport_.read_start();
  } else {
    transport_.read_stop();
  }
}

// ---- Reading -------------------------------------------------------------------------------

void TlsStream::read_start() {
  if (closing_) return;
  reading_ = true;
  // Records that OpenSSL has read but not given yet.
  if (engine_.secure() && !pumping_ && !pump_task_.linked()) loop_.defer(pump_task_);
  update_reading();
}

void TlsStream::read_stop() {
  reading_ = false;
  update_reading();
}

void TlsStream::received(std::string_view cipher) {
  if (closing_ || engine_.failed()) return;
  engine_.give(cipher);
  pump();
  engine_.keep_input();
  update_reading();
}

void TlsStream::on_pump_task(Task* task) {
  TlsStream* self = static_cast<StreamTask*>(task)->stream;
  if (std::exchange(self->tell_shutdown_, false)) return self->listener_.on_shutdown({});
  self->pump();
  self->update_reading();
}

void TlsStream::pump() {
  if (pumping_ || !started_) return;
  pumping_ = true;
  while (!closing_ && (reading_ || !engine_.secure()) && deliver()) {
  }
  pumping_ = false;
  after_pump();
}

// One piece of plain text. False when there is none.
bool TlsStream::deliver() {
  std::span<char> room = loop_.second_scratch();
  char* block = nullptr;
  if (bulk_) {
    block = static_cast<char*>(std::malloc(kBlockBytes));
    if (block != nullptr) room = {block, kBlockBytes};
  }
  bool was_secure = engine_.secure();
  size_t n = engine_.read(was_secure ? room : room.first(0));
  bool go_on = n > 0 || (!was_secure && engine_.secure());
  if (n > 0 && !closing_) {
    bytes_read_ += n;
    bulk_ = n >= kBulkBytes;
    listener_.on_data(room.first(n), block == nullptr ? nullptr : &block);
  }
  std::free(block);
  return go_on;
}

void TlsStream::after_pump() {
  if (closing_) return;
  if (engine_.failed()) return tell_failure();
  // An end that nobody has asked to read yet waits.
  bool over = engine_.ended() || (transport_ended_ && !engine_.has_input());
  if (!over || told_end_ || (!reading_ && engine_.secure())) return;
  told_end_ = true;
  listener_.on_end();
}

void TlsStream::tell_failure() {
  if (told_failure_ || closing_) return;
  told_failure_ = true;
  update_reading();
  listener_.on_tls_error();
}

void TlsStream::received_end() {
  transport_ended_ = true;
  transport_reads_ = false;
  if (!pumping_) {
    pump();
    update_reading();
  }
}

// ---- Writing -------------------------------------------------------------------------------

void TlsStream::cipher(std::string_view bytes) {
  if (closing_) return;
  if (gathering_ && gathered_size_ + bytes.size() <= gathered_capacity_) {
    std::memcpy(gathered_ + gathered_size_, bytes.data(), bytes.size());
    gathered_size_ += bytes.size();
    return;
  }
  if (gathered_size_ > 0) {
    std::string_view before(gathered_, std::exchange(gathered_size_, 0));
    if (!transport_.send(before)) transport_full_ = true;
  }
  if (!transport_.send(bytes)) transport_full_ = true;
}

void TlsStream::gather_begin(size_t plain_bytes) {
  if (plain_bytes <= kGatherBytes) return;
  size_t most = std::min(plain_bytes, 4 * kRecordPlain);
  gathered_capacity_ = most + (most / kRecordPlain + 1) * kRecordOverhead;
  gathered_ = static_cast<char*>(std::malloc(gathered_capacity_));
  gathering_ = gathered_ != nullptr;
}

bool TlsStream::gather_end() {
  gathering_ = false;
  if (gathered_size_ > 0 && !closing_ &&
      !transport_.send({gathered_, std::exchange(gathered_size_, 0)})) {
    transport_full_ = true;
  }
  std::free(std::exchange(gathered_, nullptr));
  gathered_size_ = gathered_capacity_ = 0;
  return !transport_full_;
}

bool TlsStream::write(std::string_view bytes) {
  if (closing_ || engine_.failed()) return false;
  if (!started_ && !engine_.is_server()) start();
  bytes_written_ += bytes.size();
  gather_begin(bytes.size());
  bool encrypted = engine_.write(bytes);
  bool left = gather_end();
  if (engine_.failed()) {
    loop_.defer(pump_task_);
    return false;
  }
  tell_drained_ = !(encrypted && left);
  return !tell_drained_;
}

// Small parts share records.
bool TlsStream::writev(std::span<const std::string_view> parts) {
  size_t total = 0;
  for (std::string_view part : parts) total += part.size();
  char* joined = static_cast<char*>(std::malloc(total + 1));
  if (joined == nullptr) return false;
  size_t at = 0;
  for (std::string_view part : parts) {
    if (!part.empty()) std::memcpy(joined + at, part.data(), part.size());
    at += part.size();
  }
  bool result = write({joined, total});
  std::free(joined);
  return result;
}

void TlsStream::sent() {
  transport_full_ = false;
  if (!tell_drained_ || engine_.pending() > 0 || closing_) return;
  tell_drained_ = false;
  listener_.on_drain();
}

void TlsStream::engine_sent() {
  if (tell_drained_ && !transport_full_) sent();
}

void TlsStream::engine_resumed() {
  if (closing_) return;
  if (!pumping_ && !pump_task_.linked()) loop_.defer(pump_task_);
}

// ---- The end -------------------------------------------------------------------------------

// In the middle of the handshake it would be the end of it.
void TlsStream::shutdown() {
  if (closing_) return;
  shutdown_wanted_ = true;
  if (engine_.secure() || !started_ || transport_ended_ || engine_.failed()) finish_shutdown();
}

void TlsStream::finish_shutdown() {
  if (!std::exchange(shutdown_wanted_, false)) return;
  only_notify_left_ = transport_.queued_bytes() == 0;
  engine_.shutdown();
  if (!transport_failed_) {
    shutting_ = true;
    return transport_.shutdown();
  }
  tell_shutdown_ = true;
  loop_.defer(pump_task_);
}

void TlsStream::shut_down(Error error) {
  shutting_ = false;
  if (!closing_) listener_.on_shutdown(error);
}

void TlsStream::engine_secure() {
  if (!closing_) finish_shutdown();
}

// A peer that has gone before it was told anything but the handshake's own is an end like another:
// it need not wait for session tickets, for instance. Nor for our close_notify.
void TlsStream::failed(Error error) {
  transport_reads_ = false;
  if (closing_) return;
  bool lost = bytes_written_ > 0 && !only_notify_left_;
  if (lost || std::string_view(error.call) != "write") {
    return listener_.on_error(error);
  }
  transport_failed_ = true;
  received_end();
  if (shutting_) return shut_down({});
  finish_shutdown();
}

void TlsStream::close() {
  if (closing_) return;
  closing_ = true;
  reading_ = false;
  pump_task_.unlink();
  engine_.close();
  transport_.close();
}

void TlsStream::closed() {
  closing_ = true;
  pump_task_.unlink();
  engine_.close();
  listener_.on_close();
}

}  // namespace node::net
