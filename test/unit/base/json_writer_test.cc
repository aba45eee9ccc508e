#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace playground {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.begin_object();
  json.key("a").integer(-1).key("b").begin_array();
  json.string("x").null().boolean(true).boolean(false);
  json.begin_object().end_object().begin_array().end_array().integer(2);
  json.end_array().key("c").begin_object().key("d").string("").end_object();
  json.key("e").number(0.5).end_object();
  EXPECT_EQ(json.take(), R"({"a":-1,"b":["x",null,true,false,{},[],2],"c":{"d":""},"e":0.5})");
}

TEST(JsonWriter, NumbersHaveThreeDecimalsAtMost) {
  auto number = [](double value) {
    JsonWriter json;
    json.number(value);
    return json.take();
  };
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(-0.0001), "0");
  EXPECT_EQ(number(100), "100");
  EXPECT_EQ(number(1.25), "1.25");
  EXPECT_EQ(number(-2.0006), "-2.001");
  EXPECT_EQ(number(1e15), "1000000000000000");
  EXPECT_EQ(number(std::numeric_limits<double>::max()).size(), 309u);
  EXPECT_EQ(number(std::nan("")), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWriter, IntegersOfFullRange) {
  JsonWriter json;
  json.begin_array().integer(INT64_MIN).integer(INT64_MAX).end_array();
  EXPECT_EQ(json.take(), "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, CountsAreMembersOfFullRange) {
  JsonWriter json;
  json.begin_object().count("none", 0).count("all", UINT64_MAX);
  json.key("next").null().end_object();
  EXPECT_EQ(json.take(), R"({"none":0,"all":18446744073709551615,"next":null})");
}

}  // namespace
}  // namespace playground
