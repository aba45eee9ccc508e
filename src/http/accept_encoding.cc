#include "http/accept_encoding.h"

#include <optional>

#include "base/text.h"
#include "http/weighted_list.h"

namespace playground::http {

bool prefers_gzip(const Headers& request) {
  std::optional<int> gzip_weight;
  std::optional<int> identity_weight;
  std::optional<int> others;  // "*"
  each_weighted(request, "accept-encoding", [&](const Weighted& coding) {
    if (coding.has_others) return;
    if (equals_ignoring_case(coding.name, "gzip") || equals_ignoring_case(coding.name, "x-gzip")) {
      gzip_weight = coding.weight;
    } else if (equals_ignoring_case(coding.name, "identity")) {
      identity_weight = coding.weight;
    } else if (coding.name == "*") {
      others = coding.weight;
    }
  });
  int gzip = gzip_weight.value_or(others.value_or(0));
  // Not named, it is acceptable, but nobody asked for it.
  int identity = identity_weight.value_or(others.value_or(0));
  return gzip > 0 && gzip >= identity;
}

}  // namespace playground::http
