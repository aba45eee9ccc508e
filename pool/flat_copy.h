// One cluster of mappings becomes one mapping, in its place.
#pragma once

#include "pool/memory_map.h"

namespace playground::pool {

// False with errno and the step that failed; the cluster is then as it was. The process has one
// thread and takes no signal meanwhile.
bool copy_flat(const MemoryMap& map, const Cluster& cluster, const char** step);

}  // namespace playground::pool
