#include "http/weighted_list.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace playground::http {
namespace {

// Cuts off `rest` what stands before the separator.
std::string_view take_until(std::string_view& rest, char separator) {
  std::string_view taken = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

// At most three digits, and no more than 1.
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() == 1) return weight;
  if (text[1] != '.') return std::nullopt;
  int place = 100;
  for (char c : text.substr(2)) {
    if (c < '0' || c > '9') return std::nullopt;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight <= 1000 ? std::optional<int>(weight) : std::nullopt;
}

// "gzip", "gzip;q=0.5", "text/plain;charset=utf-8;q=0.5": the weight comes last.
std::optional<Weighted> parse_member(std::string_view member) {
  if (trim(member).ends_with(';')) return std::nullopt;
  Weighted weighted;
  weighted.name = trim(take_until(member, ';'));
  while (!member.empty()) {
    std::string_view parameter = trim(take_until(member, ';'));
    if (parameter.empty()) return std::nullopt;
    if (!equals_ignoring_case(parameter.substr(0, 2), "q=")) {
      weighted.has_others = true;
      continue;
    }
    auto weight = parse_weight(parameter.substr(2));
    if (!weight || !member.empty()) return std::nullopt;
    weighted.weight = *weight;
  }
  return weighted;
}

}  // namespace

void each_weighted(const Headers& headers, std::string_view field,
                   const std::function<void(const Weighted&)>& visit) {
  for (const Header& header : headers) {
    if (!equals_ignoring_case(header.name, field)) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      if (auto weighted = parse_member(take_until(rest, ','))) visit(*weighted);
    }
  }
}

}  // namespace playground::http
