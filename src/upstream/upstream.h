// Upstream: one backend as the ui knows it: its kept connections, its health, and what was counted.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dns/name.h"
#include "dns/resolver.h"
#include "upstream/backend.h"
#include "upstream/connection.h"
#include "upstream/health.h"
#include "upstream/idle_pool.h"
#include "upstream/latency.h"
#include "upstream/observer.h"
#include "upstream/outcome.h"
#include "upstream/sliding_count.h"

namespace playground::upstream {

class Upstream {
 public:
  struct Options {
    Connection::Options connection;
    milliseconds slow_start{0};
    std::size_t concurrency = 1024;  // requests at the same time
    std::string token;               // sent as a bearer token; empty: none
  };

  // `active` counts the requests that are with the backend, those of other loops included. It, the
  // resolver and the observer outlive this.
  Upstream(uv::Loop& loop, dns::Resolver& resolver, Backend backend, const Options& options,
           Observer& observer, std::atomic<std::size_t>& active);

  // A connection for the next request; null when none is kept.
  std::unique_ptr<Connection> kept_connection(Connection::Owner& owner) { return idle_.get(owner); }
  std::unique_ptr<Connection> new_connection(Connection::Owner& owner);
  // One for a check, whose reply has so much time.
  std::unique_ptr<Connection> check_connection(milliseconds timeout, Connection::Owner& owner);
  void keep(std::unique_ptr<Connection> connection) { idle_.put(std::move(connection)); }

  // An attempt begins; settle() ends it.
  void begin(TimePoint now);
  // It has begun to reply to a request of `sent_at`.
  void on_first_byte(TimePoint sent_at, TimePoint now) { latency_.observe(now - sent_at); }
  // `why` tells people what went wrong; empty where nothing did.
  void settle(Outcome outcome, std::string_view why, TimePoint sent_at, TimePoint now);
  // The request of the attempt that was just settled goes to another backend.
  void on_sent_elsewhere() { ++sent_elsewhere_; }

  void on_check_passed(TimePoint now);
  void on_check_failed(std::string_view why, TimePoint now);

  // The operator's switch: no further requests, whatever its health.
  void set_drained(bool drained) { drained_ = drained; }
  bool drained() const { return drained_; }

  // Another request may be sent to it, whatever its health. Where loops take the last places at
  // the same moment there are more requests than it may have: by less than there are loops.
  bool open() const {
    return !drained_ && active_of_all_.load(std::memory_order_relaxed) < concurrency_;
  }
  const Health& health() const { return health_; }
  const Backend& backend() const { return backend_; }
  // Header fields of every request to it: Host, and its token.
  const std::string& fields() const { return fields_; }

  // What /debug/state and the metrics show.
  struct Snapshot {
    Backend backend;
    std::vector<std::string> addresses;  // what its name leads to
    std::string_view state;              // Health's, or "drained"
    std::string why;
    bool in_rotation = false;
    std::uint64_t requests = 0;  // attempts
    std::uint64_t recent = 0;    // of the last ten seconds
    std::uint64_t failures = 0;
    std::array<std::uint64_t, kOutcomes> outcomes{};
    std::uint64_t sent_elsewhere = 0;
    std::uint64_t ejections = 0;
    std::uint64_t checks_passed = 0;
    std::uint64_t checks_failed = 0;
    std::size_t active = 0;
    std::size_t idle = 0;
    Latency latency;
  };
  Snapshot snapshot(TimePoint now);

 private:
  dns::Name::Events name_events();
  std::unique_ptr<Connection> connect(const Connection::Options& options, Connection::Owner& owner);
  void tell(TimePoint now);

  uv::Loop& loop_;
  Backend backend_;
  Connection::Options connection_options_;
  std::size_t concurrency_;
  Observer& observer_;
  std::string fields_;
  dns::Name name_;
  IdlePool idle_;
  Health health_;
  bool drained_ = false;

  std::atomic<std::size_t>& active_of_all_;
  std::size_t active_ = 0;  // this loop's
  std::uint64_t requests_ = 0;
  SlidingCount recent_;
  std::array<std::uint64_t, kOutcomes> outcomes_{};
  std::uint64_t sent_elsewhere_ = 0;
  std::uint64_t ejections_ = 0;
  std::uint64_t checks_passed_ = 0;
  std::uint64_t checks_failed_ = 0;
  Latency latency_;
};

}  // namespace playground::upstream
