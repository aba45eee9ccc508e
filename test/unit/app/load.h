// Shorthand for tests of what comes of variables and flags.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/config.h"

namespace playground::app {

inline constexpr Machine kMachine{.cores = 4, .open_files = 20'000, .stderr_is_terminal = false};

inline Result<LoadedConfig> load(const Environment& environment, const Flags& flags = {},
                                 unsigned roles = kAllRoles, const Machine& machine = kMachine) {
  return load_config(environment, flags, roles, machine);
}

// The configuration of what must be valid.
inline Config config_of(const Environment& environment, const Flags& flags = {}) {
  auto loaded = load(environment, flags);
  EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
  return loaded ? loaded->config : Config{};
}

// The line by which something is refused; empty when it is not.
inline std::string refusal(const Environment& environment, const Flags& flags = {}) {
  auto loaded = load(environment, flags);
  return loaded ? "" : loaded.error().message;
}

}  // namespace playground::app
