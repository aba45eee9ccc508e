#include "base/cgroup.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/text.h"

namespace playground {
namespace {

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

bool has_controller(std::string_view list, std::string_view controller) {
  auto names = split_list(list, ',');
  return std::find(names.begin(), names.end(), controller) != names.end();
}

}  // namespace

// /proc/self/cgroup has a line "number:controllers:path" for each hierarchy; version 2's is
// "0::path" (cgroups(7)). Where both versions are in use, version 2 is mounted in a folder of its
// own.
std::vector<CgroupHierarchy> cgroup_hierarchies(std::string_view controller,
                                                const CgroupSources& sources) {
  std::vector<CgroupHierarchy> found;
  std::ifstream file(sources.process);
  for (std::string line; std::getline(file, line);) {
    std::size_t first = line.find(':');
    std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    std::string path = line.substr(second + 1);
    if (controllers.empty()) {
      std::string hybrid = sources.mount + "/unified";
      found.push_back({exists(hybrid) ? hybrid : sources.mount, path, true});
    } else if (has_controller(controllers, controller)) {
      std::string alone = sources.mount + "/" + std::string(controller);
      std::string together = sources.mount + "/" + controllers;
      found.push_back({exists(alone) ? alone : together, path, false});
    }
  }
  return found;
}

std::vector<std::string> ancestry(std::string path) {
  std::vector<std::string> found;
  while (true) {
    while (path.ends_with('/')) path.pop_back();
    found.push_back(path);
    if (path.empty()) return found;
    path.resize(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  }
}

std::optional<std::string> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return line;
}

}  // namespace playground
