// What is mapped in this process, as neighbours that could become one mapping.
#pragma once

#include <cstddef>
#include <cstdint>

namespace playground::pool {

// A part of a cluster whose contents count.
struct Extent {
  std::uintptr_t start, end;
  bool anonymous;  // pages that aren't there hold nothing
};

// Mappings that lie close to one another.
struct Cluster {
  std::uintptr_t start, end;
  std::size_t first, count;  // of MemoryMap::extents
  std::size_t mappings;      // those that can't be accessed at all included
};

struct MemoryMap {
  static constexpr std::size_t kMostExtents = 4096;
  static constexpr std::size_t kMostClusters = 64;

  std::size_t mappings = 0;  // all there are
  std::size_t extent_count = 0;
  std::size_t cluster_count = 0;
  Extent extents[kMostExtents];
  Cluster clusters[kMostClusters];
};

// Left out are the stack, the kernel's own pages, and memory that is shared to be written to.
// False, with errno, when the map can't be read or has more in it than there is room for.
bool read_memory_map(MemoryMap& map);

}  // namespace playground::pool
