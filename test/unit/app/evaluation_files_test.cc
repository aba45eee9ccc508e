#include "app/evaluation_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "app/evaluation_json.h"

namespace playground::app {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kMostBytes = 1000;
const Allowance kMax{milliseconds{10'000}, std::size_t{256} << 20, SIZE_MAX, kMostBytes};

Result<exec::Program, ApiError> parse(const std::string& fields) {
  return parse_evaluation(R"({"code": "", )" + fields + "}", kMax);
}

TEST(ReadFiles, TakesTextAndBase64) {
  auto program = parse(R"j("files": [
      {"path": "a.txt", "content": "h\u00e9\u0000"}, {"path": "ü/b c/.d", "content": "", "encoding": "utf-8"},
      {"encoding": "base64", "content": "AP8=", "path": "x"}])j");
  ASSERT_TRUE(program.has_value()) << program.error().message;
  ASSERT_EQ(program->files.size(), 3u);
  EXPECT_EQ(program->files[0].path, "a.txt");
  EXPECT_EQ(program->files[0].content, std::string("h\xC3\xA9\0", 4));
  EXPECT_EQ(program->files[1].path, "ü/b c/.d");
  EXPECT_EQ(program->files[1].content, "");
  EXPECT_EQ(program->files[2].content, std::string("\0\xFF", 2));
}

TEST(ReadFiles, HasDefaults) {
  auto program = parse(R"("stdin": "")");
  EXPECT_TRUE(program->files.empty());
  EXPECT_FALSE(program->files_out.wanted());
  EXPECT_FALSE(program->plots);
  EXPECT_FALSE(parse(R"("files_out": false)")->files_out.wanted());
  EXPECT_TRUE(parse(R"("files": [], "plots": true)")->plots);
}

TEST(ReadFiles, PathsMayBeAlikeWithoutBeingOneBelowTheOther) {
  EXPECT_TRUE(parse(R"("files": [{"path": "a", "content": ""}, {"path": "a.b/c", "content": ""},
      {"path": "a b", "content": ""}, {"path": "main.pyc", "content": ""}, {"path": "A", "content": ""},
      {"path": "x/main.py", "content": ""}, {"path": "...", "content": ""}, {"path": "a.b/d", "content": ""}])"));
}

TEST(ReadFilesOut, TakesAllOrPatterns) {
  EXPECT_TRUE(parse(R"("files_out": true)")->files_out.all);
  auto program = parse(R"("files_out": ["*.csv", "out/**"])");
  ASSERT_TRUE(program.has_value());
  EXPECT_FALSE(program->files_out.all);
  ASSERT_EQ(program->files_out.patterns.size(), 2u);
  EXPECT_EQ(program->files_out.patterns[1].text(), "out/**");
  EXPECT_TRUE(parse(R"("files_out": [])")->files_out.wanted());
}

struct Refused {
  std::string fields;
  std::string code;
  std::string field;
};

class ReadFilesRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(ReadFilesRefuses, NamesTheField) {
  auto program = parse(GetParam().fields);
  ASSERT_FALSE(program.has_value()) << GetParam().fields;
  EXPECT_EQ(program.error().status, 400);
  EXPECT_EQ(program.error().code, GetParam().code) << program.error().message;
  EXPECT_EQ(program.error().field, GetParam().field) << program.error().message;
  EXPECT_THAT(program.error().message, HasSubstr("\"" + GetParam().field + "\""));
}

std::string file(const std::string& path) {
  return R"({"path": ")" + path + R"(", "content": ""})";
}

Refused path(const std::string& path, const std::string& code = "invalid_value") {
  return {R"("files": [)" + file(path) + "]", code, "files[0].path"};
}

Refused second(const std::string& first, const std::string& other) {
  return {R"("files": [)" + file(first) + ", " + file(other) + "]", "invalid_value",
          "files[1].path"};
}

Refused content(const std::string& content) {
  return {R"("files": [{"path": "a", "encoding": "base64", "content": ")" + content + "\"}]",
          "invalid_value", "files[0].content"};
}

Refused pattern(const std::string& pattern) {
  return {R"("files_out": ["*", ")" + pattern + "\"]", "invalid_value", "files_out[1]"};
}

INSTANTIATE_TEST_SUITE_P(
    Paths, ReadFilesRefuses,
    ::testing::Values(path(""), path("/a"), path("/"), path(".."), path("../a"), path("a/../b"),
                      path("a/.."), path("."), path("./a"), path("a/./b"), path("a//b"), path("a/"),
                      path("a\\u0000b"), path("main.py"), path("main.py/a"),
                      path(".playground-figures"), path(".playground-figures/figure-1.png"),
                      path(std::string(256, 'n'), "out_of_range"),
                      path("a/" + std::string(256, 'n'), "out_of_range"),
                      path(std::string(4096, 'n'), "out_of_range"), second("a", "a"),
                      second("a", "a/b"), second("a/b", "a/b/c/d")));

INSTANTIATE_TEST_SUITE_P(
    Items, ReadFilesRefuses,
    ::testing::Values(
        Refused{R"("files": "a")", "wrong_type", "files"},
        Refused{R"("files": null)", "wrong_type", "files"},
        Refused{R"("files": {"a": "b"})", "wrong_type", "files"},
        Refused{R"("files": ["a"])", "wrong_type", "files[0]"},
        Refused{R"("files": [{}])", "missing_field", "files[0].path"},
        Refused{R"("files": [{"path": "a"}])", "missing_field", "files[0].content"},
        Refused{R"("files": [{"content": ""}])", "missing_field", "files[0].path"},
        Refused{R"("files": [{"path": 1}])", "wrong_type", "files[0].path"},
        Refused{R"("files": [{"path": "a", "content": null}])", "wrong_type", "files[0].content"},
        Refused{R"("files": [{"path": "a", "content": "", "encoding": true}])", "wrong_type",
                "files[0].encoding"},
        Refused{R"("files": [{"path": "a", "content": "", "encoding": "latin-1"}])",
                "invalid_value", "files[0].encoding"},
        Refused{R"("files": [{"path": "a", "content": "", "mode": 493}])", "unknown_field",
                "files[0].mode"},
        Refused{R"("files": [{"path": "a", "content": "", "path": "b"}])", "duplicate_field",
                "files[0].path"},
        Refused{R"("files": [{"path": "a", "content": "\ud800"}])", "invalid_json", "files"},
        content("A"), content("AP8"), content("AP9="), content("AP8=\\n"), content("AP_-"),
        Refused{R"("files_out": "*")", "wrong_type", "files_out"},
        Refused{R"("files_out": null)", "wrong_type", "files_out"},
        Refused{R"("files_out": 1)", "wrong_type", "files_out"},
        Refused{R"("files_out": ["a", 1])", "wrong_type", "files_out[1]"}, pattern(""),
        pattern("/a"), pattern(".."), pattern("../*"), pattern("**/../../*"), pattern("a//b"),
        pattern("[a"), pattern("[z-a]"), pattern("a\\u0000"),
        Refused{R"("files_out": [")" + std::string(4096, 'p') + "\"]", "out_of_range",
                "files_out[0]"},
        Refused{R"("plots": "yes")", "wrong_type", "plots"},
        Refused{R"("plots": null)", "wrong_type", "plots"}));

// A name is told by its place in the request, also when it is found wrong behind others.
TEST(ReadFiles, APathBelowALaterFileIsNamed) {
  auto program = parse(R"("files": [)" + file("b") + ", " + file("a/x") + ", " + file("a") + "]");
  ASSERT_FALSE(program.has_value());
  EXPECT_EQ(program.error().field, "files[1].path");
  EXPECT_THAT(program.error().message, HasSubstr("\"files[2].path\""));
}

TEST(ReadFiles, TakesThoseThatFit) {
  auto of_size = [](std::size_t bytes) {
    return parse(R"("files": [{"path": "a", "content": "x"}, {"path": "b", "content": ")" +
                 std::string(bytes, 'x') + "\"}]");
  };
  EXPECT_TRUE(of_size(kMostBytes - 1).has_value());
  auto more = of_size(kMostBytes);
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().code, "out_of_range");
  EXPECT_EQ(more.error().field, "files");
  EXPECT_THAT(more.error().message, HasSubstr("1000 bytes"));
}

TEST(ReadFiles, LimitsTheNumberOfEach) {
  std::string files, patterns;
  for (int i = 0; i < 1000; ++i) files += file(std::to_string(i)) + ", ";
  for (int i = 0; i < 100; ++i) patterns += "\"*\", ";
  EXPECT_TRUE(parse(R"("files": [)" + files.substr(0, files.size() - 2) + "]"));
  EXPECT_EQ(parse(R"("files": [)" + files + file("x") + "]").error().field, "files");
  EXPECT_TRUE(parse(R"("files_out": [)" + patterns.substr(0, patterns.size() - 2) + "]"));
  EXPECT_EQ(parse(R"("files_out": [)" + patterns + "\"x\"]").error().field, "files_out");
}

TEST(ReadFiles, TheLongestPathsAreTaken) {
  std::string longest;
  while (longest.size() + 256 <= 4095) longest += std::string(255, 'n') + "/";
  longest += std::string(4095 - longest.size(), 'n');
  EXPECT_TRUE(parse(R"("files": [)" + file(longest) + "]").has_value());
}

}  // namespace
}  // namespace playground::app
