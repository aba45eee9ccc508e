#include "app/metrics.h"

#include <prometheus/text_serializer.h>

#include <sstream>
#include <utility>

#include "app/metric_families.h"
#include "app/metrics_sum.h"
#include "app/process_metrics.h"
#include "app/version.h"

namespace playground::app {
namespace {

using prometheus::Counter;
using prometheus::Histogram;
using prometheus::Registry;

// From a warm hello to the longest time that is usually allowed.
const Histogram::BucketBoundaries kSeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,   0.5,   1,      2.5,   5,    10,    30,   60};

Histogram& histogram(Registry& registry, const char* name, const char* help) {
  return histograms(registry, name, help).Add({}, kSeconds);
}

template <class Map, class Labels, class Make>
auto& find_or_make(Map& map, const Labels& key, Make make) {
  auto found = map.find(key);
  if (found == map.end()) found = map.emplace(key, &make()).first;
  return *found->second;
}

}  // namespace

Metrics::Metrics()
    : registry_(std::make_unique<Registry>()),
      requests_(counters(*registry_, "playground_requests_total", "Requests by their replies.")),
      errors_(counters(*registry_, "playground_error_replies_total",
                       "Replies that are errors, by the code in them.")),
      request_seconds_(histograms(*registry_, "playground_request_seconds",
                                  "Time from a request's last byte until its reply began.")),
      evaluations_(counters(*registry_, "playground_evaluations_total",
                            "Programs that were run, by how they ended.")),
      evaluation_seconds_(histogram(*registry_, "playground_evaluation_seconds",
                                    "Wall-clock time of programs, from start to end.")),
      queue_seconds_(histogram(*registry_, "playground_queue_seconds",
                               "Time that programs waited for an interpreter.")),
      start_seconds_(histogram(*registry_, "playground_start_seconds",
                               "Time from an interpreter's being free to the program's start.")),
      total_seconds_(histogram(*registry_, "playground_evaluation_total_seconds",
                               "Time from a program's request to its reply.")),
      ready_(gauge(*registry_, "playground_pool_ready", "Interpreters that are ready.")),
      warming_(
          gauge(*registry_, "playground_pool_warming", "Interpreters that are getting ready.")),
      running_(gauge(*registry_, "playground_pool_running", "Programs that run.")),
      queued_(gauge(*registry_, "playground_pool_queued", "Programs that wait.")),
      interpreter_ready_(gauges(*registry_, "playground_interpreter_ready",
                                "Workers of an interpreter that are ready.")),
      interpreter_running_(gauges(*registry_, "playground_interpreter_running",
                                  "Programs that run, by their interpreter.")),
      interpreter_queued_(gauges(*registry_, "playground_interpreter_queued",
                                 "Programs that wait, by their interpreter.")),
      interpreter_up_(gauges(*registry_, "playground_interpreter_up",
                             "1 for an interpreter that programs can be run by, else 0.")),
      sandbox_tier_(gauge(*registry_, "playground_sandbox_tier",
                          "The sandbox's tier: 0 for T0, 1 for T1, 2 for T2, -1 for none.")),
      zygote_restarts_(counter(*registry_, "playground_zygote_restarts_total",
                               "Zygotes that were started after the first.")),
      workers_lost_(counter(*registry_, "playground_workers_lost_total",
                            "Ready interpreters that died without having been used.")),
      workers_given_back_(counter(*registry_, "playground_workers_given_back_total",
                                  "Interpreters ended unused after the demand for them.")),
      programs_rerun_(counter(*registry_, "playground_programs_rerun_total",
                              "Programs given to another interpreter, the first having died "
                              "before their start.")),
      connections_(gauges(*registry_, "playground_connections", "Connections of clients.")),
      loops_(gauge(*registry_, "playground_loops", "Event loops (PLAYGROUND_LOOPS).")),
      process_(std::make_unique<ProcessMetrics>(*registry_)) {
  gauges(*registry_, "playground_build_info", "Always 1; the version is in the label.")
      .Add({{"version", std::string(kVersion)}})
      .Set(1);
}

Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view role, std::string_view route, int status) {
  find_or_make(by_request_, Labels(role, route, status), [&]() -> Counter& {
    return requests_.Add({{"role", std::string(role)},
                          {"route", std::string(route)},
                          {"code", std::to_string(status)}});
  }).Increment();
}

void Metrics::count_error(std::string_view role, std::string_view code) {
  find_or_make(by_error_, Labels(role, code, 0), [&]() -> Counter& {
    return errors_.Add({{"role", std::string(role)}, {"error", std::string(code)}});
  }).Increment();
}

void Metrics::observe_request(std::string_view role, std::string_view route, double seconds) {
  find_or_make(by_route_, Labels(role, route, 0), [&]() -> Histogram& {
    return request_seconds_.Add({{"role", std::string(role)}, {"route", std::string(route)}},
                                kSeconds);
  }).Observe(seconds);
}

void Metrics::observe_evaluation(std::string_view status, const EvaluationTimes& times) {
  find_or_make(by_status_, Labels(status, "", 0), [&]() -> Counter& {
    return evaluations_.Add({{"status", std::string(status)}});
  }).Increment();
  queue_seconds_.Observe(times.queued);
  start_seconds_.Observe(times.start);
  evaluation_seconds_.Observe(times.run);
  total_seconds_.Observe(times.total);
}

void Metrics::set_pool(std::size_t ready, std::size_t warming, std::size_t running,
                       std::size_t queued) {
  ready_.Set(static_cast<double>(ready));
  warming_.Set(static_cast<double>(warming));
  running_.Set(static_cast<double>(running));
  queued_.Set(static_cast<double>(queued));
}

void Metrics::set_interpreter(const std::string& name, const InterpreterGauges& gauges) {
  const prometheus::Labels labels{{"python", name}};
  interpreter_ready_.Add(labels).Set(static_cast<double>(gauges.ready));
  interpreter_running_.Add(labels).Set(static_cast<double>(gauges.running));
  interpreter_queued_.Add(labels).Set(static_cast<double>(gauges.queued));
  interpreter_up_.Add(labels).Set(gauges.up ? 1 : 0);
}

void Metrics::set_zygote_starts(std::uint64_t starts, std::uint64_t first) {
  raise_to(zygote_restarts_, starts > first ? starts - first : 0);
}

void Metrics::set_workers_lost(std::uint64_t lost) {
  raise_to(workers_lost_, lost);
}

void Metrics::set_workers_given_back(std::uint64_t given_back) {
  raise_to(workers_given_back_, given_back);
}

void Metrics::set_programs_rerun(std::uint64_t rerun) {
  raise_to(programs_rerun_, rerun);
}

void Metrics::set_sandbox_tier(int tier) {
  sandbox_tier_.Set(tier);
}

void Metrics::set_connections(std::string_view role, std::size_t open) {
  connections_.Add({{"role", std::string(role)}}).Set(static_cast<double>(open));
}

void Metrics::set_loops(std::size_t count) {
  loops_.Set(static_cast<double>(count));
}

std::string Metrics::text(std::span<const Metrics* const> others) {
  process_->read();
  auto families = registry_->Collect();
  for (const Metrics* other : others) add_counts(families, other->registry_->Collect());
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families);
  return std::move(out).str();
}

}  // namespace playground::app
