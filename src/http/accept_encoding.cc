#include "http/accept_encoding.h"

#include <optional>

#include "base/text.h"
#include "http/weighted_list.h"

namespace playground::http {
namespace {

struct Weights {
  std::optional<int> brotli;
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> others;  // "*"
};

Weights read_weights(const Headers& request) {
  Weights weights;
  each_weighted(request, "accept-encoding", [&](const Weighted& coding) {
    if (coding.has_others) return;
    if (equals_ignoring_case(coding.name, "gzip") || equals_ignoring_case(coding.name, "x-gzip")) {
      weights.gzip = coding.weight;
    } else if (equals_ignoring_case(coding.name, "br")) {
      weights.brotli = coding.weight;
    } else if (equals_ignoring_case(coding.name, "identity")) {
      weights.identity = coding.weight;
    } else if (coding.name == "*") {
      weights.others = coding.weight;
    }
  });
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
