#include "upstream/upstream.h"

#include <utility>

namespace playground::upstream {

Upstream::Upstream(uv::Loop& loop, dns::Resolver& resolver, Backend backend, const Options& options,
                   Observer& observer, std::atomic<std::size_t>& active)
    : loop_(loop),
      backend_(std::move(backend)),
      connection_options_(options.connection),
      concurrency_(options.concurrency),
      observer_(observer),
      fields_("Host: " + backend_.host() + "\r\n"),
      name_(loop, resolver, backend_.endpoint, name_events()),
      // A wave of requests finds the connections of the wave before.
      idle_(loop, name_, {.max_idle = options.concurrency}),
      health_(options.slow_start),
      active_of_all_(active) {
  if (options.token.empty()) return;
  fields_ += "Authorization: Bearer " + options.token + "\r\n";
  // It must not be readable on its way.
  connection_options_.private_only = backend_.tls == nullptr;
}

dns::Name::Events Upstream::name_events() {
  return {
      [this] { idle_.drop_moved(); },
      [this](const Error& error) { observer_.on_resolve_failed(backend_.name, error.message); }};
}

std::unique_ptr<Connection> Upstream::new_connection(Connection::Owner& owner) {
  return connect(connection_options_, owner);
}

std::unique_ptr<Connection> Upstream::check_connection(milliseconds timeout,
                                                       Connection::Owner& owner) {
  Connection::Options options = connection_options_;
  options.answer_timeout = timeout;
  return connect(options, owner);
}

std::unique_ptr<Connection> Upstream::connect(const Connection::Options& options,
                                              Connection::Owner& owner) {
  return std::make_unique<Connection>(loop_, name_, options, owner, backend_.tls.get());
}

void Upstream::begin(TimePoint now) {
  ++active_;
  active_of_all_.fetch_add(1, std::memory_order_relaxed);
  ++requests_;
  recent_.add(now);
}

void Upstream::settle(Outcome outcome, std::string_view why, TimePoint sent_at, TimePoint now) {
  --active_;
  active_of_all_.fetch_sub(1, std::memory_order_relaxed);
  ++outcomes_[static_cast<std::size_t>(outcome)];
  if (outcome == Outcome::answered) {
    health_.on_success(sent_at, now);
    return;
  }
  if (!health_.on_failure(consequence_of(outcome).blame, why, sent_at, now)) return;
  ++ejections_;
  tell(now);
}

void Upstream::on_check_passed(TimePoint now) {
  ++checks_passed_;
  if (health_.on_check_passed(now)) tell(now);
}

void Upstream::on_check_failed(std::string_view why, TimePoint now) {
  ++checks_failed_;
  if (health_.on_check_failed(why)) tell(now);
}

void Upstream::tell(TimePoint now) {
  observer_.on_state(backend_.name, health_.state(now), health_.why(now));
}

Upstream::Snapshot Upstream::snapshot(TimePoint now) {
  Snapshot seen;
  seen.backend = backend_;
  for (const dns::Address& address : name_.addresses()) {
    seen.addresses.push_back(uv::address_text(address));
  }
  seen.state = drained_ ? "drained" : to_string(health_.state(now));
  seen.why = drained_ ? "by an operator" : health_.why(now);
  seen.in_rotation = !drained_ && health_.share(now) > 0;
  seen.requests = requests_;
  seen.recent = recent_.sum(now);
  seen.outcomes = outcomes_;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    if (is_failure(static_cast<Outcome>(i))) seen.failures += outcomes_[i];
  }
  seen.sent_elsewhere = sent_elsewhere_;
  seen.ejections = ejections_;
  seen.checks_passed = checks_passed_;
  seen.checks_failed = checks_failed_;
  seen.active = active_;
  seen.idle = idle_.size();
  seen.latency = latency_;
  return seen;
}

}  // namespace playground::upstream
