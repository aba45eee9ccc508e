#include "app/option_defaults.h"

#include <algorithm>

#include "app/budget.h"

namespace playground::app::defaults {

void compute_max_running(Config& config, const Machine& machine, unsigned) {
  config.max_running = std::clamp<std::size_t>(std::size_t{4} * machine.cores, 8, 1024);
}

void compute_pool_max(Config& config, const Machine&, unsigned) {
  config.pool_max = std::max(config.pool_size, std::min(4 * config.pool_size, config.max_running));
}

void compute_max_connections(Config& config, const Machine& machine, unsigned roles) {
  std::uint64_t connections = connections_within(machine.open_files, config, roles);
  config.max_connections = static_cast<std::size_t>(std::min(connections, kMaxConnections));
}

void compute_cpu(Config& config, const Machine&, unsigned) {
  config.cpu = config.timeout;
}

void compute_drain(Config& config, const Machine&, unsigned) {
  config.drain_timeout = config.timeout + milliseconds(5000);
}

void compute_answer(Config& config, const Machine&, unsigned) {
  config.answer_timeout = config.timeout + config.queue_timeout + milliseconds(2000);
}

void compute_log_format(Config& config, const Machine& machine, unsigned) {
  config.log_format = machine.stderr_is_terminal ? log::Format::text : log::Format::json;
}

}  // namespace playground::app::defaults
