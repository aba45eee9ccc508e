#include "upstream/call.h"

#include <utility>

#include "base/check.h"
#include "upstream/not_started.h"

namespace playground::upstream {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kUnavailable = 503;

// A connection that was closed before the request reached the other side says so within a round
// trip; what takes longer broke while the request was being worked on.
constexpr milliseconds kStaleWithin{500};

Outcome outcome_of(const ReplyStart& start) {
  int status = start.response.status;
  if (status == kUnauthorized) return Outcome::unauthorized;
  if (status == kUnavailable && start.whole && promises_not_started(start.response.body)) {
    return Outcome::full;
  }
  return status >= 500 ? Outcome::server_error : Outcome::answered;
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  if (!value.empty()) head.append(name).append(": ").append(value).append("\r\n");
}

std::string why(Outcome outcome, int status) {
  return is_failure(outcome) ? "answered with " + std::to_string(status) : "";
}

}  // namespace

Proxy::Call::Call(Proxy& proxy, std::uint64_t id, Request request, Receiver& receiver)
    : proxy_(proxy), id_(id), request_(std::move(request)), receiver_(receiver) {}

Proxy::Call::~Call() {
  if (under_way_) settle(Outcome::cancelled, "", Clock::now());
}

void Proxy::Call::start() {
  TimePoint now = Clock::now();
  proxy_.budget_.on_request(now);
  if (Upstream* upstream = proxy_.balancer_.pick(now, {})) {
    attempt(*upstream, now);
  } else {
    refuse();
  }
}

void Proxy::Call::attempt(Upstream& upstream, TimePoint now) {
  upstream_ = &upstream;
  upstream.begin(now);
  under_way_ = true;
  sent_at_ = now;
  Connection::Owner& self = *this;
  // Once something broke, only on a connection that is certainly not stale.
  connection_ = repeated_ ? nullptr : upstream.kept_connection(self);
  reused_ = connection_ != nullptr;
  if (reused_) {
    send();
  } else {
    connection_ = upstream.new_connection(self);
  }
}

void Proxy::Call::send() {
  thread_local std::string head;  // one for all: it is only looked at
  head.assign(request_.method).append(" ").append(request_.path).append(" HTTP/1.1\r\n");
  head.append(upstream_->fields());
  append_field(head, "Content-Type", request_.type);
  append_field(head, "X-Forwarded-For", request_.client);
  append_field(head, "X-Playground-Caller", request_.caller);
  append_field(head, "X-Request-Id", request_.id);
  append_field(head, "Accept", request_.accept);
  head.append("Content-Length: ").append(std::to_string(request_.body.size())).append("\r\n\r\n");
  // The body is kept: it may have to be sent again.
  connection_->send(head, request_.body);
}

// Told on the next turn of the loop, when the caller has its Ticket.
void Proxy::Call::refuse() {
  ++proxy_.busy_;
  refusal_ = uv::Timer::create(proxy_.loop_, [this] {
    auto self = proxy_.finish(id_);
    bool drained = proxy_.balancer_.all_drained();
    receiver_.on_reply({"", 0,
                        Unexpected<Failure>{{Failure::Kind::busy,
                                             drained ? "every backend is drained"
                                                     : "every backend has as many requests as it "
                                                       "may (PLAYGROUND_BACKEND_CONCURRENCY)"}}});
  });
  refusal_->start(milliseconds{0});
}

void Proxy::Call::on_reply(Connection&, ReplyStart start) {
  TimePoint now = Clock::now();
  upstream_->on_first_byte(sent_at_, now);
  outcome_ = upstream::outcome_of(start);
  status_ = start.response.status;
  if (!start.whole && outcome_ != Outcome::unauthorized) {
    replied_ = true;
    receiver_.on_reply({upstream_->backend().name, retries_, std::move(start)});
    return;
  }
  if (start.whole) upstream_->keep(std::move(connection_));
  settle(outcome_, why(outcome_, status_), now);
  if (try_again(outcome_, now)) return;
  if (outcome_ == Outcome::unauthorized) {
    deliver(Unexpected<Failure>{
        {Failure::Kind::unauthorized, "demands another token than PLAYGROUND_BACKEND_TOKEN"}});
  } else {
    deliver(std::move(start));
  }
}

void Proxy::Call::on_body(Connection&, std::string bytes, bool last) {
  if (!last) return receiver_.on_body(std::move(bytes), false);
  upstream_->keep(std::move(connection_));
  settle(outcome_, why(outcome_, status_), Clock::now());
  auto self = proxy_.finish(id_);
  receiver_.on_body(std::move(bytes), true);
}

void Proxy::Call::on_failed(Connection& connection, Failure failure) {
  TimePoint now = Clock::now();
  Outcome outcome = outcome_of(failure, connection, now);
  settle(outcome, failure.detail, now);
  if (replied_) {
    auto self = proxy_.finish(id_);
    receiver_.on_broken(std::move(failure));
    return;
  }
  if (try_again(outcome, now)) return;
  deliver(Unexpected<Failure>{std::move(failure)});
}

Outcome Proxy::Call::outcome_of(const Failure& failure, const Connection& connection,
                                TimePoint now) const {
  switch (failure.kind) {
    case Failure::Kind::connect:
    case Failure::Kind::tls:
      return Outcome::connect;
    case Failure::Kind::timeout:
      return Outcome::timeout;
    case Failure::Kind::invalid:
      return Outcome::invalid;
    case Failure::Kind::broken:
      break;
    case Failure::Kind::unauthorized:
    case Failure::Kind::busy:
      PLAYGROUND_CHECK(false);  // never a Connection's
  }
  if (!connection.unanswered()) return Outcome::cut;
  return reused_ && now - sent_at_ < kStaleWithin ? Outcome::stale : Outcome::broken;
}

void Proxy::Call::settle(Outcome outcome, std::string_view why, TimePoint now) {
  under_way_ = false;
  upstream_->settle(outcome, why, sent_at_, now);
}

// A program that can kill a backend must not visit them all: what may have run is sent again once.
// Where nothing ran, every backend may be asked.
bool Proxy::Call::try_again(Outcome outcome, TimePoint now) {
  Retry retry = consequence_of(outcome).retry;
  if (retry == Retry::never || (retry == Retry::budgeted && repeated_)) return false;
  Upstream* other = next_upstream(outcome, now);
  if (other == nullptr || !proxy_.may_retry(retry, now)) return false;
  repeated_ = repeated_ || retry == Retry::budgeted;
  ++retries_;
  ++proxy_.retries_;
  if (other != upstream_) upstream_->on_sent_elsewhere();
  proxy_.observer_.on_retry(upstream_->backend().name, other->backend().name, outcome);
  attempt(*other, now);
  return true;
}

Upstream* Proxy::Call::next_upstream(Outcome outcome, TimePoint now) {
  tried_.push_back(upstream_);
  if (outcome == Outcome::stale) stale_ = upstream_;
  if (Upstream* other = proxy_.balancer_.pick(now, tried_)) return other;
  // What a kept connection hides is not its backend's fault.
  Upstream* again = std::exchange(stale_, nullptr);
  return again != nullptr && again->open() ? again : nullptr;
}

void Proxy::Call::deliver(Result<ReplyStart, Failure> start) {
  auto self = proxy_.finish(id_);
  receiver_.on_reply({upstream_->backend().name, retries_, std::move(start)});
}

void Proxy::Call::pause() {
  if (connection_ != nullptr) connection_->pause();
}

void Proxy::Call::resume() {
  if (connection_ != nullptr) connection_->resume();
}

}  // namespace playground::upstream
