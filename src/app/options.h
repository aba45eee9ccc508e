// Options: the one table that makes the flags, --help, the validation, docs/configuration.md and
// `playground check`. An option is added by adding a row to one of its parts
// (option_rows.h), and a member to Config.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/config.h"
#include "base/result.h"

namespace playground::app {

// What a value may be: numbers from `least` to `most`, or what `words` say.
struct Range {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::string_view words{};
};

struct Option {
  std::string_view name;     // "POOL_SIZE"
  std::string_view section;  // rows of one section stand together
  unsigned used_by = kAllRoles;
  std::string_view value;     // what stands for it in the help: "N", "HOST:PORT"
  std::string_view standard;  // the default as one would write it, or in words when it is computed
  Range range{};
  std::string_view unit{};  // "ms", "MB", "KB"
  std::string_view help;

  // Puts a written value into the configuration; the error says what is wrong with it.
  Result<void> (*assign)(Config&, std::string_view value, const Range&) = nullptr;
  // The value as one would write it.
  std::string (*show)(const Config&) = nullptr;
  // Sets a default that depends on others; null when `standard` is the default itself.
  void (*compute)(Config&, const Machine&, unsigned roles) = nullptr;
  // Takes what is in the file that the value names; called only for roles that use it.
  Result<void> (*read)(Config&) = nullptr;
  // Looks at what the value names, or at what it means together with others; likewise.
  Result<void> (*verify)(const Config&) = nullptr;
  // The same where one process plays both roles.
  Result<void> (*verify_together)(const Config&) = nullptr;
  // Nobody may see the value again: messages leave it out.
  bool secret = false;
};

std::span<const Option> options();

std::string variable_of(const Option& option);  // "PLAYGROUND_POOL_SIZE"
std::string flag_of(const Option& option);      // "--pool-size"
std::string allowed_by(const Option& option);   // "1 to 1024", "16 to 1048576 MB", "name=url,…"
std::string used_by(const Option& option);      // "backend", "ui", "backend, ui"

// The option with the most similar name, for messages about misspelt ones.
const Option& closest_to(std::string_view name);

}  // namespace playground::app
