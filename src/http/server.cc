#include "http/server.h"

#include <unordered_map>
#include <utility>
#include <vector>

#include "http/connection.h"
#include "http/writer.h"
#include "uv/async.h"
#include "uv/listener.h"

namespace playground::http {

namespace {

std::string plain_http_reply() {
  Response response = Response::error(400, "plain_http", "this port speaks TLS: use https://");
  return std::string(write_head(response, {false, 1, false}, date_now())) + response.body;
}

}  // namespace

struct Server::Impl final : Connection::Owner {
  Impl(uv::Loop& the_loop, const Limits& the_limits, Handler& the_handler, Security security)
      : loop(the_loop),
        bounds(the_limits),
        handler(the_handler),
        acceptor{security.context, the_limits.head_timeout,
                 security.context == nullptr ? "" : plain_http_reply(),
                 std::move(security.on_failed)},
        next_turn(uv::Async::create(the_loop, [this] { on_next_turn(); })) {}

  bool may_accept() const { return open.size() < bounds.max_connections; }

  void on_accepted(uv::Owned<uv::Tcp> tcp) {
    uv::Owned<uv::Stream> stream = std::move(tcp);
    if (acceptor.context != nullptr) {
      stream = tls::Stream::accept(loop, std::move(stream), acceptor);
    }
    auto connection = std::make_unique<Connection>(loop, std::move(stream), *this);
    Connection* raw = connection.get();
    open.emplace(raw, std::move(connection));
    raw->start();
  }

  const Limits& limits() const override { return bounds; }
  bool is_closing() const override { return closing; }

  void handle(Request&& request, Responder responder) override {
    handler.handle(std::move(request), std::move(responder));
  }

  void on_exchange(const Exchange& exchange) override { handler.on_exchange(exchange); }

  void on_pending(Connection& connection) override {
    pending.push_back(&connection);
    wake_next_turn();
  }

  void on_closed(Connection& connection) override {
    auto node = open.extract(&connection);
    closed.push_back(std::move(node.mapped()));
    wake_next_turn();
    if (listener) listener->resume();
  }

  // Not by a timer: libuv 1.44 runs one that is due at once in the turn in which it was started.
  void wake_next_turn() { next_turn->wake(); }

  void on_next_turn() {
    for (Connection* connection : std::exchange(pending, {})) connection->serve_pending();
    // Those that are pending by now are open, or were closed after they asked.
    std::erase_if(pending, [](const Connection* c) { return c->state() == State::closed; });
    closed.clear();
    if (!open.empty() || !on_empty) return;
    // Nothing more to wait for: the loop may end, whether or not the server goes.
    next_turn->unref();
    auto notify = std::exchange(on_empty, nullptr);
    notify();  // may drop the server
  }

  uv::Loop& loop;
  const Limits bounds;
  Handler& handler;
  const tls::Stream::Acceptor acceptor;
  Endpoint address;
  uv::Owned<uv::Listener> listener;
  uv::Owned<uv::Async> next_turn;
  std::unordered_map<Connection*, std::unique_ptr<Connection>> open;
  std::vector<Connection*> pending;                 // to be served on the next turn
  std::vector<std::unique_ptr<Connection>> closed;  // to be freed on the next turn
  bool closing = false;
  std::function<void()> on_empty;
};

Result<std::unique_ptr<Server>> Server::open(uv::Loop& loop, const Endpoint& endpoint,
                                             const Limits& limits, Handler& handler,
                                             Security security, uv::Listener::Port port) {
  auto impl = std::make_unique<Impl>(loop, limits, handler, std::move(security));
  Impl* raw = impl.get();
  auto listener = uv::Listener::open(
      loop, endpoint, [raw] { return raw->may_accept(); },
      [raw](uv::Owned<uv::Tcp> tcp) { raw->on_accepted(std::move(tcp)); }, port);
  if (!listener) return Unexpected<Error>{listener.error()};
  impl->listener = std::move(*listener);
  impl->address = raw->listener->address();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<void> Server::share_port() {
  return impl_->listener->share_port();
}

Endpoint Server::address() const {
  return impl_->address;
}

std::size_t Server::connections() const {
  return impl_->open.size();
}

void Server::announce_close() {
  impl_->closing = true;
}

void Server::close_when_idle(std::function<void()> on_empty) {
  impl_->closing = true;
  impl_->listener->accept_waiting();
  impl_->listener.reset();
  impl_->on_empty = std::move(on_empty);
  std::vector<Connection*> connections;
  for (auto& [raw, connection] : impl_->open) connections.push_back(raw);
  for (Connection* connection : connections) connection->close_if_idle();
  // Not from here, even if none was open: the caller is spared a call back into its own frame.
  impl_->wake_next_turn();
}

}  // namespace playground::http
