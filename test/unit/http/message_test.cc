#include "http/message.h"

#include <gtest/gtest.h>

namespace playground::http {
namespace {

TEST(Headers, AreFoundWithoutRegardToCase) {
  Headers headers;
  headers.add("Content-Type", "a");
  headers.add("X", "1");
  headers.add("x", "2");
  EXPECT_EQ(headers.get("content-TYPE"), "a");
  EXPECT_EQ(headers.get("x"), "1");
  EXPECT_EQ(headers.count("X"), 2u);
  EXPECT_EQ(headers.get("y"), std::nullopt);
  EXPECT_EQ(headers.size(), 3u);
}

TEST(Headers, SetReplacesEveryField) {
  Headers headers;
  headers.add("X", "1");
  headers.add("Y", "y");
  headers.add("x", "2");
  headers.set("X", "3");
  EXPECT_EQ(headers.count("x"), 1u);
  EXPECT_EQ(headers.get("x"), "3");
  headers.remove("y");
  EXPECT_EQ(headers.size(), 1u);
}

TEST(Headers, ViewsStayGoodWhileTheyAreMoved) {
  Headers headers;
  headers.add("A", "1");
  std::string_view value = *headers.get("a");
  Headers others = std::move(headers);
  Headers third;
  third = std::move(others);
  EXPECT_EQ(value, "1");
  EXPECT_EQ(third.get("a")->data(), value.data());
}

TEST(Headers, CopiesHaveTheirOwn) {
  Headers headers;
  headers.add("A", "1");
  Headers copy = headers;
  headers.set("A", "2");
  copy.add("B", "3");
  EXPECT_EQ(copy.get("a"), "1");
  EXPECT_EQ(headers.get("a"), "2");
  EXPECT_EQ(headers.size(), 1u);
}

TEST(Headers, MayBeMoreAndLongerThanUsual) {
  Headers headers;
  for (int i = 0; i < 1000; ++i) {
    headers.add("X-" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'v'));
  }
  EXPECT_EQ(headers.size(), 1000u);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(headers.get("x-" + std::to_string(i)), std::string(static_cast<std::size_t>(i), 'v'));
  }
}

TEST(Headers, MayHaveOneFieldWithTheValueOfAnother) {
  Headers headers;
  headers.add("X-0", std::string(100, 'v'));
  for (int i = 1; i < 100; ++i) {
    headers.add("X-" + std::to_string(i), *headers.get("X-" + std::to_string(i - 1)));
  }
  EXPECT_EQ(headers.get("X-99"), std::string(100, 'v'));
  Headers few;
  few.add("A", "1");
  Headers copy = few;
  copy.add("B", *copy.get("A"));
  EXPECT_EQ(copy.get("B"), "1");
  headers.set("X-0", *headers.get("X-99"));
  EXPECT_EQ(headers.get("X-0"), std::string(100, 'v'));
}

TEST(Headers, KeepTheirOrder) {
  Headers headers;
  headers.add("B", "1");
  headers.add("A", "2");
  std::string names;
  for (const Header& field : headers) names += field.name;
  EXPECT_EQ(names, "BA");
}

TEST(Headers, KeepsTheFirstOfEachNameThatIsAskedFor) {
  Headers headers;
  headers.add("Retry-After", "1");
  headers.add("Server", "x");
  headers.add("content-type", "a");
  headers.add("Content-Type", "b");
  headers.add("retry-after", "2");
  constexpr std::string_view kNames[] = {"Content-Type", "Retry-After", "Vary"};
  headers.keep_first(kNames);
  EXPECT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers.get("Retry-After"), "1");
  EXPECT_EQ(headers.get("Content-Type"), "a");
}

TEST(Response, OfAnErrorIsJson) {
  Response response = Response::error(404, "not_found", "no \"such\" page");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"error":{"code":"not_found","message":"no \"such\" page"}})");
}

TEST(Reason, NamesEveryStatusOfTheContract) {
  for (int status : {200, 400, 401, 404, 405, 408, 411, 413, 414, 415, 417, 429, 431, 500, 501, 502,
                     503, 504, 505}) {
    EXPECT_NE(reason(status), "Unknown") << status;
  }
  EXPECT_EQ(reason(299), "Unknown");
}

}  // namespace
}  // namespace playground::http
