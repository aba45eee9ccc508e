#include "app/evaluation_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace playground::app {
namespace {

using ::testing::HasSubstr;

const Allowance kMax{milliseconds{10'000}, std::size_t{256} << 20};

TEST(ParseEvaluation, ReadsEveryField) {
  auto program = parse_evaluation(
      R"j({"code": "print(1)", "stdin": "a\u0000b", "args": ["x", "ü"], "timeout_ms": 250})j",
      kMax);
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->code, "print(1)");
  EXPECT_EQ(program->input, std::string("a\0b", 3));
  EXPECT_EQ(program->args, (std::vector<std::string>{"x", "ü"}));
  EXPECT_EQ(program->timeout, milliseconds{250});
}

TEST(ParseEvaluation, HasDefaults) {
  auto program = parse_evaluation(R"({"code": ""})", kMax);
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->code, "");
  EXPECT_EQ(program->input, "");
  EXPECT_TRUE(program->args.empty());
  EXPECT_EQ(program->timeout, kMax.timeout);
  EXPECT_EQ(program->memory_bytes, 0u);
}

const Allowance kTwo{
    milliseconds{10'000}, std::size_t{256} << 20, SIZE_MAX, SIZE_MAX, {"3.11", "venv"}};

TEST(ParseEvaluation, TakesTheFirstInterpreterUnlessOneIsNamed) {
  EXPECT_EQ(parse_evaluation(R"({"code": ""})", kTwo)->interpreter, 0U);
  EXPECT_EQ(parse_evaluation(R"({"code": "", "python": "3.11"})", kTwo)->interpreter, 0U);
  EXPECT_EQ(parse_evaluation(R"({"code": "", "python": "venv"})", kTwo)->interpreter, 1U);
}

TEST(ParseEvaluation, ListsTheInterpretersThereAre) {
  for (const char* name : {"2.7", "", "3.11 ", "VENV"}) {
    auto program =
        parse_evaluation("{\"code\": \"\", \"python\": \"" + std::string(name) + "\"}", kTwo);
    ASSERT_FALSE(program.has_value()) << name;
    EXPECT_EQ(program.error().status, 400);
    EXPECT_EQ(program.error().code, "unknown_interpreter");
    EXPECT_EQ(program.error().field, "python");
    EXPECT_EQ(program.error().message, "\"python\" must be one of 3.11, venv");
  }
  EXPECT_EQ(parse_evaluation(R"({"code": "", "python": 3.11})", kTwo).error().code, "wrong_type");
}

struct Refused {
  std::string body;
  std::string code;
  std::string field;
};

class ParseEvaluationRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(ParseEvaluationRefuses, NamesTheField) {
  auto program = parse_evaluation(GetParam().body, kMax);
  ASSERT_FALSE(program.has_value()) << GetParam().body;
  EXPECT_EQ(program.error().status, 400);
  EXPECT_EQ(program.error().code, GetParam().code) << program.error().message;
  EXPECT_EQ(program.error().field, GetParam().field) << program.error().message;
  EXPECT_THAT(program.error().message, HasSubstr(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, ParseEvaluationRefuses,
    ::testing::Values(Refused{"", "invalid_json", ""}, Refused{"   ", "invalid_json", ""},
                      Refused{"{", "invalid_json", ""}, Refused{"[]", "invalid_json", ""},
                      Refused{"\"code\"", "invalid_json", ""}, Refused{"null", "invalid_json", ""},
                      Refused{R"({"code": "1",})", "invalid_json", ""},
                      Refused{R"({"code": "1"} x)", "invalid_json", ""},
                      Refused{R"({"code": "\ud800"})", "invalid_json", "code"},
                      Refused{R"({"code": "1", "stdin": "\udc00"})", "invalid_json", "stdin"},
                      Refused{R"({"code": "1", "args": ["a", "\ud800x"]})", "invalid_json", "args"},
                      Refused{"{\"code\": \"\xff\"}", "invalid_json", "code"},
                      Refused{"{\"code\": \"a\nb\"}", "invalid_json", "code"},
                      Refused{R"({"code": "\x"})", "invalid_json", "code"},
                      Refused{"{}", "missing_field", "code"},
                      Refused{R"({"stdin": ""})", "missing_field", "code"},
                      Refused{R"({"code": 1})", "wrong_type", "code"},
                      Refused{R"({"code": null})", "wrong_type", "code"},
                      Refused{R"({"code": ["1"]})", "wrong_type", "code"},
                      Refused{R"({"code": "a\u0000b"})", "invalid_value", "code"},
                      Refused{R"({"code": "", "stdin": 1})", "wrong_type", "stdin"},
                      Refused{R"({"code": "", "args": "a"})", "wrong_type", "args"},
                      Refused{R"({"code": "", "args": [1]})", "wrong_type", "args"},
                      Refused{R"({"code": "", "args": ["\u0000"]})", "invalid_value", "args"},
                      Refused{R"({"code": "", "timeout_ms": 0})", "out_of_range", "timeout_ms"},
                      Refused{R"({"code": "", "timeout_ms": -5})", "out_of_range", "timeout_ms"},
                      Refused{R"({"code": "", "timeout_ms": 10001})", "out_of_range", "timeout_ms"},
                      Refused{R"({"code": "", "timeout_ms": 18446744073709551615})", "out_of_range",
                              "timeout_ms"},
                      Refused{R"({"code": "", "timeout_ms": 1.5})", "wrong_type", "timeout_ms"},
                      Refused{R"({"code": "", "timeout_ms": "100"})", "wrong_type", "timeout_ms"},
                      Refused{R"({"code": "", "memory_mb": 0})", "out_of_range", "memory_mb"},
                      Refused{R"({"code": "", "memory_mb": 257})", "out_of_range", "memory_mb"},
                      Refused{R"({"code": "", "memory_mb": true})", "wrong_type", "memory_mb"},
                      Refused{R"({"code": "", "plots": 1})", "wrong_type", "plots"},
                      Refused{R"({"code": "", "timeout": 5})", "unknown_field", "timeout"},
                      Refused{R"({"code": "", "code": ""})", "duplicate_field", "code"}));

TEST(ParseEvaluation, RefusesASourceThatCouldNotBeWritten) {
  Allowance allowance = kMax;
  allowance.code_bytes = 4;
  EXPECT_TRUE(parse_evaluation(R"({"code": "1234"})", allowance).has_value());
  auto program = parse_evaluation(R"({"code": "12345"})", allowance);
  ASSERT_FALSE(program.has_value());
  EXPECT_EQ(program.error().status, 413);
  EXPECT_EQ(program.error().field, "code");
}

TEST(ParseEvaluation, SaysWhatIsAllowed) {
  auto program = parse_evaluation(R"({"code": "", "timeout_ms": 0})", kMax);
  EXPECT_THAT(program.error().message, HasSubstr("from 1 to 10000"));
}

TEST(ParseEvaluation, LimitsTheNumberOfArgs) {
  std::string body = R"({"code": "", "args": [)";
  for (int i = 0; i < 4096; ++i) body += "\"\",";
  auto most = parse_evaluation(body.substr(0, body.size() - 1) + "]}", kMax);
  EXPECT_TRUE(most.has_value());
  auto more = parse_evaluation(body + "\"\"]}", kMax);
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().field, "args");
}

TEST(ParseEvaluation, RefusesNestingWithoutEnd) {
  EXPECT_FALSE(parse_evaluation(std::string(200'000, '['), kMax).has_value());
}

}  // namespace
}  // namespace playground::app
