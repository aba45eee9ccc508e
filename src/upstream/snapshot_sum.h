// What the proxies of several loops show, as one.
#pragma once

#include <vector>

#include "upstream/proxy.h"

namespace playground::upstream {

// Counts are added up; a backend's state is the worst of any loop, with its reason, and it is in
// the rotation where one loop has it there. At least one, all of the same backends.
Proxy::Snapshot sum_of(const std::vector<Proxy::Snapshot>& seen);

}  // namespace playground::upstream
