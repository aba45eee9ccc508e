// Responder: the one right to answer one request. It outlives neither its duty nor its connection's
// goodwill: dropped without an answer it sends a 500, and when the client goes away first, on_gone
// tells.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/recycled.h"
#include "http/message.h"

namespace playground::http {

class Connection;
struct Exchange;
class Stream;

class Responder {
 public:
  explicit Responder(Connection& connection);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  // How long ago the request had come whole.
  Clock::duration age() const { return Clock::now() - since_; }

  // Sends the answer; at most once. Nothing happens when the client has gone.
  void respond(Response response);

  // Instead of respond(): sends the head with the first bytes of the body; the rest goes through
  // the Stream. `length`: of the whole body, if that is known; else it is sent in chunks, or until
  // the connection's end to a client of HTTP/1.0.
  Stream begin(Response head, std::optional<std::uint64_t> length = std::nullopt);

  // Called at most once, when the client leaves before the answer was given. May drop the
  // Responder.
  void on_gone(std::function<void()> callback);

  bool answered() const;

  // What will be said of the request in the end, to add to before the answer; null when the client
  // has gone.
  Exchange* exchange();

  // What the connection and the Responder, or its Stream, know of each other; either may go first.
  struct Link final : Recycled<Link> {
    Connection* connection = nullptr;
    std::function<void()> gone;
    std::function<void()> drained;  // of a Stream
  };

 private:
  std::unique_ptr<Link> link_;
  TimePoint since_;
};

}  // namespace playground::http
