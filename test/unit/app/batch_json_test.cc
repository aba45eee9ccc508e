#include "app/batch_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace playground::app {
namespace {

using ::testing::HasSubstr;

const Allowance kAllowance{milliseconds{1000}, std::size_t{64} << 20};

auto parse(std::string_view body, BatchForm form = BatchForm::array, std::size_t most = 3) {
  return parse_batch(body, form, kAllowance, most);
}

TEST(BatchJson, TheMediaTypeTellsTheForm) {
  EXPECT_EQ(batch_form("application/json"), BatchForm::array);
  EXPECT_EQ(batch_form("application/x-ndjson"), BatchForm::lines);
  EXPECT_EQ(batch_form("text/plain"), std::nullopt);
  EXPECT_EQ(batch_form(""), std::nullopt);
}

TEST(BatchJson, AnArrayOfPrograms) {
  auto items = parse(R"([{"code": "a", "timeout_ms": 5}, {"code": "b"}])");
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 2u);
  EXPECT_EQ((*items)[0]->code, "a");
  EXPECT_EQ((*items)[0]->timeout, milliseconds{5});
  EXPECT_EQ((*items)[1]->code, "b");
}

TEST(BatchJson, ABadItemLeavesTheOthersAsTheyAre) {
  auto items = parse(R"([{"code": 1}, 7, {"code": "b"}])");
  ASSERT_TRUE(items);
  EXPECT_EQ((*items)[0].error().code, "wrong_type");
  EXPECT_EQ((*items)[0].error().field, "code");
  EXPECT_EQ((*items)[1].error().code, "invalid_json");
  EXPECT_EQ((*items)[2]->code, "b");
}

TEST(BatchJson, EachItemChoosesItsInterpreter) {
  Allowance allowance = kAllowance;
  allowance.interpreters = {"3.11", "venv"};
  auto items = parse_batch(
      R"([{"code": "", "python": "venv"}, {"code": ""}, {"code": "", "python": "2.7"}])",
      BatchForm::array, allowance, 3);
  ASSERT_TRUE(items);
  EXPECT_EQ((*items)[0]->interpreter, 1u);
  EXPECT_EQ((*items)[1]->interpreter, 0u);
  EXPECT_EQ((*items)[2].error().code, "unknown_interpreter");
}

TEST(BatchJson, LinesOfPrograms) {
  auto items = parse("{\"code\": \"a\"}\r\n\n  \n{\"code\":\n{\"code\": \"b\"}", BatchForm::lines);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 3u);
  EXPECT_EQ((*items)[0]->code, "a");
  EXPECT_EQ((*items)[1].error().code, "invalid_json");
  EXPECT_EQ((*items)[2]->code, "b");
}

TEST(BatchJson, RefusesWhatIsNoBatch) {
  for (std::string_view body : {"", "{}", "[", "1", R"({"code": "a"})"}) {
    auto items = parse(body);
    ASSERT_FALSE(items) << body;
    EXPECT_EQ(items.error().code, "invalid_json");
    EXPECT_EQ(items.error().status, 400);
  }
}

TEST(BatchJson, RefusesTooFewAndTooMany) {
  for (auto form : {BatchForm::array, BatchForm::lines}) {
    bool array = form == BatchForm::array;
    EXPECT_EQ(parse(array ? "[]" : "\n \n", form).error().code, "out_of_range");
    EXPECT_TRUE(parse(array ? "[1,2,3]" : "1\n2\n3", form));
    auto many = parse(array ? "[1,2,3,4]" : "1\n2\n3\n4\n", form);
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().message, "a batch must have from 1 to 3 programs, not 4");
  }
}

TEST(BatchJson, CountsWithoutLookingAtTheItems) {
  EXPECT_EQ(count_batch("[1, {}, []]", BatchForm::array), 3u);
  EXPECT_EQ(count_batch("1\n\n2", BatchForm::lines), 2u);
  for (std::string_view body : {"", "[]", "{}", "["}) {
    EXPECT_EQ(count_batch(body, BatchForm::array), 1u) << body;
  }
  EXPECT_EQ(count_batch("", BatchForm::lines), 1u);
}

TEST(BatchJson, EachLineHasItsIndex) {
  exec::Outcome outcome;
  outcome.out = "x";
  EXPECT_THAT(outcome_line(2, outcome), testing::StartsWith(R"({"index":2,"stdout":"x",)"));
  EXPECT_THAT(outcome_line(2, outcome), testing::EndsWith("}\n"));
  EXPECT_EQ(
      error_line(3, {400, "wrong_type", "bad", "code"}),
      "{\"index\":3,\"error\":{\"code\":\"wrong_type\",\"message\":\"bad\",\"field\":\"code\"}}\n");
}

TEST(BatchJson, PromisesThatNothingRanWhereThatIsSo) {
  EXPECT_THAT(refusal_line(0, exec::Refusal::no_worker), HasSubstr(R"(},"started":false})"));
  std::string draining = refusal_line(0, exec::Refusal::draining);
  EXPECT_THAT(draining, HasSubstr(R"("code":"draining")"));
  EXPECT_EQ(draining.find("started"), std::string::npos);
}

}  // namespace
}  // namespace playground::app
