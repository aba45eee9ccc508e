// WeightedList: the members of Accept and Accept-Encoding with their weights (RFC 9110, 12.4.2).
// Pure.
#pragma once

#include <functional>
#include <string_view>

#include "http/message.h"

namespace playground::http {

struct Weighted {
  std::string_view name;    // "gzip", "text/*"
  int weight = 1000;        // in thousandths
  bool has_others = false;  // parameters besides the weight
};

// Each member of the fields of this name, which are one list. Members that are not well formed
// count as not sent.
void each_weighted(const Headers& headers, std::string_view field,
                   const std::function<void(const Weighted&)>& visit);

}  // namespace playground::http
