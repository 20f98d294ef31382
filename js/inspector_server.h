// The inspector's server: WebSocket (RFC 6455) and the discovery pages of the DevTools protocol.
#pragma once

#include "core/base/error.h"
#include "core/base/fd.h"
#include "core/loop.h"
#include "js/inspector.h"

#ifdef NODE_HAS_INSPECTOR
namespace node::js {

// Listens on the loop's thread. While script is paused it waits by itself, and nothing else of the
// loop runs.
class InspectorServer : public InspectorPump {
 public:
  static InspectorServer& of(Env& env);
  explicit InspectorServer(Env& env);

  // Listens on `host`, an IP address, and `port` (0: any). The URL of the socket, valid until the
  // next open().
  Result<std::string_view> open(int port, const char* host);
  // Ends all conversations; does nothing when closed.
  void close();
  // The port that it listens on; 0 when it does not.
  int port() const { return port_; }
  // What the pages say of the program.
  void set_target(std::string title, std::string url);
  // All debuggers stop before the next statement.
  void break_on_next_statement();
  // The program is over: waits until nobody is connected.
  void finish();

  bool pump() override;

 private:
  class Connection;
  struct Listener : Watcher {
    Listener(Callback callback, InspectorServer* owner) : Watcher(callback), server(owner) {}
    InspectorServer* server;
  };
  void accept_all();
  void sweep();
  bool has_sessions();

  Env& env_;
  Fd fd_;
  Listener listener_;
  List<Connection> connections_;
  std::string id_;       // of the target: a UUID
  std::string address_;  // host:port
  std::string socket_url_;
  std::string title_ = "node";
  std::string target_url_ = "file://";
  int port_ = 0;
  int pumps_ = 0;
};

}  // namespace node::js
#endif
