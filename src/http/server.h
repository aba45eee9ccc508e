// Server: one listener and its connections, all on one loop. It must not be destroyed from within
// its handler or an on_gone callback; on_empty may do so.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/endpoint.h"
#include "base/result.h"
#include "http/exchange.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/responder.h"
#include "tls/stream.h"
#include "uv/listener.h"
#include "uv/loop.h"

namespace playground::http {

class Handler {
 public:
  // The request is handed through to where it is used; what of it nobody takes goes afterwards.
  virtual void handle(Request&& request, Responder responder) = 0;
  // Each request in the end, those included that never reached handle(): refused ones, and those
  // whose connection was lost while they came. It must not call into the server.
  virtual void on_exchange(const Exchange& /*exchange*/) {}

 protected:
  ~Handler() = default;
};

// What a listener speaks below HTTP: TLS with a context, which outlives the server; plain TCP
// without. `on_failed` is told of each handshake that fails.
struct Security {
  const tls::Context* context = nullptr;
  std::function<void(const std::string& peer, const std::string& why)> on_failed = nullptr;
};

class Server {
 public:
  // `handler` outlives the server. A TLS handshake has the time of a request's head.
  static Result<std::unique_ptr<Server>> open(uv::Loop& loop, const Endpoint& endpoint,
                                              const Limits& limits, Handler& handler,
                                              Security security = {},
                                              uv::Listener::Port port = uv::Listener::Port::alone);
  ~Server();

  // Servers of other loops may join the port (uv/listener.h).
  Result<void> share_port();

  Endpoint address() const;
  std::size_t connections() const;

  // Draining, in this order. From now on every reply says `Connection: close` and ends its
  // connection.
  void announce_close();
  // Closes the listener and every connection that is between requests; `on_empty` comes once the
  // last connection has gone, perhaps at once.
  void close_when_idle(std::function<void()> on_empty);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace playground::http
