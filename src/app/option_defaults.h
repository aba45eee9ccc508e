// OptionDefaults: defaults that depend on the machine or on other options. Each sets one member of
// the Config, once every option that was given has been read.
#pragma once

#include "app/config.h"

namespace playground::app::defaults {

// The most that MAX_CONNECTIONS may be.
constexpr std::uint64_t kMaxConnections = 1'000'000;

void compute_max_running(Config& config, const Machine& machine, unsigned roles);
// Further workers could run no program (MAX_RUNNING), and four times the number is already most of
// what more of them gain in a burst.
void compute_pool_max(Config& config, const Machine& machine, unsigned roles);
void compute_max_connections(Config& config, const Machine& machine, unsigned roles);
void compute_cpu(Config& config, const Machine& machine, unsigned roles);
void compute_drain(Config& config, const Machine& machine, unsigned roles);
void compute_answer(Config& config, const Machine& machine, unsigned roles);
void compute_log_format(Config& config, const Machine& machine, unsigned roles);

}  // namespace playground::app::defaults
