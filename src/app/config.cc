#include "app/config.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "app/options.h"
#include "base/cpu_limit.h"
#include "base/json_string.h"

namespace playground::app {
namespace {

constexpr std::string_view kPrefix = "PLAYGROUND_";

struct Given {
  Source source = Source::standard;
  std::string_view value;
};

Given find_given(const Option& option, const Environment& environment, const Flags& flags) {
  if (auto flag = flags.find(option.name); flag != flags.end()) {
    return {Source::flag, flag->second};
  }
  auto variable = environment.find(variable_of(option));
  if (variable == environment.end() || variable->second.empty()) {
    return {Source::standard, option.standard};
  }
  return {Source::environment, variable->second};
}

Unexpected<Error> refusal(const Option& option, const Given& given, const Error& error) {
  std::string line = variable_of(option);
  if (!option.secret) {
    line += "=";
    append_json_string(line, given.value);  // quoted, and one line whatever is in it
  }
  if (given.source == Source::flag) line += " (from " + flag_of(option) + ")";
  if (given.source == Source::standard) line += " (the default)";
  return unexpected(line + ": " + error.message + "; allowed: " + allowed_by(option), error.code);
}

// Kubernetes tells every pod about the services beside it: one named "playground" or
// "playground-ui" gives variables of our prefix that nobody has written, as
// PLAYGROUND_UI_PORT=tcp://10.0.0.1:80.
bool is_service_link(std::string_view name, std::string_view value) {
  bool port = name == "PORT" || name.ends_with("_PORT");
  return name.ends_with("_SERVICE_HOST") || name.starts_with("SERVICE_") ||
         name.find("_SERVICE_PORT") != name.npos || name.find("PORT_") != name.npos ||
         (port && value.find("://") != value.npos);
}

std::vector<std::string> unknown_variables(const Environment& environment) {
  std::vector<std::string> warnings;
  for (auto entry = environment.lower_bound(kPrefix); entry != environment.end(); ++entry) {
    if (!entry->first.starts_with(kPrefix)) break;
    std::string_view name = std::string_view(entry->first).substr(kPrefix.size());
    bool known = std::any_of(options().begin(), options().end(),
                             [&](const Option& option) { return option.name == name; });
    if (known || is_service_link(name, entry->second)) continue;
    std::string line;
    append_json_string(line, entry->first);
    line = line.substr(1, line.size() - 2) + " is not an option and ignored";
    warnings.push_back(line + "; the closest one is " + variable_of(closest_to(name)));
  }
  return warnings;
}

}  // namespace

Machine Machine::of_this_process() {
  Machine machine;
  machine.cores = whole_cores(read_cpu_limit());
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) machine.open_files = files.rlim_max;
  machine.stderr_is_terminal = ::isatty(STDERR_FILENO) == 1;
  return machine;
}

Result<LoadedConfig> load_config(const Environment& environment, const Flags& flags, unsigned roles,
                                 const Machine& machine) {
  LoadedConfig loaded;
  Config& config = loaded.config;
  for (const Option& option : options()) {
    Given given = find_given(option, environment, flags);
    loaded.sources.push_back(given.source);
    if (given.source == Source::standard && (option.compute || option.standard.empty())) continue;
    auto assigned = option.assign(config, given.value, option.range);
    if (!assigned) return refusal(option, given, assigned.error());
  }
  // In a second turn, for these depend on other options' values.
  std::size_t index = 0;
  for (const Option& option : options()) {
    Source source = loaded.sources[index++];
    if (source == Source::standard && option.compute) option.compute(config, machine, roles);
  }
  for (const Option& option : options()) {
    if (!option.read || (option.used_by & roles) == 0) continue;
    auto read = option.read(config);
    if (!read) return refusal(option, find_given(option, environment, flags), read.error());
  }
  for (const Option& option : options()) {
    if (!option.verify || (option.used_by & roles) == 0) continue;
    auto verified = option.verify(config);
    if (!verified) return refusal(option, find_given(option, environment, flags), verified.error());
  }
  for (const Option& option : options()) {
    if (!option.verify_together || roles != kAllRoles) continue;
    auto verified = option.verify_together(config);
    if (!verified) return refusal(option, find_given(option, environment, flags), verified.error());
  }
  loaded.warnings = unknown_variables(environment);
  return loaded;
}

}  // namespace playground::app
