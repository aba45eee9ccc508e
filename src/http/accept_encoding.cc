#include "http/accept_encoding.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace playground::http {
namespace {

// A weight in thousandths; RFC 9110, 12.4.2: at most three digits, and no more than 1.
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

struct Weights {
  std::optional<int> brotli;
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> others;  // "*"
};

// "gzip", "gzip;q=0.5".
void read_member(Weights& weights, std::string_view member) {
  std::size_t semicolon = std::min(member.find(';'), member.size());
  std::string_view coding = trim(member.substr(0, semicolon));
  std::optional<int> weight = 1000;
  if (semicolon < member.size()) {
    std::string_view parameter = trim(member.substr(semicolon + 1));
    if (!equals_ignoring_case(parameter.substr(0, 2), "q=")) return;
    weight = parse_weight(parameter.substr(2));
  }
  if (!weight) return;
  if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip")) {
    weights.gzip = weight;
  } else if (equals_ignoring_case(coding, "br")) {
    weights.brotli = weight;
  } else if (equals_ignoring_case(coding, "identity")) {
    weights.identity = weight;
  } else if (coding == "*") {
    weights.others = weight;
  }
}

Weights read_weights(const Headers& request) {
  Weights weights;
  for (const Header& field : request) {
    if (!equals_ignoring_case(field.name, "accept-encoding")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view member = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(member.size() + 1, rest.size()));
      read_member(weights, member);
    }
  }
  return weights;
}

}  // namespace

Coding preferred_coding(const Headers& request, Codings available) {
  Weights weights = read_weights(request);
  // Not named, a coding is not acceptable; the body as it is would be, but nobody asked for it.
  int others = weights.others.value_or(0);
  Coding best = Coding::kIdentity;
  int most = weights.identity.value_or(others);
  auto consider = [&](Coding coding, bool there, std::optional<int> named) {
    int weight = named.value_or(others);
    if (!there || weight == 0 || weight < most) return;
    best = coding;
    most = weight;
  };
  consider(Coding::kGzip, available.gzip, weights.gzip);
  consider(Coding::kBrotli, available.brotli, weights.brotli);
  return best;
}

}  // namespace playground::http
