// channel: the pipe between a process and one that it has forked; what goes over it is
// JavaScript's.
#include <fcntl.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "js/bind.h"
#include "js/buffer.h"
#include "net/channel.h"

namespace node::js {

namespace {

// JavaScript sets `onread` (buffer, list of descriptors or undefined), `onwritten` (count) and
// `onend` (negative errno or 0).
class ChannelHandle : public Wrapped, private net::ChannelListener {
 public:
  static void make(Env& env, const Args& info) { new ChannelHandle(env, info.This()); }

  // open(fd): 0 or a negative errno. The descriptor belongs to the handle unless that fails.
  int32_t open(int32_t fd) {
    struct stat st;
    if (fd < 0 || ::fstat(fd, &st) != 0) return -EBADF;
    if (!S_ISSOCK(st.st_mode)) return -ENOTSOCK;
    if (Result<void> r = channel_.open(Fd(fd)); !r) return -r.error().code;
    pin();
    return 0;
  }
  void read_start() { channel_.read_start(); }
  void read_stop() { channel_.read_stop(); }
  // readNow(wait): calls onread before it returns; false when there was nothing.
  bool read_now(bool wait) { return channel_.read_now(wait); }

  // write(string or buffer, fd or -1): 1 when it has left, 0 when it waits for onwritten, or a
  // negative errno.
  void write(const Args& info) {
    v8::Isolate* isolate = env().isolate();
    int fd = info[1]->IsInt32() ? info[1].As<v8::Int32>()->Value() : -1;
    Bytes bytes;
    if (read_bytes(info[0], &bytes)) {
      return info.GetReturnValue().Set(send({bytes.data(), bytes.size()}, fd));
    }
    if (!info[0]->IsString()) return throw_bad_argument(env(), 0, "string or Buffer");
    v8::Local<v8::String> text = info[0].As<v8::String>();
    std::string out(utf8_length(isolate, text), '\0');
    out.resize(write_utf8(isolate, text, out.data(), out.size()));
    info.GetReturnValue().Set(send(out, fd));
  }

  void close() {
    if (!channel_.is_open()) return;
    channel_.close();
    unpin();
  }
  void flush() { channel_.flush(); }
  void ref() { channel_.set_referenced(true); }
  void unref() { channel_.set_referenced(false); }
  int32_t fd() { return channel_.fd(); }
  size_t queued() { return channel_.queued_bytes(); }

 private:
  ChannelHandle(Env& env, v8::Local<v8::Object> object)
      : Wrapped(env, object), channel_(env.loop(), *this) {}

  int32_t send(std::string_view bytes, int fd) {
    Result<net::Channel::Sent> sent = channel_.write(bytes, fd);
    if (!sent) return -sent.error().code;
    return sent.value() == net::Channel::Sent::kNow ? 1 : 0;
  }

  void on_read(std::span<char> bytes, std::span<Fd> fds) override {
    v8::Isolate* isolate = env().isolate();
    v8::HandleScope scope(isolate);
    std::vector<v8::Local<v8::Value>> numbers;
    for (Fd& fd : fds) numbers.push_back(v8::Integer::New(isolate, fd.release()));
    v8::Local<v8::Value> list = v8::Undefined(isolate);
    if (!numbers.empty()) list = v8::Array::New(isolate, numbers.data(), numbers.size());
    v8::Local<v8::Value> args[] = {make_buffer(env(), bytes.data(), bytes.size()), list};
    ignore(env().call_method(object(), env().name("onread"), 2, args));
  }
  void on_written(int count) override { tell("onwritten", count); }
  void on_end(Error error) override { tell("onend", -error.code); }
  void tell(const char* method, int32_t value) {
    v8::HandleScope scope(env().isolate());
    v8::Local<v8::Value> arg = v8::Integer::New(env().isolate(), value);
    ignore(env().call_method(object(), env().name(method), 1, &arg));
  }

  net::Channel channel_;
};

constexpr Method kChannelMethods[] = {
    method<&ChannelHandle::open>("open"),          method<&ChannelHandle::read_start>("readStart"),
    method<&ChannelHandle::read_stop>("readStop"), method<&ChannelHandle::read_now>("readNow"),
    method<&ChannelHandle::write>("write"),        method<&ChannelHandle::flush>("flush"),
    method<&ChannelHandle::close>("close"),        method<&ChannelHandle::ref>("ref"),
    method<&ChannelHandle::unref>("unref"),        method<&ChannelHandle::fd>("fd"),
    method<&ChannelHandle::queued>("queued"),
};
const ClassSpec kChannelClass = wrapped_class<ChannelHandle>("Channel", kChannelMethods);
const ClassSpec* const kClasses[] = {&kChannelClass};

}  // namespace

extern const Binding kChannelBinding = {"channel", {}, kClasses, nullptr};

}  // namespace node::js
