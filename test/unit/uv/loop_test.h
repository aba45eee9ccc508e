// What the tests of src/uv share: a loop whose destructor, at the end of each test, insists on
// being clean.
#pragma once

#include <gtest/gtest.h>

#include "uv/loop.h"

namespace playground::uv {

class LoopTest : public testing::Test {
 protected:
  // Turns the loop until the condition holds; ctest's time-out ends a test whose condition never
  // does.
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) loop_.run_once();
  }

  Loop loop_;
};

}  // namespace playground::uv
