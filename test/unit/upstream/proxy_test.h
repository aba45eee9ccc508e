// What the tests of the proxy share: backends that are real servers of our own, bare sockets that
// misbehave, and a receiver that keeps all.
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

// A backend that answers every request with its own name and counts its connections' requests.
class NamedBackend final : public http::Handler {
 public:
  NamedBackend(uv::Loop& loop, std::string name) : name_(std::move(name)) {
    auto server = http::Server::open(loop, {"127.0.0.1", 0}, {}, *this);
    EXPECT_TRUE(server.has_value());
    server_ = std::move(*server);
  }
  void handle(http::Request request, http::Responder responder) override {
    ++requests;
    last = std::move(request);
    responder.respond(http::Response::json(200, name_));
  }
  Backend backend() const { return {name_, server_->address()}; }
  http::Server& server() { return *server_; }

  int requests = 0;
  http::Request last;

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
  Backend backend() const { return {"raw", listener_->address()}; }
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

class ProxyTest : public ::testing::Test {
 protected:
  void start(std::vector<Backend> backends) {
    proxy_ = std::make_unique<Proxy>(loop_, std::move(backends), options_);
  }

  // How the reply begins: all of it, where it is a small one.
  Proxy::Reply ask(std::string body = "{}") {
    KeepingReceiver receiver;
    auto ticket = proxy_->send({"/py/eval", std::move(body), ""}, receiver);
    EXPECT_FALSE(receiver.reply.has_value()) << "a reply before send() returned";
    while (!receiver.reply) loop_.run_once();
    return std::move(*receiver.reply);
  }

  uv::Loop loop_;
  Connection::Options options_;
  std::unique_ptr<Proxy> proxy_;
};

}  // namespace playground::upstream
