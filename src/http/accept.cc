#include "http/accept.h"

#include <functional>
#include <string>

#include "base/text.h"
#include "http/weighted_list.h"

namespace playground::http {
namespace {

// How closely a range of a list fits: 3 by name, 2 by its first half, 1 as */*, 0 not at all.
int fit(std::string_view range, std::string_view media_type) {
  if (equals_ignoring_case(range, media_type)) return 3;
  std::string half(media_type.substr(0, media_type.find('/') + 1));
  if (equals_ignoring_case(range, half + '*')) return 2;
  return range == "*/*" ? 1 : 0;
}

}  // namespace

bool asks_for(const Headers& request, std::string_view media_type, std::string_view usual) {
  int wanted = 0;
  int other = 0;
  int best_fit = 0;
  auto look = [&](const Weighted& range) {
    if (equals_ignoring_case(range.name, media_type)) wanted = range.weight;
    int close = fit(range.name, usual);
    if (close <= best_fit) return;
    best_fit = close;
    other = range.weight;
  };
  each_weighted(request, "accept", std::ref(look));
  return wanted > 0 && wanted >= other;
}

}  // namespace playground::http
