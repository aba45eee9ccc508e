#include "base/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test/unit/base/cgroup_tree.h"

namespace playground {
namespace {

using testing::ElementsAre;

TEST(Ancestry, EndsAtTheMountPoint) {
  EXPECT_THAT(ancestry("/kubepods/pod1/container"),
              ElementsAre("/kubepods/pod1/container", "/kubepods/pod1", "/kubepods", ""));
}

TEST(Ancestry, OfTheRootIsTheMountPointAlone) {
  EXPECT_THAT(ancestry("/"), ElementsAre(""));
  EXPECT_THAT(ancestry(""), ElementsAre(""));
}

TEST(Ancestry, TakesNoNoticeOfSlashesAtTheEnd) {
  EXPECT_THAT(ancestry("/a//"), ElementsAre("/a", ""));
}

TEST_F(CgroupTree, FirstLineOfAFileIsItsValue) {
  write("cgroup/memory.max", "1000\nrest\n");
  write("cgroup/without-end", "max");
  write("cgroup/empty", "");
  EXPECT_EQ(first_line(folder_ + "/cgroup/memory.max"), "1000");
  EXPECT_EQ(first_line(folder_ + "/cgroup/without-end"), "max");
  EXPECT_EQ(first_line(folder_ + "/cgroup/empty"), std::nullopt);
  EXPECT_EQ(first_line(folder_ + "/cgroup/none"), std::nullopt);
}

}  // namespace
}  // namespace playground
