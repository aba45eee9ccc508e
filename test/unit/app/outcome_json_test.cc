#include "app/outcome_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <string>

namespace playground::app {
namespace {

using ::testing::HasSubstr;

TEST(WriteOutcome, HasEveryField) {
  exec::Outcome outcome;
  outcome.out = "a\"\n";
  outcome.err = "\xff";
  outcome.exit_code = 1;
  outcome.status = exec::Status::error;
  outcome.duration_ms = 1.5;
  outcome.cpu_ms = 0.25;
  outcome.memory_kb = 12;
  EXPECT_EQ(
      write_outcome(outcome),
      "{\"stdout\":\"a\\\"\\n\",\"stderr\":\"\xEF\xBF\xBD\",\"status\":\"error\",\"limit\":null,"
      "\"exit_code\":1,\"signal\":null,\"denied\":null,"
      "\"truncated\":{\"stdout\":false,\"stderr\":false},"
      "\"duration_ms\":1.5,\"cpu_ms\":0.25,\"memory_kb\":12}");
}

TEST(WriteOutcome, NamesRefusedCallsWhereTheyCanBeTold) {
  exec::Outcome outcome;
  outcome.denied.emplace();
  EXPECT_THAT(write_outcome(outcome), HasSubstr("\"denied\":[],"));
  outcome.denied = {"socket", "execve"};
  EXPECT_THAT(write_outcome(outcome), HasSubstr("\"denied\":[\"socket\",\"execve\"],"));
}

TEST(WriteOutcome, HasFilesAndFiguresWhereTheyWereAskedFor) {
  exec::Outcome outcome;
  outcome.files = exec::OutputFiles{{{"a/b", "eA=="}, {"c\"", ""}}, true};
  std::string json = write_outcome(outcome);
  EXPECT_THAT(json, HasSubstr("\"truncated\":{\"stdout\":false,\"stderr\":false,\"files\":true},"));
  EXPECT_THAT(json, HasSubstr(",\"files\":[{\"path\":\"a/b\",\"content\":\"eA==\",\"encoding\":"
                              "\"base64\"},{\"path\":\"c\\\"\",\"content\":\"\",\"encoding\":"
                              "\"base64\"}]}"));
  outcome.files.reset();
  outcome.plots = exec::OutputFiles{{{"figure-1.png", "eA=="}}, false};
  json = write_outcome(outcome);
  EXPECT_THAT(json, HasSubstr("\"stderr\":false,\"plots\":false},"));
  EXPECT_THAT(json, HasSubstr(",\"plots\":[{\"name\":\"figure-1.png\",\"mime\":\"image/png\","
                              "\"content\":\"eA==\"}]}"));
}

TEST(WriteOutcome, NamesLimitAndSignal) {
  exec::Outcome outcome;
  outcome.status = exec::Status::output;
  outcome.limit = exec::Limit::output;
  outcome.signal = SIGKILL;
  outcome.out_truncated = true;
  std::string json = write_outcome(outcome);
  EXPECT_THAT(
      json,
      HasSubstr(
          "\"status\":\"output\",\"limit\":\"output\",\"exit_code\":null,\"signal\":\"SIGKILL\""));
  EXPECT_THAT(json, HasSubstr("\"truncated\":{\"stdout\":true,\"stderr\":false}"));
}

}  // namespace
}  // namespace playground::app
