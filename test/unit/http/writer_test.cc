#include "http/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(Writer, WritesAWholeHead) {
  EXPECT_EQ(write_head(Response::json(200, "{}"), {}, kDate),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
}

TEST(Writer, KeepsTheTypeThatIsGiven) {
  Response response;
  response.headers.add("content-type", "text/html");
  response.body = "<p>";
  std::string_view head = write_head(response, {}, kDate);
  EXPECT_THAT(head, HasSubstr("content-type: text/html\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("application/json")));
}

TEST(Writer, NamesJsonWhereNoTypeIsGiven) {
  EXPECT_THAT(write_head(Response(), {}, kDate), HasSubstr("Content-Type: application/json\r\n"));
}

TEST(Writer, NamesTheRequestByItsId) {
  ReplyForm form;
  EXPECT_THAT(write_head(Response(), form, kDate), Not(HasSubstr("X-Request-Id")));
  form.id = "abc";
  EXPECT_THAT(write_head(Response(), form, kDate), HasSubstr("X-Request-Id: abc\r\n"));
}

TEST(Writer, SaysWhatBecomesOfTheConnection) {
  Response response;
  EXPECT_THAT(write_head(response, {true, 1, false}, kDate), Not(HasSubstr("Connection:")));
  EXPECT_THAT(write_head(response, {true, 0, false}, kDate),
              HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_THAT(write_head(response, {false, 1, false}, kDate), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(write_head(response, {false, 0, false}, kDate), HasSubstr("Connection: close\r\n"));
}

TEST(Writer, HeadHasTheLengthOfTheBodyThatStaysAtHome) {
  Response response = Response::json(200, "12345");
  ReplyForm form{true, 1, true};
  EXPECT_THAT(write_head(response, form, kDate), HasSubstr("Content-Length: 5\r\n"));
  EXPECT_FALSE(sends_body(response, form));
  EXPECT_TRUE(sends_body(response, {}));
}

TEST(Writer, StatusesWithoutContentHaveNoLength) {
  for (int status : {204, 304}) {
    Response response;
    response.status = status;
    response.body = "ignored";
    EXPECT_THAT(write_head(response, {}, kDate), Not(HasSubstr("\nContent-")));
    EXPECT_FALSE(sends_body(response, {}));
  }
}

TEST(Writer, FramingOfItsOwnIsNotTakenFromTheResponse) {
  Response response = Response::json(200, "12");
  for (const char* name :
       {"Content-Length", "transfer-encoding", "Connection", "Keep-Alive", "Date"}) {
    response.headers.add(name, "999");
  }
  std::string_view head = write_head(response, {}, kDate);
  EXPECT_THAT(head, Not(HasSubstr("999")));
  EXPECT_THAT(head, EndsWith("Content-Length: 2\r\n\r\n"));
}

TEST(Writer, ValuesCantBeginFieldsOfTheirOwn) {
  Response response;
  response.headers.add("X", std::string("a\r\nSet-Cookie: b\0c", 18));
  std::string_view head = write_head(response, {}, kDate);
  EXPECT_THAT(head, HasSubstr("X: a  Set-Cookie: b c\r\n"));
}

TEST(Writer, DatesAreThoseOfTheSpecification) {
  EXPECT_EQ(http_date(784111777), kDate);
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(951782400), "Tue, 29 Feb 2000 00:00:00 GMT");
  EXPECT_THAT(std::string(date_now()), testing::MatchesRegex("[A-Z][a-z][a-z], .* GMT"));
}

}  // namespace
}  // namespace playground::http
