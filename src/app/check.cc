#include "app/check.h"

#include <algorithm>
#include <string_view>

#include "app/options.h"
#include "app/version.h"

namespace playground::app {
namespace {

struct Row {
  std::string name;
  std::string value;
  std::string source;
};

std::string source_text(const Option& option, Source source) {
  switch (source) {
    case Source::standard:
      return "default";
    case Source::environment:
      return "environment";
    case Source::flag:
      return flag_of(option);
  }
  return "";
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string settings_table(const Command& command) {
  std::vector<Row> rows;
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (std::size_t i = 0; i < options().size(); ++i) {
    const Option& option = options()[i];
    std::string value = option.show(command.config);
    if (value.empty()) value = "none";
    if (!option.unit.empty()) value += " " + std::string(option.unit);
    rows.push_back({variable_of(option), value, source_text(option, command.sources[i])});
    name_width = std::max(name_width, rows.back().name.size());
    value_width = std::max(value_width, std::min<std::size_t>(rows.back().value.size(), 40));
  }
  std::string text;
  for (const Row& row : rows) {
    text += "  " + padded(row.name, name_width) + "  " + padded(row.value, value_width) + "  " +
            row.source + "\n";
  }
  return text;
}

std::string sandbox_text(const SandboxTable& sandbox) {
  if (sandbox.tier.empty() && sandbox.shortfall.empty()) return "";
  std::string text = "\nSandbox\n";
  std::size_t width = 0;
  for (const auto& row : sandbox.rows) width = std::max(width, row.layer.size());
  for (const auto& row : sandbox.rows) {
    text += "  " + row.tier + "  " + padded(row.layer, width) + "  " + row.state + "\n";
  }
  if (!sandbox.tier.empty()) text += "  reached: " + sandbox.tier + "\n";
  if (!sandbox.layout.empty()) text += "  flat memory: " + sandbox.layout + "\n";
  if (!sandbox.shortfall.empty()) text += "  FAILED  " + sandbox.shortfall + "\n";
  return text;
}

// BudgetLine's or Probe's, which are of the same order: good, doubtful, bad.
template <class Verdict>
std::string_view mark(Verdict verdict) {
  constexpr std::string_view kMarks[] = {"ok    ", "warn  ", "FAILED"};
  return kMarks[static_cast<int>(verdict)];
}

}  // namespace

CheckReport check(const Command& command, const std::vector<BudgetLine>& budget,
                  const std::vector<Probe>& probes, const SandboxTable& sandbox) {
  CheckReport report;
  report.text = "playground " + std::string(kVersion) + "\n\nOptions\n" + settings_table(command);
  for (const std::string& warning : command.warnings) report.text += "  warning: " + warning + "\n";
  report.text += "\nBudget\n";
  for (const BudgetLine& line : budget) {
    report.text +=
        "  " + std::string(mark(line.verdict)) + "  " + line.name + ": " + line.detail + "\n";
    if (line.verdict == BudgetLine::Verdict::exceeded) report.exit_code = 2;
  }
  report.text += sandbox_text(sandbox);
  if (!sandbox.shortfall.empty()) report.exit_code = 2;
  if (!probes.empty()) report.text += "\nProbes\n";
  for (const Probe& probe : probes) {
    report.text += "  " + std::string(mark(probe.verdict)) + "  " + probe.name;
    report.text += (probe.detail.empty() ? "" : ": " + probe.detail) + "\n";
    if (probe.verdict == Probe::Verdict::failed) report.exit_code = 2;
  }
  report.text += report.exit_code == 0 ? "\nAll is well.\n" : "\nNot all is well.\n";
  return report;
}

}  // namespace playground::app
