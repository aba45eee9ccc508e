#include "app/form_program.h"

#include <gtest/gtest.h>

namespace playground::app {
namespace {

http::Request form(std::string body, std::string type = "application/x-www-form-urlencoded") {
  http::Request request;
  request.headers.add("Content-Type", std::move(type));
  request.body = std::move(body);
  return request;
}

TEST(FormProgram, BecomesTheJsonThatBackendsTake) {
  auto program =
      read_form(form("code=print(1)%0D%0Aprint(2)&stdin=x&args=a&args=b&timeout_ms=50&run=Run"));
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->body,
            R"j({"code":"print(1)\nprint(2)","stdin":"x","args":["a","b"],"timeout_ms":50})j");
}

TEST(FormProgram, ALineOfArgumentsComesBehindTheOthers) {
  auto program = read_form(form("code=pass&arguments=-v+'b+c'&args=a&stdin="));
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->body, R"j({"code":"pass","stdin":"","args":["a","-v","b c"]})j");
  EXPECT_EQ(read_form(form("code=pass&arguments='")).error().field, "arguments");
  EXPECT_EQ(read_form(form("code=pass&arguments=%ff")).error().field, "arguments");
}

TEST(FormProgram, FieldsAreReadWhateverElseIsWrong) {
  FormFields fields =
      read_fields(form("code=a%0D%0Ab&stdin=%0D%0Ax&arguments='open&timeout_ms=soon"));
  EXPECT_EQ(fields.code, "a\nb");
  EXPECT_EQ(fields.input, "\nx");
  EXPECT_EQ(fields.arguments, "'open");
  EXPECT_EQ(read_fields(form("code=%ff&stdin=x")).code, "");
  EXPECT_EQ(read_fields(form("code=%ff&stdin=x")).input, "x");
  EXPECT_EQ(read_fields(form("code=%zz")).code, "");
}

TEST(FormProgram, ReadsMultipart) {
  auto program = read_form(
      form("--b\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\nprint(1)\r\n--b--\r\n",
           "multipart/form-data; boundary=b"));
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->body, R"j({"code":"print(1)","args":[]})j");
}

TEST(FormProgram, NamesAnInterpreterWhereOneIsChosen) {
  EXPECT_EQ(read_form(form("code=pass&python=3.11"))->body,
            R"j({"code":"pass","args":[],"python":"3.11"})j");
  EXPECT_EQ(read_form(form("code=pass&python="))->body, R"j({"code":"pass","args":[]})j");
  EXPECT_EQ(read_form(form("code=pass&python=%ff")).error().field, "python");
}

TEST(FormProgram, ATokenIsNotForTheBackend) {
  http::Request request;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "code=pass&token=secret";
  auto program = read_form(request);
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->token, "secret");
  EXPECT_EQ(program->body.find("secret"), std::string::npos);
  request.body = "code=pass";
  EXPECT_EQ(read_form(request)->token, "");
}

TEST(FormProgram, NamesWhatIsWrong) {
  EXPECT_EQ(read_form(form("x=1")).error().field, "code");
  EXPECT_EQ(read_form(form("code=%ff")).error().field, "code");
  EXPECT_EQ(read_form(form("code=1&timeout_ms=soon")).error().field, "timeout_ms");
  EXPECT_EQ(read_form(form("code=%zz")).error().code, "invalid_form");
  EXPECT_EQ(read_form(form("code=1", "multipart/form-data")).error().code, "invalid_form");
}

TEST(FormProgram, KnowsTheMediaTypesOfForms) {
  EXPECT_TRUE(is_form("multipart/form-data"));
  EXPECT_TRUE(is_form("application/x-www-form-urlencoded"));
  EXPECT_FALSE(is_form("application/json"));
}

}  // namespace
}  // namespace playground::app
