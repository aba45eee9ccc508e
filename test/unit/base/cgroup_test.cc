#include "base/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace playground
