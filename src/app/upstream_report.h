// UpstreamReport: the ui's backends as /debug/state and /metrics show them.
#pragma once

#include <array>
#include <map>
#include <string>

#include "base/json_writer.h"
#include "upstream/proxy.h"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
template <typename T>
class Family;
}  // namespace prometheus

namespace playground::app {

// Writes the members "backends" and "retries" into an object that is open.
void write_upstreams(JsonWriter& json, const upstream::Proxy::Snapshot& seen);

// Copies into metrics what the proxy has counted.
class UpstreamMetrics {
 public:
  // The registry outlives it.
  explicit UpstreamMetrics(prometheus::Registry& registry);

  // Just before a scrape.
  void set(const upstream::Proxy::Snapshot& seen);

 private:
  using Counters = prometheus::Family<prometheus::Counter>;
  using Gauges = prometheus::Family<prometheus::Gauge>;
  using Histograms = prometheus::Family<prometheus::Histogram>;

  void set_backend(const upstream::Upstream::Snapshot& backend, std::uint64_t recent);
  void set_latency(const std::string& backend, const upstream::Latency& latency);

  Counters& requests_;
  Counters& ejections_;
  Counters& checks_;
  Counters& sent_elsewhere_;
  Gauges& in_rotation_;
  Gauges& active_;
  Gauges& idle_;
  Gauges& share_;
  Histograms& seconds_;
  prometheus::Counter& retries_;
  prometheus::Counter& retries_refused_;
  prometheus::Counter& panics_;
  prometheus::Counter& busy_;
  std::map<std::string, upstream::Latency> observed_;  // what seconds_ has already, by backend
};

}  // namespace playground::app
