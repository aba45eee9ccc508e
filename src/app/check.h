// `playground check`: the configuration with where each value came from, the budget, and what was
// tried.
#pragma once

#include <string>
#include <vector>

#include "app/budget.h"
#include "app/command_line.h"

namespace playground::app {

// Something that was tried rather than computed, as "an interpreter starts and runs a program".
struct Probe {
  enum class Verdict {
    passed,
    doubtful,  // the service runs without: worth a warning
    failed,
  };
  std::string name;
  Verdict verdict = Verdict::failed;
  std::string detail;  // one line
};

// The sandbox that was reached.
struct SandboxTable {
  struct Row {
    std::string tier, layer, state;
  };
  std::string tier;
  std::vector<Row> rows;
  std::string layout;     // of the interpreter's memory, in words
  std::string shortfall;  // one line; empty when it is enough
};

struct CheckReport {
  std::string text;
  int exit_code = 0;  // 2 when the budget is exceeded, the sandbox too little, or a probe failed
};

CheckReport check(const Command& command, const std::vector<BudgetLine>& budget,
                  const std::vector<Probe>& probes, const SandboxTable& sandbox = {});

}  // namespace playground::app
