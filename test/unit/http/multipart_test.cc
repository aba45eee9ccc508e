#include <gtest/gtest.h>

#include "http/form.h"

namespace playground::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=XyZ";

// "name=value;" of each part, or the error.
std::string decoded(std::string_view body, std::string_view type = kType) {
  auto form = parse_multipart(type, body);
  if (!form) return "error: " + form.error().message;
  std::string text;
  for (const FormField& field : *form) text += field.name + "=" + field.value + ";";
  return text;
}

bool refused(std::string_view body, std::string_view type = kType) {
  return decoded(body, type).starts_with("error");
}

std::string part(const std::string& name, const std::string& value) {
  return "--XyZ\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

TEST(Multipart, GivesNamesAndValuesInOrder) {
  EXPECT_EQ(decoded(part("b", "1") + part("a", "2") + part("b", "") + "--XyZ--\r\n"),
            "b=1;a=2;b=;");
  EXPECT_EQ(decoded(part("a", "1") + "--XyZ--"), "a=1;") << "without the last CRLF";
  EXPECT_EQ(decoded("--XyZ--\r\n"), "") << "a form without fields";
}

TEST(Multipart, ValuesAreKeptByteByByte) {
  std::string value("\r\n--Xy\r\n--xyz\r\n\0\xFF\r\n--\r\n", 23);
  auto form = parse_multipart(kType, part("code", value) + "--XyZ--\r\n");
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)[0].value, value);
}

TEST(Multipart, TakesFilesAndOtherFieldsOfParts) {
  EXPECT_EQ(
      decoded("--XyZ\r\ncontent-type: text/x-python\r\n"
              "CONTENT-DISPOSITION: Form-Data; filename=\"a;b.py\"; name=code\r\n\r\nx\r\n--XyZ--"),
      "code=x;");
}

TEST(Multipart, TakesQuotedBoundariesAndOtherParameters) {
  std::string body = "--a b\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--a b--";
  EXPECT_EQ(decoded(body, "multipart/form-data; charset=utf-8; Boundary=\"a b\""), "n=v;");
}

TEST(Multipart, IgnoresWhatStandsAroundTheParts) {
  EXPECT_EQ(decoded("preamble\r\n" + part("a", "1") + "--XyZ--\r\nepilogue"), "a=1;");
  EXPECT_EQ(decoded("--XyZ \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ--"),
            "a=1;");
}

TEST(Multipart, NeedsABoundary) {
  std::string body = part("a", "1") + "--XyZ--";
  EXPECT_TRUE(refused(body, "multipart/form-data"));
  EXPECT_TRUE(refused(body, "multipart/form-data; boundary="));
  EXPECT_TRUE(refused(body, "multipart/form-data; boundary=\"\""));
  EXPECT_TRUE(refused(body, "multipart/form-data; boundary=\"XyZ"));
  EXPECT_TRUE(refused(body, "multipart/form-data; boundary=Other"));
  EXPECT_TRUE(refused(body, "multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST(Multipart, EveryCutIsRefused) {
  std::string whole = part("a", "1") + part("b", "2") + "--XyZ--";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_TRUE(refused(whole.substr(0, length))) << length;
  }
}

TEST(Multipart, LinesEndInCrLf) {
  EXPECT_TRUE(refused("--XyZ\nContent-Disposition: form-data; name=a\n\n1\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nContent-Disposition: form-data; name=a\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZx\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ--"));
}

TEST(Multipart, PartsNeedNames) {
  EXPECT_TRUE(refused("--XyZ\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nA: b\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XyZ--"));
  EXPECT_TRUE(refused("--XyZ\r\nno field\r\n\r\n1\r\n--XyZ--"));
}

TEST(Multipart, IsBounded) {
  std::string body;
  for (int i = 0; i < 100; ++i) body += part("a", "1");
  EXPECT_FALSE(refused(body + "--XyZ--"));
  EXPECT_TRUE(refused(body + part("a", "1") + "--XyZ--"));
  EXPECT_TRUE(refused(part(std::string(5000, 'n'), "1") + "--XyZ--"));
}

}  // namespace
}  // namespace playground::http
