#include "app/options.h"

#include <vector>

#include "app/option_rows.h"

namespace playground::app {

std::span<const Option> options() {
  static const std::vector<Option> table = [] {
    std::vector<Option> rows;
    for (auto part : {listener_rows(), program_rows(), service_rows(), upstream_rows(),
                      token_rows(), caller_rows(), log_rows()}) {
      rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
  }();
  return table;
}

}  // namespace playground::app
