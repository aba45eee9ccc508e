// Backend: one of those that requests are sent to, as the operator named it.
#pragma once

#include <string>

#include "base/endpoint.h"

namespace playground::upstream {

struct Backend {
  std::string name;
  Endpoint endpoint;
  unsigned weight = 1;  // 1 to Rotation::kMaxWeight
};

}  // namespace playground::upstream
