#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace playground {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return unexpected("odd", 7);
  return number / 2;
}

TEST(Result, HoldsTheValue) {
  auto result = half(8);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 4);
  EXPECT_EQ(result.value(), 4);
}

TEST(Result, HoldsTheError) {
  auto result = half(3);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "odd");
  EXPECT_EQ(result.error().code, 7);
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
  std::unique_ptr<int> taken = std::move(*result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, TellsAValueFromAnErrorOfTheSameType) {
  Result<std::string, std::string> good(std::string("x"));
  Result<std::string, std::string> bad(Unexpected<std::string>{"x"});
  EXPECT_TRUE(good);
  EXPECT_FALSE(bad);
}

TEST(Result, OfVoidIsSuccessUnlessTold) {
  Result<void> good;
  Result<void> bad = unexpected("no");
  EXPECT_TRUE(good);
  EXPECT_EQ(bad.error().message, "no");
}

TEST(ResultDeathTest, AskedForTheOtherSideAborts) {
  EXPECT_DEATH((void)half(3).value(), "broken invariant");
  EXPECT_DEATH((void)half(2).error(), "broken invariant");
}

}  // namespace
}  // namespace playground
