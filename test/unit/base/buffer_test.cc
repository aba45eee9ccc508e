#include "base/buffer.h"

#include <gtest/gtest.h>

namespace playground {
namespace {

TEST(Buffer, GivesBackWhatWasAppendedInOrder) {
  Buffer buffer;
  EXPECT_TRUE(buffer.empty());
  buffer.append(std::string("abc"));
  buffer.append(std::string_view("def"));
  EXPECT_EQ(buffer.view(), "abcdef");
  buffer.consume(2);
  EXPECT_EQ(buffer.view(), "cdef");
  EXPECT_EQ(buffer.size(), 4u);
  buffer.append(std::string("g"));
  EXPECT_EQ(buffer.view(), "cdefg");
  buffer.consume(5);
  EXPECT_TRUE(buffer.empty());
}

TEST(Buffer, StaysRightThroughManySmallSteps) {
  Buffer buffer;
  std::string expected;
  std::size_t out = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string piece(static_cast<std::size_t>(i % 7), static_cast<char>('a' + i % 26));
    expected += piece;
    buffer.append(std::string_view(piece));
    std::size_t step = std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(i % 5));
    ASSERT_EQ(buffer.view().substr(0, step), std::string_view(expected).substr(out, step));
    buffer.consume(step);
    out += step;
  }
  EXPECT_EQ(buffer.view(), std::string_view(expected).substr(out));
}

TEST(Buffer, ClearedIsEmpty) {
  Buffer buffer;
  buffer.append(std::string_view("abc"));
  buffer.consume(1);
  buffer.clear();
  EXPECT_TRUE(buffer.empty());
  buffer.append(std::string("x"));
  EXPECT_EQ(buffer.view(), "x");
}

}  // namespace
}  // namespace playground
