// Responder: the one right to answer one request. It outlives neither its duty nor its connection's
// goodwill: dropped without an answer it sends a 500, and when the client goes away first, on_gone
// tells.
#pragma once

#include <functional>
#include <memory>

#include "http/message.h"

namespace playground::http {

class Connection;

class Responder {
 public:
  explicit Responder(Connection& connection);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  // Sends the answer; at most once. Nothing happens when the client has gone.
  void respond(Response response);

  // Called at most once, when the client leaves before the answer was given. May drop the
  // Responder.
  void on_gone(std::function<void()> callback);

  bool answered() const;

  // What the connection and the Responder know of each other; either may go first.
  struct Link {
    Connection* connection = nullptr;
    std::function<void()> gone;
  };

 private:
  std::unique_ptr<Link> link_;
};

}  // namespace playground::http
