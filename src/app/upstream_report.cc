#include "app/upstream_report.h"

#include <vector>

#include "app/metric_families.h"

namespace playground::app {
namespace {

using prometheus::Registry;
using upstream::Latency;
using upstream::Outcome;
using Snapshot = upstream::Upstream::Snapshot;

std::uint64_t recent_of_all(const upstream::Proxy::Snapshot& seen) {
  std::uint64_t sum = 0;
  for (const Snapshot& backend : seen.backends) sum += backend.recent;
  return sum;
}

double share(std::uint64_t recent, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(recent) / static_cast<double>(all);
}

void write_latency(JsonWriter& json, const Latency& latency) {
  json.key("latency").begin_array();
  for (std::size_t i = 0; i < latency.counts().size(); ++i) {
    json.begin_object().key("up_to_ms");
    if (i < Latency::kBoundsMs.size()) {
      json.number(Latency::kBoundsMs[i]);
    } else {
      json.null();
    }
    json.count("count", latency.counts()[i]).end_object();
  }
  json.end_array();
}

void write_backend(JsonWriter& json, const Snapshot& seen, std::uint64_t recent) {
  json.begin_object();
  json.key("name").string(seen.backend.name);
  json.key("address").string(seen.backend.endpoint.text());
  json.key("addresses").begin_array();
  for (const std::string& address : seen.addresses) json.string(address);
  json.end_array();
  json.count("weight", seen.backend.weight);
  json.key("state").string(seen.state).key("why").string(seen.why);
  json.key("share").number(share(seen.recent, recent));
  json.count("requests", seen.requests);
  json.count("failures", seen.failures);
  json.key("outcomes").begin_object();
  for (std::size_t i = 0; i < upstream::kOutcomes; ++i) {
    json.count(to_string(static_cast<Outcome>(i)), seen.outcomes[i]);
  }
  json.end_object();
  json.count("sent_elsewhere", seen.sent_elsewhere);
  json.count("ejections", seen.ejections);
  json.count("checks_passed", seen.checks_passed);
  json.count("checks_failed", seen.checks_failed);
  json.count("active", seen.active);
  json.count("idle", seen.idle);
  write_latency(json, seen.latency);
  json.end_object();
}

}  // namespace

void write_upstreams(JsonWriter& json, const upstream::Proxy::Snapshot& seen) {
  json.key("backends").begin_array();
  std::uint64_t recent = recent_of_all(seen);
  for (const Snapshot& backend : seen.backends) write_backend(json, backend, recent);
  json.end_array();
  json.key("retries").begin_object();
  json.count("sent", seen.retries);
  json.count("refused", seen.retries_refused);
  json.count("budget", seen.retry_budget);
  json.count("budget_used", seen.retry_budget_used);
  json.end_object();
  json.count("panics", seen.panics);
  json.count("busy", seen.busy);
}

UpstreamMetrics::UpstreamMetrics(Registry& registry)
    : requests_(counters(registry, "playground_upstream_requests_total",
                         "Requests sent to a backend, by what came of them.")),
      ejections_(counters(registry, "playground_upstream_ejections_total",
                          "How often failures took a backend out of the rotation.")),
      checks_(counters(registry, "playground_upstream_checks_total",
                       "Health checks of a backend, by their result.")),
      sent_elsewhere_(counters(registry, "playground_upstream_sent_elsewhere_total",
                               "Requests that a backend was sent and another one answered.")),
      in_rotation_(gauges(registry, "playground_upstream_in_rotation",
                          "1 for a backend that gets requests, 0 for one that is down, ejected or "
                          "drained.")),
      active_(gauges(registry, "playground_upstream_active", "Requests that are with a backend.")),
      idle_(gauges(registry, "playground_upstream_idle_connections",
                   "Connections to a backend that wait for their next request.")),
      share_(gauges(registry, "playground_upstream_share",
                    "A backend's part of the requests of the last ten seconds, 0 to 1.")),
      seconds_(histograms(registry, "playground_upstream_seconds",
                          "Time until a backend began its reply.")),
      retries_(counter(registry, "playground_upstream_retries_total",
                       "How often a request was sent again.")),
      retries_refused_(counter(registry, "playground_upstream_retries_refused_total",
                               "How often one was not, because the budget was used up.")),
      panics_(counter(registry, "playground_upstream_panics_total",
                      "Turns that were taken with no backend healthy.")),
      busy_(counter(registry, "playground_upstream_busy_total",
                    "Requests that no backend had room for.")) {}

void UpstreamMetrics::set(const upstream::Proxy::Snapshot& seen) {
  std::uint64_t recent = recent_of_all(seen);
  for (const Snapshot& backend : seen.backends) set_backend(backend, recent);
  raise_to(retries_, seen.retries);
  raise_to(retries_refused_, seen.retries_refused);
  raise_to(panics_, seen.panics);
  raise_to(busy_, seen.busy);
}

void UpstreamMetrics::set_backend(const Snapshot& seen, std::uint64_t recent) {
  const std::string& name = seen.backend.name;
  for (std::size_t i = 0; i < upstream::kOutcomes; ++i) {
    std::string outcome(to_string(static_cast<Outcome>(i)));
    raise_to(requests_.Add({{"backend", name}, {"outcome", outcome}}), seen.outcomes[i]);
  }
  raise_to(ejections_.Add({{"backend", name}}), seen.ejections);
  raise_to(checks_.Add({{"backend", name}, {"result", "passed"}}), seen.checks_passed);
  raise_to(checks_.Add({{"backend", name}, {"result", "failed"}}), seen.checks_failed);
  raise_to(sent_elsewhere_.Add({{"backend", name}}), seen.sent_elsewhere);
  in_rotation_.Add({{"backend", name}}).Set(seen.in_rotation ? 1 : 0);
  active_.Add({{"backend", name}}).Set(static_cast<double>(seen.active));
  idle_.Add({{"backend", name}}).Set(static_cast<double>(seen.idle));
  share_.Add({{"backend", name}}).Set(share(seen.recent, recent));
  set_latency(name, seen.latency);
}

// The library's histogram only grows: what has come since the last scrape is added.
void UpstreamMetrics::set_latency(const std::string& backend, const Latency& latency) {
  prometheus::Histogram::BucketBoundaries bounds;
  for (double ms : Latency::kBoundsMs) bounds.push_back(ms / 1000);
  Latency& before = observed_[backend];
  std::vector<double> grown;
  for (std::size_t i = 0; i < latency.counts().size(); ++i) {
    grown.push_back(static_cast<double>(latency.counts()[i] - before.counts()[i]));
  }
  seconds_.Add({{"backend", backend}}, bounds)
      .ObserveMultiple(grown, (latency.sum_ms() - before.sum_ms()) / 1000);
  before = latency;
}

}  // namespace playground::app
