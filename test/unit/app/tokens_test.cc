#include "app/tokens.h"

#include <gtest/gtest.h>

namespace playground::app {
namespace {

bool admitted(const std::vector<std::string>& tokens, const std::vector<std::string>& sent) {
  http::Headers headers;
  for (const std::string& value : sent) headers.add("authorization", value);
  return Tokens(tokens).admit(headers);
}

TEST(Tokens, WithoutAnyEverybodyComesIn) {
  EXPECT_FALSE(Tokens({}).demanded());
  EXPECT_TRUE(admitted({}, {}));
  EXPECT_TRUE(admitted({}, {"Bearer what"}));
}

TEST(Tokens, AnyOfThemIsGood) {
  for (const char* sent : {"Bearer first", "Bearer second", "bearer second", "BEARER  second "}) {
    EXPECT_TRUE(admitted({"first", "second"}, {sent})) << sent;
  }
}

TEST(Tokens, NothingElseIs) {
  for (const char* sent : {"", "Bearer", "Bearer ", "first", "Basic first", "Bearer firs",
                           "Bearer firstt", "Bearer firstfirst", "Bearer First",
                           "Bearer first second", "Bearer first,second", "Bearerfirst"}) {
    EXPECT_FALSE(admitted({"first", "second"}, {sent})) << sent;
  }
  EXPECT_FALSE(admitted({"first"}, {}));
}

TEST(Tokens, WhichOneItIsIsTold) {
  Tokens tokens({"first", "second"});
  EXPECT_EQ(tokens.find("first"), 0U);
  EXPECT_EQ(tokens.find("second"), 1U);
  EXPECT_EQ(tokens.find("third"), std::nullopt);
  EXPECT_EQ(tokens.find(""), std::nullopt);
  EXPECT_EQ(Tokens({}).find(""), std::nullopt);
}

TEST(Tokens, TwoFieldsAreOneTooMany) {
  EXPECT_FALSE(admitted({"first"}, {"Bearer first", "Bearer first"}));
}

TEST(Tokens, AnUnauthorizedReplySaysHow) {
  auto response = unauthorized();
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.headers.get("WWW-Authenticate"), "Bearer");
}

}  // namespace
}  // namespace playground::app
