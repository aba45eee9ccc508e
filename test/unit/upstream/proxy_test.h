// What the tests of the proxy share: backends that are real servers of our own, bare sockets that
// misbehave, and a proxy over them without health checks.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/server.h"
#include "upstream/proxy.h"
#include "uv/listener.h"

namespace playground::upstream {

// A backend that answers every request with `reply`: 200 and its own name unless a test says
// otherwise.
class NamedBackend final : public http::Handler {
 public:
  NamedBackend(uv::Loop& loop, const std::string& name)
      : reply(http::Response::json(200, name)), name_(name) {
    auto server = http::Server::open(loop, {"127.0.0.1", 0}, {}, *this);
    EXPECT_TRUE(server.has_value());
    server_ = std::move(*server);
  }
  void handle(http::Request&& request, http::Responder responder) override {
    ++requests;
    last = std::move(request);
    responder.respond(reply);
  }
  Backend backend() const { return {name_, server_->address(), 1}; }
  http::Server& server() { return *server_; }

  int requests = 0;
  http::Request last;
  http::Response reply;

 private:
  std::string name_;
  std::unique_ptr<http::Server> server_;
};

// A backend that does what a test says with the bytes of each connection.
class RawBackend final : private uv::Tcp::Owner {
 public:
  RawBackend(uv::Loop& loop, std::function<void(uv::Tcp&)> on_request)
      : on_request_(std::move(on_request)) {
    auto listener = uv::Listener::open(
        loop, {"127.0.0.1", 0}, [] { return true; },
        [this](uv::Owned<uv::Tcp> tcp) {
          tcp_ = std::move(tcp);
          tcp_->set_owner(this);
          tcp_->start_reading();
          ++connections;
        });
    EXPECT_TRUE(listener.has_value());
    listener_ = std::move(*listener);
  }
  Backend backend() const { return {"raw", listener_->address(), 1}; }
  void hang_up() { tcp_.reset(); }

  int connections = 0;

 private:
  void on_read(std::string_view) override { on_request_(*tcp_); }
  void on_read_end(int) override { tcp_.reset(); }
  void on_written(int) override {}

  std::function<void(uv::Tcp&)> on_request_;
  uv::Owned<uv::Listener> listener_;
  uv::Owned<uv::Tcp> tcp_;
};

// The reply of a backend that has no room.
inline http::Response full() {
  auto response =
      http::Response::json(503, R"({"error": {"code": "queue_full"}, "started": false})");
  response.headers.add("Retry-After", "1");
  return response;
}

// Keeps all that it is told.
class KeepingReceiver final : public Proxy::Receiver {
 public:
  void on_reply(Proxy::Reply got) override { reply = std::move(got); }
  void on_body(std::string bytes, bool last) override {
    body += bytes;
    ended = last;
  }
  void on_broken(Failure failure) override { broken = std::move(failure); }

  std::optional<Proxy::Reply> reply;
  std::string body;  // behind what came with the reply
  bool ended = false;
  std::optional<Failure> broken;
};

// Keeps what it is told, as text.
class KeepingObserver final : public Observer {
 public:
  void on_retry(std::string_view from, std::string_view to, Outcome reason) override {
    retries.push_back(std::string(from) + " " + std::string(to) + " " +
                      std::string(to_string(reason)));
  }
  void on_state(std::string_view backend, Health::State state, std::string_view) override {
    states.push_back(std::string(backend) + " " + std::string(to_string(state)));
  }
  void on_resolve_failed(std::string_view backend, std::string_view why) override {
    unresolved.push_back(std::string(backend) + " " + std::string(why));
  }

  std::vector<std::string> retries;
  std::vector<std::string> states;
  std::vector<std::string> unresolved;
};

class ProxyTest : public ::testing::Test {
 protected:
  void start(std::vector<Backend> backends) {
    proxy_ = std::make_unique<Proxy>(loop_, std::move(backends), options_, observer_);
  }

  // How the reply begins: all of it, where it is a small one.
  Proxy::Reply ask(std::string body = "{}") {
    KeepingReceiver receiver;
    auto ticket = proxy_->send({.path = "/py/eval", .body = std::move(body)}, receiver);
    EXPECT_FALSE(receiver.reply.has_value()) << "a reply before send() returned";
    while (!receiver.reply) loop_.run_once();
    return std::move(*receiver.reply);
  }

  // An address that refuses connections.
  Backend nobody(const std::string& name) {
    Backend gone = NamedBackend(loop_, name).backend();
    loop_.run_once(false);
    return gone;
  }

  // The names of the backends that reply to the next requests.
  std::string order(int count) {
    std::string names;
    for (int i = 0; i < count; ++i) names += ask().backend + " ";
    return names;
  }

  Upstream::Snapshot state(std::size_t index) { return proxy_->snapshot().backends[index]; }
  std::uint64_t count(std::size_t index, Outcome outcome) {
    return state(index).outcomes[static_cast<std::size_t>(outcome)];
  }

  uv::Loop loop_;
  Upstream::Options options_;
  KeepingObserver observer_;
  std::unique_ptr<Proxy> proxy_;
};

}  // namespace playground::upstream
