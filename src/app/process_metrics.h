// ProcessMetrics: memory, descriptors and CPU time of this process, under the names that
// Prometheus' own clients give them.
#pragma once

namespace prometheus {
class Counter;
class Gauge;
class Registry;
}  // namespace prometheus

namespace playground::app {

class ProcessMetrics {
 public:
  explicit ProcessMetrics(prometheus::Registry& registry);

  // Reads /proc/self; what can't be read keeps its last value.
  void read();

 private:
  prometheus::Gauge& resident_bytes_;
  prometheus::Gauge& virtual_bytes_;
  prometheus::Gauge& open_files_;
  prometheus::Gauge& max_files_;
  prometheus::Gauge& start_time_;
  prometheus::Counter& cpu_seconds_;
};

}  // namespace playground::app
