// Connection: one connection to a backend. It resolves, connects, carries one request at a time,
// hands over the reply as it comes, and can be used again when the backend allows it.
//
//   resolving → connecting (→ handshaking) → idle → waiting → streaming → idle …
//                                                      └────→ idle …   (a reply that came whole)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "dns/name.h"
#include "http/response_parser.h"
#include "tls/client.h"
#include "upstream/dialer.h"
#include "upstream/failure.h"
#include "upstream/reply_start.h"
#include "uv/deadline.h"
#include "uv/stream.h"

namespace playground::upstream {

class Connection final : private uv::Stream::Owner {
 public:
  // Each call may end with the Connection dropped.
  class Owner {
   public:
    virtual void on_connected(Connection& connection) = 0;
    virtual void on_reply(Connection& connection, ReplyStart reply) = 0;
    // After a reply that was not whole: what came next of its body, perhaps nothing with the last.
    virtual void on_body(Connection& connection, std::string bytes, bool last) = 0;
    // It is of no further use. Also comes for an idle connection that the backend has closed, and
    // in the middle of a reply.
    virtual void on_failed(Connection& connection, Failure failure) = 0;

   protected:
    ~Owner() = default;
  };

  struct Options {
    milliseconds connect_timeout{500};
    // Until the reply begins, and from then on without a further byte of it.
    milliseconds answer_timeout{42'000};
    // From the first byte of a reply to the end of its head, and of a short body behind it: no
    // program has a part in that. The longest of them needs 256 Kbit/s.
    milliseconds arrival_timeout{2'000};
    // What is sent is for loopback and private networks only: other addresses are left alone.
    bool private_only = false;
  };

  // Never calls back before it returns. The name outlives it, and so does `tls`, with which it
  // speaks TLS.
  Connection(uv::Loop& loop, dns::Name& name, const Options& options, Owner& owner,
             tls::Client* tls = nullptr);
  ~Connection();

  // idle → waiting. The bytes are only looked at.
  void send(std::string_view head, std::string_view body);

  // For a reply that its reader can't take so fast: nothing more is read until resume(), and the
  // backend's kernel makes the backend wait. The silence that this makes is not counted.
  void pause();
  void resume();

  // Once a reply has come whole: it can carry another request.
  bool reusable() const { return state_ == State::idle && keep_alive_; }
  // A request is under way, and not a byte of its reply has come.
  bool unanswered() const { return state_ == State::waiting && !parser_.started(); }

  void set_owner(Owner& owner) { owner_ = &owner; }
  TimePoint opened_at() const { return opened_at_; }
  // Where it leads, once it is connected.
  const dns::Address& address() const { return address_; }

 private:
  enum class State { resolving, connecting, handshaking, idle, waiting, streaming };

  void resolve();
  void dial();
  void on_dialled(Dialer::Connected dialled);
  void shake_hands();
  void on_open();
  void on_timeout();
  void fail_to_connect();
  void fail(Failure::Kind kind, std::string detail);
  void proceed();
  void begin_reply();
  void go_on();
  void rest();

  void on_connected(int error) override;
  void on_read(std::string_view bytes) override;
  void on_read_end(int error) override;
  void on_written(int error) override;

  uv::Loop& loop_;
  dns::Name& name_;
  Options options_;
  Owner* owner_;
  tls::Client* tls_;
  State state_ = State::resolving;
  TimePoint opened_at_ = Clock::now();
  bool keep_alive_ = true;
  bool arriving_ = false;  // something of a reply has come that is still held
  http::ResponseParser parser_;
  std::unique_ptr<dns::Waiter> waiter_;
  std::optional<Dialer> dialer_;
  dns::Address address_{};
  uv::Owned<uv::Stream> stream_;  // once connected
  uv::Deadline deadline_;
};

}  // namespace playground::upstream
