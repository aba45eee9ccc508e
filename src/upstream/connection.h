// Connection: one connection to a backend. It resolves, connects, carries one request at a time,
// and can be used again when the backend allows it.
//
//   resolving → connecting → idle ⇄ waiting → closed
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "dns/name.h"
#include "http/response_parser.h"
#include "upstream/dialer.h"
#include "upstream/failure.h"
#include "uv/tcp.h"
#include "uv/timer.h"

namespace playground::upstream {

class Connection final : private uv::Tcp::Owner {
 public:
  // Each call may end with the Connection dropped.
  class Owner {
   public:
    virtual void on_connected(Connection& connection) = 0;
    virtual void on_response(Connection& connection, http::Response response) = 0;
    // It is of no further use. Also comes for an idle connection that the backend has closed.
    virtual void on_failed(Connection& connection, Failure failure) = 0;

   protected:
    ~Owner() = default;
  };

  struct Options {
    milliseconds connect_timeout{500};
    milliseconds answer_timeout{42'000};
    std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
  };

  // Never calls back before it returns. The name outlives it.
  Connection(uv::Loop& loop, dns::Name& name, const Options& options, Owner& owner);
  ~Connection();

  // idle → waiting.
  void send(std::string head, std::string body);

  // Once a response has come: it can carry another request.
  bool reusable() const { return state_ == State::idle && keep_alive_; }
  // A request is under way, and not a byte of its reply has come.
  bool unanswered() const { return state_ == State::waiting && !parser_.started(); }

  void set_owner(Owner& owner) { owner_ = &owner; }
  TimePoint opened_at() const { return opened_at_; }
  // Where it leads, once it is connected.
  const dns::Address& address() const { return address_; }

 private:
  enum class State { resolving, connecting, idle, waiting, closed };

  void resolve();
  void dial();
  void on_dialled(Dialer::Connected dialled);
  void on_timeout();
  void fail_to_connect();
  void fail(Failure::Kind kind, std::string detail);
  void complete();

  void on_read(std::string_view bytes) override;
  void on_read_end(int error) override;
  void on_written(int error) override;

  uv::Loop& loop_;
  dns::Name& name_;
  Options options_;
  Owner* owner_;
  State state_ = State::resolving;
  TimePoint opened_at_ = Clock::now();
  bool keep_alive_ = true;
  http::ResponseParser parser_;
  std::unique_ptr<dns::Waiter> waiter_;
  std::optional<Dialer> dialer_;
  dns::Address address_{};
  uv::Owned<uv::Tcp> tcp_;
  uv::Owned<uv::Timer> timer_;
};

}  // namespace playground::upstream
