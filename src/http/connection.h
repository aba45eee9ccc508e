// Connection: one client of the server: requests are read, handled one at a time and answered in
// order. Owned by the Server; it tells its Owner when it is done, and is freed on a later turn of
// the loop, so that every frame that is still on the stack may look at its state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "base/clock.h"
#include "http/body_framer.h"
#include "http/connection_state.h"
#include "http/exchange.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/request_parser.h"
#include "http/responder.h"
#include "http/writer.h"
#include "uv/deadline.h"
#include "uv/loop.h"
#include "uv/stream.h"

namespace playground::http {

class Connection final : public uv::Stream::Owner {
 public:
  class Owner {
   public:
    virtual const Limits& limits() const = 0;
    // Every reply from now on ends its connection.
    virtual bool is_closing() const = 0;
    virtual void handle(Request&& request, Responder responder) = 0;
    // A request has come to its end, or the connection in the midst of one. To be looked at only.
    virtual void on_exchange(const Exchange& exchange) = 0;
    // Asks for serve_pending() on the next turn of the loop.
    virtual void on_pending(Connection& connection) = 0;
    // Nothing will come any more. The Connection must not be freed before this turn is over.
    virtual void on_closed(Connection& connection) = 0;

   protected:
    ~Owner() = default;
  };

  Connection(uv::Loop& loop, uv::Owned<uv::Stream> stream, Owner& owner);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Begins to read; after construction, once the Owner holds it.
  void start() { enter(State::idle); }

  // Goes on with requests that were received behind an earlier one.
  void serve_pending();

  // Closes if it is between requests, else after the reply. A request that is on its way already is
  // served.
  void close_if_idle();

  State state() const { return state_; }

 private:
  friend class Responder;
  friend class Stream;

  void on_read(std::string_view bytes) override;
  void on_read_end(int error) override;
  void on_written(int error) override;

  // In the order of a request's life.
  std::size_t read_request(std::string_view bytes);
  void on_head_read();
  void on_request();
  void on_answer(Response response);
  void on_begin(Response head, std::optional<std::uint64_t> length);
  bool on_piece(std::string bytes);
  void push(std::string_view first, std::string_view second);
  void on_unblocked();
  void on_end(std::string last, bool close);
  void on_dropped();
  void on_refused(const Refusal& refusal);
  void send(Response response);
  void on_sent();
  void on_linger_bytes(std::size_t count);
  void on_overdue();
  void on_closed();

  void begin_exchange();
  void describe(const Request& request);
  void describe_unread();
  void add_fields(Response& response);
  void end_exchange(Event event);

  void step(Event event);
  void enter(State state);
  void begin_transfer(milliseconds period);
  std::uint64_t moved() const;
  bool keeps_rate();
  bool may_read_request() const;
  void wake_for_pending();
  void update_reading();

  uv::Owned<uv::Stream> stream_;
  std::optional<uv::Deadline> deadline_;  // until it is closed
  Owner& owner_;
  const std::string peer_;
  State state_ = State::idle;

  RequestParser parser_;
  Buffer pending_;             // received behind the request that is being handled
  bool serving_ = false;       // serve_pending() is on the stack
  bool turn_is_over_ = false;  // waits for serve_pending() on the next turn
  bool fresh_ = true;          // has not carried a request yet
  bool client_done_ = false;   // the client has ended its side while we were writing

  Exchange exchange_;                // from a request's first byte to the end of its reply
  Responder::Link* link_ = nullptr;  // while a reply, or the rest of it, is owed
  ReplyForm form_;
  BodyFramer framer_;
  bool writer_waits_ = false;       // the Stream has been told so
  bool write_failed_ = false;       // will be told on the next turn
  bool refused_ = false;            // the reply on its way is an early one
  std::size_t unsent_ = 0;          // when the transfer began, and what was written since
  std::size_t lingered_ = 0;        // bytes read away
  milliseconds period_{};           // of the transfer: a body that comes, a reply that goes
  std::uint64_t moved_before_ = 0;  // when this period began
};

}  // namespace playground::http
