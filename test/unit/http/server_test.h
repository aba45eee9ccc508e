// What the tests of a running server share: the loop, a handler that keeps what it is given, and
// clients.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client.h"
#include "http/server.h"
#include "uv/loop.h"

namespace playground::http {

class ServerTest : public testing::Test, public Handler {
 protected:
  struct Held {
    Request request;
    Responder responder;
  };

  ~ServerTest() override = default;

  // Call once, after the limits have been set.
  void open() {
    auto opened = Server::open(loop_, {"127.0.0.1", 0}, limits_, *this);
    ASSERT_TRUE(opened) << opened.error().message;
    server_ = std::move(*opened);
    address_ = server_->address();
  }

  std::unique_ptr<Client> connect() { return std::make_unique<Client>(loop_, address_); }

  // Turns the loop until the condition holds; ctest's time-out ends a test whose condition never
  // does.
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) loop_.run_once();
  }

  // Runs whatever is due, without waiting for more.
  void settle() {
    for (int i = 0; i < 5; ++i) loop_.run_once(false);
  }

  // By default a request is answered at once with its path.
  void handle(Request&& request, Responder responder) override {
    ++handled_;
    if (on_request_) return on_request_(std::move(request), std::move(responder));
    std::string path = request.path;
    responder.respond(Response::json(200, "\"" + path + "\""));
  }

  // From now on requests wait in held_.
  void hold() {
    on_request_ = [this](Request request, Responder responder) {
      held_.push_back({std::move(request), std::move(responder)});
    };
  }

  void answer_first(const std::string& body) {
    Held held = std::move(held_.front());
    held_.pop_front();
    held.responder.respond(Response::json(200, body));
  }

  uv::Loop loop_;
  Limits limits_;
  Endpoint address_;
  std::function<void(Request, Responder)> on_request_;
  int handled_ = 0;
  std::deque<Held> held_;
  std::unique_ptr<Server> server_;
};

inline std::string get(const std::string& path, const std::string& fields = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

inline std::string post(const std::string& path, const std::string& body,
                        const std::string& fields = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + fields + "\r\n" + body;
}

}  // namespace playground::http
