// OptionRows: the parts of the table of options, one for each theme, in the order in which it has
// them.
#pragma once

#include <cstdint>
#include <span>

#include "app/options.h"

namespace playground::app {

std::span<const Option> listener_rows();
std::span<const Option> program_rows();
std::span<const Option> service_rows();
std::span<const Option> upstream_rows();
std::span<const Option> token_rows();
std::span<const Option> caller_rows();
std::span<const Option> log_rows();

// The longest of times that are not a program's.
inline constexpr std::uint64_t kDayMs = 86'400'000;

// A row of the table: `Values` reads and shows it. Columns left out are those that a row rarely
// has.
template <class Values>
constexpr Option row(Option option) {
  option.assign = Values::assign;
  option.show = Values::show;
  return option;
}

}  // namespace playground::app
