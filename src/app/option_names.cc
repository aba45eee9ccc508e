#include <algorithm>
#include <cctype>
#include <vector>

#include "app/options.h"

namespace playground::app {
namespace {

// How many letters have to be put in, left out or changed to get from `a` to `b` (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

std::string variable_of(const Option& option) {
  return "PLAYGROUND_" + std::string(option.name);
}

std::string flag_of(const Option& option) {
  std::string flag = "--";
  for (char c : option.name) {
    flag += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return flag;
}

std::string allowed_by(const Option& option) {
  if (!option.range.words.empty()) return std::string(option.range.words);
  std::string text =
      std::to_string(option.range.least) + " to " + std::to_string(option.range.most);
  return option.unit.empty() ? text : text + " " + std::string(option.unit);
}

std::string used_by(const Option& option) {
  if (option.used_by == kBackend) return "backend";
  return option.used_by == kUi ? "ui" : "backend, ui";
}

const Option& closest_to(std::string_view name) {
  return *std::min_element(options().begin(), options().end(),
                           [&](const Option& a, const Option& b) {
                             return distance(name, a.name) < distance(name, b.name);
                           });
}

}  // namespace playground::app
