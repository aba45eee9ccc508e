#include "http/form.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

// "a=1;b=2", or "error".
std::string decoded(std::string_view body) {
  auto form = parse_urlencoded(body);
  if (!form) return "error";
  std::string text;
  for (const FormField& field : *form) text += field.name + "=" + field.value + ";";
  return text;
}

TEST(Urlencoded, KeepsOrderAndRepetition) {
  EXPECT_EQ(decoded("b=1&a=2&b=3"), "b=1;a=2;b=3;");
  EXPECT_EQ(form_value(*parse_urlencoded("b=1&a=2&b=3"), "b"), "1");
  EXPECT_EQ(form_value(*parse_urlencoded("b=1"), "c"), std::nullopt);
}

TEST(Urlencoded, UndoesPlusAndPercent) {
  EXPECT_EQ(decoded("code=print%281+%2B+1%29%0D%0A&n+m=%c3%A9"),
            "code=print(1 + 1)\r\n;n m=\xC3\xA9;");
  auto form = parse_urlencoded("z=a%00b%FF");
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)[0].value, std::string("a\0b\xFF", 4));
}

TEST(Urlencoded, TakesWhatBrowsersLeaveOut) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("&&"), "");
  EXPECT_EQ(decoded("a"), "a=;");
  EXPECT_EQ(decoded("a="), "a=;");
  EXPECT_EQ(decoded("=b"), "=b;");
  EXPECT_EQ(decoded("a=b=c"), "a=b=c;");
  EXPECT_EQ(decoded("&a=1&"), "a=1;");
}

TEST(Urlencoded, RefusesInvalidEscapes) {
  for (std::string_view body :
       {"a=%", "a=%4", "a=%4&b=1", "a=%zz", "a=%4z", "a=%%41", "%=1", "a=% 1", "a=%+1", "a=%-1"}) {
    EXPECT_EQ(decoded(body), "error") << body;
  }
}

TEST(Urlencoded, IsBoundedInFields) {
  std::string body;
  for (int i = 0; i < 1001; ++i) body += "a=1&";
  EXPECT_EQ(decoded(body), "error");
}

TEST(MediaType, IsLowerCasedAndStripped) {
  EXPECT_EQ(media_type("Application/JSON"), "application/json");
  EXPECT_EQ(media_type(" text/html ; charset=utf-8"), "text/html");
  EXPECT_EQ(media_type(""), "");
  EXPECT_EQ(media_type("; a=b"), "");
  EXPECT_TRUE(is_media_type(" Application/JSON ;charset=utf-8", "application/json"));
  EXPECT_FALSE(is_media_type("application/json2", "application/json"));
  EXPECT_FALSE(is_media_type("", "application/json"));
}

TEST(MediaParameter, IsFoundQuotedOrNot) {
  EXPECT_EQ(media_parameter("a/b; charset=utf-8", "charset"), "utf-8");
  EXPECT_EQ(media_parameter("a/b;CHARSET=utf-8;x=y", "charset"), "utf-8");
  EXPECT_EQ(media_parameter("a/b; x=\"; charset=no\"; charset=yes", "charset"), "yes");
  EXPECT_EQ(media_parameter("a/b; c=\"q\\\"u\\\\o;t=e\" ; d=e", "c"), "q\"u\\o;t=e");
  EXPECT_EQ(media_parameter("a/b; c=\"C:\\file\"", "c"), "C:\\file");
  EXPECT_EQ(media_parameter("a/b; c=\"\"", "c"), "");
  EXPECT_EQ(media_parameter("a/b; flag; c=d", "c"), "d");
}

TEST(MediaParameter, IsMissingWhereItIsNotWellFormed) {
  for (std::string_view field : {"a/b", "a/b;", "a/b; c", "a/b; c=", "a/b; c=\"open", "a/b; xc=1",
                                 "a/b; x=\"1\"y; c=d", "a/b; x=; c=d"}) {
    EXPECT_EQ(media_parameter(field, "c"), std::nullopt) << field;
  }
}

}  // namespace
}  // namespace playground::http
