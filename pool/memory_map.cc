#include "pool/memory_map.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace playground::pool {
namespace {

// Mappings with this much between them are neighbours: what lies there costs address space only.
constexpr std::uintptr_t kMostGap = std::uintptr_t{1} << 20;

constexpr std::uintptr_t kVast = std::uintptr_t{1} << 30;

struct Mapping {
  std::uintptr_t start = 0, end = 0;
  char mode[8] = {};
  unsigned long inode = 0;
  char name[256] = {};

  bool readable() const { return mode[0] == 'r'; }
  bool shared() const { return mode[3] == 's'; }
  bool writable() const { return mode[1] == 'w'; }
  // "[stack]", "[vdso]", "[vvar]", "[vvar_vclock]", "[vsyscall]"
  bool special() const { return name[0] == '[' && std::strcmp(name, "[heap]") != 0; }
  // A device's memory, or what others write to.
  bool foreign() const { return (shared() && writable()) || std::strncmp(name, "/dev/", 5) == 0; }
  // A sanitizer's shadow, for one.
  bool vast() const { return end - start > kVast; }
};

bool parse(const char* line, Mapping& mapping) {
  return std::sscanf(line, "%lx-%lx %7s %*s %*s %lu %255s", &mapping.start, &mapping.end,
                     mapping.mode, &mapping.inode, mapping.name) >= 4;
}

// The cluster that a mapping belongs to: the last one, or another. Null when there are too many.
Cluster* cluster_for(MemoryMap& map, const Mapping& mapping, bool broken) {
  if (!broken && map.cluster_count > 0) {
    Cluster& last = map.clusters[map.cluster_count - 1];
    if (mapping.start - last.end <= kMostGap) return &last;
  }
  if (map.cluster_count == MemoryMap::kMostClusters) return nullptr;
  Cluster& added = map.clusters[map.cluster_count++];
  added = {mapping.start, mapping.end, map.extent_count, 0, 0};
  return &added;
}

bool add(MemoryMap& map, const Mapping& mapping, bool broken) {
  Cluster* const cluster = cluster_for(map, mapping, broken);
  if (cluster == nullptr || map.extent_count == MemoryMap::kMostExtents) return false;
  map.extents[map.extent_count++] = {mapping.start, mapping.end, mapping.inode == 0};
  cluster->end = mapping.end;
  ++cluster->count;
  ++cluster->mappings;
  return true;
}

}  // namespace

bool read_memory_map(MemoryMap& map) {
  map.mappings = map.extent_count = map.cluster_count = 0;
  std::FILE* const maps = std::fopen("/proc/self/maps", "re");
  if (maps == nullptr) return false;
  char line[512];
  bool complete = true;
  bool broken = true;  // what follows is no neighbour of what came before
  while (complete && std::fgets(line, sizeof line, maps) != nullptr) {
    Mapping mapping;
    if (!parse(line, mapping)) continue;
    ++map.mappings;
    const bool closed = !mapping.readable();
    if (closed && !broken && mapping.end - map.clusters[map.cluster_count - 1].end <= kMostGap) {
      ++map.clusters[map.cluster_count - 1].mappings;
    } else if (closed || mapping.special() || mapping.foreign() || mapping.vast()) {
      broken = true;
    } else {
      complete = add(map, mapping, broken);
      broken = false;
    }
  }
  std::fclose(maps);
  if (!complete) errno = ENOMEM;
  return complete;
}

}  // namespace playground::pool
