// Call: one request on its way through one backend, or several. Owned by the Proxy.
//
//   start → attempt ─▶ a reply ─▶ its end
//              │  ├──▶ nothing ran ─▶ attempt at one that was not asked yet
//              │  └──▶ it may have run ─▶ the same, but once
//              └─────▶ nobody has room ─▶ refused on the next turn of the loop
#pragma once

#include <vector>

#include "base/recycled.h"
#include "upstream/proxy.h"
#include "uv/timer.h"

namespace playground::upstream {

class Proxy::Call final : public Recycled<Proxy::Call>, private Connection::Owner {
 public:
  Call(Proxy& proxy, std::uint64_t id, Request request, Receiver& receiver);
  // An attempt that is under way is cancelled.
  ~Call();

  void start();
  void pause();
  void resume();

 private:
  void attempt(Upstream& upstream, TimePoint now);
  void send();
  void refuse();

  void on_connected(Connection&) override { send(); }
  void on_reply(Connection& connection, ReplyStart start) override;
  void on_body(Connection& connection, std::string bytes, bool last) override;
  void on_failed(Connection& connection, Failure failure) override;

  Outcome outcome_of(const Failure& failure, const Connection& connection, TimePoint now) const;
  void settle(Outcome outcome, std::string_view why, TimePoint now);
  bool try_again(Outcome outcome, TimePoint now);
  Upstream* next_upstream(Outcome outcome, TimePoint now);
  void deliver(Result<ReplyStart, Failure> start);

  Proxy& proxy_;
  std::uint64_t id_;
  Request request_;
  Receiver& receiver_;

  Upstream* upstream_ = nullptr;  // of the last attempt
  bool under_way_ = false;        // it is not settled yet
  TimePoint sent_at_{};
  std::unique_ptr<Connection> connection_;
  bool reused_ = false;
  int retries_ = 0;
  bool repeated_ = false;               // what may have run already was sent again
  std::vector<const Upstream*> tried_;  // those of the attempts before
  Upstream* stale_ = nullptr;           // one of them that may be asked again
  bool replied_ = false;                // the Receiver has been told how the reply begins
  // Once it has: what the attempt comes to if nothing breaks any more.
  Outcome outcome_ = Outcome::answered;
  int status_ = 0;
  uv::Owned<uv::Timer> refusal_;
};

}  // namespace playground::upstream
