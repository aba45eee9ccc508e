#include "app/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace playground::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Page, EscapesWhatHtmlWouldTakeForItsOwn) {
  EXPECT_EQ(escape_html("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Page, FillsEveryPlaceholderOnce) {
  std::string page = render_page(
      {{"the code", "the input", "the arguments"}, "the out", "the err", "the summary"});
  for (const char* text :
       {"the code", "the input", "the arguments", "the out", "the err", "the summary"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Page, AsksForATokenOnlyWhereOneIsDemanded) {
  EXPECT_THAT(render_page(first_page(true)), HasSubstr("<fieldset id=\"access\" >"));
  EXPECT_THAT(render_page(first_page(false)),
              HasSubstr("<fieldset id=\"access\" hidden disabled>"));
}

TEST(Page, AValueIsNoTemplate) {
  std::string page = render_page({{"{{stdout}}", "", ""}, "<script>alert(1)</script>", "", ""});
  EXPECT_THAT(page, HasSubstr("{{stdout}}"));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

TEST(Page, KeepsWhatHtmlWouldChange) {
  EXPECT_EQ(escape_html(std::string_view("a\rb\0c", 5)),
            "a&#13;b\xEF\xBF\xBD"
            "c");
}

TEST(Page, TellsTheOutcomeInWords) {
  auto of = [](std::string_view reply) {
    return page_from_reply({"code", "", ""}, 200, reply, "gcp").summary;
  };
  EXPECT_EQ(of(R"({"status": "ok", "duration_ms": 12.4})"), "Finished after 12 ms on backend gcp.");
  EXPECT_EQ(of(R"({"status": "error", "exit_code": 3, "duration_ms": 10004})"),
            "Ended with exit code 3 after 10.0 s on backend gcp.");
  EXPECT_EQ(of(R"({"status": "timeout", "limit": "wall"})"),
            "Stopped on backend gcp: the time limit for one run.");
  EXPECT_EQ(
      of(R"({"status": "output", "limit": "output", "truncated": {"stdout": true, "stderr": false}})"),
      "Stopped on backend gcp: the output limit for one run. Standard output was cut off.");
  EXPECT_EQ(of(R"({"status": "disk", "limit": null})"),
            "Stopped on backend gcp: the disk limit for one run.");
  EXPECT_EQ(of(R"({"status": "signal", "limit": null, "signal": "SIGSEGV"})"),
            "Ended by signal SIGSEGV on backend gcp.");
  EXPECT_EQ(of(R"({"status": "signal", "limit": "threads"})"),
            "Stopped on backend gcp: the thread limit for one run.");
  EXPECT_EQ(of(R"({"status": "error", "exit_code": 1, "denied": ["execve", "socket"]})"),
            "Ended with exit code 1 on backend gcp. Refused system calls: execve, socket.");
}

TEST(Page, ShowsOutputsAndTheCodeAgain) {
  PageContent content = page_from_reply({"print(1)", "", ""}, 200,
                                        R"({"stdout": "1\n", "stderr": "w", "status": "ok"})", "");
  EXPECT_EQ(content.fields.code, "print(1)");
  EXPECT_EQ(content.out, "1\n");
  EXPECT_EQ(content.err, "w");
}

TEST(Page, TellsTheStyleSheetHowItEnded) {
  auto of = [](std::string_view reply) { return page_from_reply({}, 200, reply, "").kind; };
  EXPECT_EQ(of(R"({"status": "ok"})"), "ok");
  EXPECT_EQ(of(R"({"status": "error", "exit_code": 3})"), "ended");
  EXPECT_EQ(of(R"({"status": "signal", "limit": null, "signal": "SIGSEGV"})"), "ended");
  EXPECT_EQ(of(R"({"status": "signal", "limit": "threads"})"), "stopped");
  EXPECT_EQ(of(R"({"status": "denied"})"), "stopped");
  EXPECT_EQ(of(R"({"status": "timeout", "limit": "cpu"})"), "stopped");
  EXPECT_EQ(page_from_reply({}, 413, "{}", "").kind, "failed");
}

TEST(Page, ShowsInputAndArgumentsWhereThereAreSome) {
  EXPECT_THAT(render_page({{"", "", ""}, "", "", ""}), HasSubstr("<details id=\"inputs\" >"));
  EXPECT_THAT(render_page({{"", "x", ""}, "", "", ""}), HasSubstr("<details id=\"inputs\" open>"));
  EXPECT_THAT(render_page({{"", "", "x"}, "", "", ""}), HasSubstr("<details id=\"inputs\" open>"));
}

TEST(Page, SaysWhyNothingWasRun) {
  auto of = [](int status, std::string_view message, std::string_view retry_after) {
    std::string body = R"({"error": {"code": "x", "message": ")" + std::string(message) + "\"}}";
    return page_from_reply({}, status, body, "", retry_after).summary;
  };
  EXPECT_EQ(of(400, "no such thing", ""), "The service refused the program (400): no such thing.");
  EXPECT_EQ(of(503, "too many are waiting; try again", "7"),
            "The service is busy (503): too many are waiting. Try again in 7 s.");
  EXPECT_EQ(of(429, "too many (PLAYGROUND_RATE_LIMIT)", "60"),
            "Too many programs in a short time (429). Try again in 60 s.");
  EXPECT_EQ(of(429, "", "3541"),
            "Too many programs in a short time (429). Try again in 60 minutes.");
  EXPECT_EQ(
      of(401, "Authorization: Bearer", ""),
      "You are not allowed to run programs here (401): the token is missing, or not the right "
      "one.");
  EXPECT_EQ(of(599, "", ""), "The service failed (599).");
  EXPECT_THAT(page_from_reply({}, 502, "<html>", "").summary, HasSubstr("no answer"));
}

}  // namespace
}  // namespace playground::app
