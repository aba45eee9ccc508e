// Which control groups this process is in, of version 1, 2, or both at once (cgroups(7)).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace playground {

// Where the kernel tells; tests put a tree of their own here.
struct CgroupSources {
  std::string mount = "/sys/fs/cgroup";
  std::string process = "/proc/self/cgroup";
};

// One hierarchy that this process is in: where it is mounted, and the path of the process's group
// in it. In a container the path may be one that exists only outside of it; what is mounted is then
// the container's own group.
struct CgroupHierarchy {
  std::string mount;
  std::string path;
  bool unified = false;  // version 2
};

// The hierarchy of version 1 that has `controller` ("memory"), if any, and that of version 2, which
// may have it or not.
std::vector<CgroupHierarchy> cgroup_hierarchies(std::string_view controller,
                                                const CgroupSources& sources = {});

// The path of a group and those of the groups that it lies in, up to the mount point, which is "":
// a limit of any of them holds.
std::vector<std::string> ancestry(std::string path);

// What such a file has to say is in its first line; nullopt where it can't be read, or is empty.
std::optional<std::string> first_line(const std::string& path);

}  // namespace playground
