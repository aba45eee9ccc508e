// Metrics: what /metrics shows, in Prometheus' text format. Each loop has its own, so that counting
// a request waits for nobody; the first loop's has the gauges too, and shows the sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
template <typename T>
class Family;
}  // namespace prometheus

namespace playground::app {

class ProcessMetrics;

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // By the loop's thread. Each combination of labels is kept for ever: none of them may be a
  // client's choice.
  void count_request(std::string_view role, std::string_view route, int status);
  void count_error(std::string_view role, std::string_view code);
  // Until the reply began.
  void observe_request(std::string_view role, std::string_view route, double seconds);

  // What an evaluation spent its time on, in seconds.
  struct EvaluationTimes {
    double queued = 0;  // until an interpreter was free
    double start = 0;   // from there until its first instruction
    double run = 0;     // from an interpreter's being free until the program's end
    double total = 0;   // from the request to the reply
  };
  void observe_evaluation(std::string_view status, const EvaluationTimes& times);

  // Copied from their owners just before a scrape. Counts never go down.
  void set_pool(std::size_t ready, std::size_t warming, std::size_t running, std::size_t queued);
  struct InterpreterGauges {
    std::size_t ready = 0;
    std::size_t running = 0;
    std::size_t queued = 0;
    bool up = false;  // it can make workers
  };
  void set_interpreter(const std::string& name, const InterpreterGauges& gauges);
  // `first` of them are no restarts.
  void set_zygote_starts(std::uint64_t starts, std::uint64_t first);
  void set_workers_lost(std::uint64_t lost);
  void set_workers_given_back(std::uint64_t given_back);
  void set_programs_rerun(std::uint64_t rerun);
  void set_sandbox_tier(int tier);  // -1: none
  void set_connections(std::string_view role, std::size_t open);
  void set_loops(std::size_t count);

  // For what counts by itself and is copied before a scrape.
  prometheus::Registry& registry() { return *registry_; }

  // All of it, with the process's own (memory, descriptors, CPU time) read now, and with what the
  // `others` have counted: they may go on counting meanwhile.
  std::string text(std::span<const Metrics* const> others = {});

 private:
  using Counters = prometheus::Family<prometheus::Counter>;
  using Gauges = prometheus::Family<prometheus::Gauge>;

  std::unique_ptr<prometheus::Registry> registry_;

  // Names of labels are compared as views, so that none is copied to look one up.
  using Labels = std::tuple<std::string_view, std::string_view, int>;
  struct LabelsLess {
    using is_transparent = void;
    bool operator()(const Labels& a, const Labels& b) const { return a < b; }
  };
  template <class Metric>
  using MapOf = std::map<std::tuple<std::string, std::string, int>, Metric*, LabelsLess>;
  using Histograms = prometheus::Family<prometheus::Histogram>;

  // What the request path updates is looked up in the library once, and in these maps after that.
  Counters& requests_;
  MapOf<prometheus::Counter> by_request_;
  Counters& errors_;
  MapOf<prometheus::Counter> by_error_;
  Histograms& request_seconds_;
  MapOf<prometheus::Histogram> by_route_;
  Counters& evaluations_;
  MapOf<prometheus::Counter> by_status_;
  prometheus::Histogram& evaluation_seconds_;
  prometheus::Histogram& queue_seconds_;
  prometheus::Histogram& start_seconds_;
  prometheus::Histogram& total_seconds_;

  prometheus::Gauge& ready_;
  prometheus::Gauge& warming_;
  prometheus::Gauge& running_;
  prometheus::Gauge& queued_;
  Gauges& interpreter_ready_;
  Gauges& interpreter_running_;
  Gauges& interpreter_queued_;
  Gauges& interpreter_up_;
  prometheus::Gauge& sandbox_tier_;
  prometheus::Counter& zygote_restarts_;
  prometheus::Counter& workers_lost_;
  prometheus::Counter& workers_given_back_;
  prometheus::Counter& programs_rerun_;
  Gauges& connections_;
  prometheus::Gauge& loops_;
  std::unique_ptr<ProcessMetrics> process_;
};

}  // namespace playground::app
