#include "http/entity_tag.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

constexpr const char* kTag = "\"abc\"";

bool known(std::initializer_list<const char*> fields) {
  Headers headers;
  for (const char* value : fields) headers.add("if-none-match", value);
  return is_known_to_client(headers, kTag);
}

TEST(EntityTag, IsFoundInAnyList) {
  for (const char* value :
       {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"y\" , W/\"abc\"",
        "\"a,b\", \"abc\", \"z\"", ", ,\"abc\"", "\"\", \"abc\"", "*", " * ", "\"abc\" nonsense"}) {
    EXPECT_TRUE(known({value})) << value;
  }
}

TEST(EntityTag, IsNotFoundInAnythingElse) {
  for (const char* value :
       {"", "abc", "\"ab\"", "\"abcd\"", "\"x abc\"", "\"ABC\"", "w/\"abc\"", "\"abc", "W/abc",
        "x, \"abc\"", "\"x\" *", "*, \"x\"", "W/ \"abc\"", "\"x, \"abc\"x"}) {
    EXPECT_FALSE(known({value})) << value;
  }
  EXPECT_FALSE(known({}));
}

TEST(EntityTag, MayStandInAnyOfSeveralFields) {
  EXPECT_TRUE(known({"\"x\"", "\"abc\""}));
}

}  // namespace
}  // namespace playground::http
