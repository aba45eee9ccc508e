// CgroupTree: what the kernel would show of cgroups, as files in a folder that goes with the test.
// Unlike the kernel's, a group made in it stays empty.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/cgroup.h"

namespace playground {

class CgroupTree : public testing::Test {
 protected:
  CgroupTree() {
    char name[] = "/tmp/playground-cgroup-XXXXXX";
    folder_ = ::mkdtemp(name);
    std::filesystem::create_directories(folder_ + "/cgroup");
  }
  ~CgroupTree() override { std::filesystem::remove_all(folder_); }

  // "self" is /proc/self/cgroup; what is below "cgroup/" is mounted.
  void write(const std::string& path, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(folder_ + "/" + path).parent_path());
    std::ofstream(folder_ + "/" + path) << content;
  }

  CgroupSources sources() const { return {folder_ + "/cgroup", folder_ + "/self"}; }

  std::string folder_;
};

}  // namespace playground
